import { textsOf } from '$lib/duplicates/texts';
import type { Batch, Mapping } from '$lib/record/types';
import { afterSample, detect, Reading } from './dataset';
import type { FileSource } from './files';

/** Characters of an excerpt. */
const LENGTH = 100;

/** What is compared of every record, batch by batch. */
export async function* readTexts(
  sources: FileSource[],
  { map, on }: { map: Partial<Mapping> | null; on: string[] },
): AsyncGenerator<{ first: number; texts: (string | null)[] }> {
  let mapping: Mapping | null = null;
  const batches = afterSample(new Reading(sources).batches('reading'), (sample: Batch[]) => {
    mapping = detect(sample, map).mapping;
  });
  for await (const batch of batches) yield { first: batch.first, texts: textsOf(batch, mapping!, on) };
}

/** Beginnings of a few records' texts, read again when they are asked for. */
export class Excerpts {
  constructor(
    readonly sources: FileSource[],
    readonly options: { map: Partial<Mapping> | null; on: string[] },
  ) {}

  /** One line a place. */
  async of(places: readonly number[]): Promise<Map<number, string>> {
    const wanted = [...new Set(places)].sort((a, b) => a - b);
    const found = new Map<number, string>();
    if (wanted.length === 0) return found;
    let next = 0;
    for await (const { texts, first } of readTexts(this.sources, this.options)) {
      for (; next < wanted.length && wanted[next] < first + texts.length; next++)
        found.set(wanted[next], short(texts[wanted[next] - first] ?? ''));
      if (next === wanted.length) break;
    }
    return found;
  }
}

function short(text: string): string {
  const characters = [
    ...text
      .slice(0, 4 * LENGTH)
      .replace(/\s+/g, ' ')
      .trim(),
  ];
  return characters.length > LENGTH ? `${characters.slice(0, LENGTH).join('')}…` : characters.join('');
}
