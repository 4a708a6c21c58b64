import { textsOf } from '$lib/duplicates/texts';
import { recordHashes } from '$lib/record/key';
import type { Mapping } from '$lib/record/types';
import type { Seen } from '$lib/recipe/sample';
import { loadHash } from '$lib/text/hash';
import { afterSample, detect, Reading } from './dataset';
import type { FileSource } from './files';
import { checkOn } from './shingling';

export interface TextBatch {
  /** The text of each record; null where it has none. */
  texts: (string | null)[];
  /** Each record's hash (see `recordHashes`). */
  hashes: BigUint64Array;
}

/**
 * Every record's text and hash, in order.
 * @param begin told once, before the first batch, what the data is
 * @throws UsageError where `on` names what the data does not have
 */
export async function* readTexts(
  sources: FileSource[],
  { map, on }: { map: Partial<Mapping> | null; on: string[] },
  begin: (seen: Seen) => void | Promise<void>,
): AsyncGenerator<TextBatch> {
  const hash = await loadHash();
  let seen: Seen | null = null;
  let begun = false;
  const batches = afterSample(new Reading(sources).batches('reading'), (sample) => {
    seen = detect(sample, map);
    checkOn(on, sample);
  });
  for await (const batch of batches) {
    if (!begun) await begin(seen!);
    begun = true;
    yield { texts: textsOf(batch, seen!.mapping, on), hashes: recordHashes(batch, hash) };
  }
}
