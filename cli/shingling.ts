import { batchBuffers } from '$lib/record/batch';
import type { Batch, Mapping } from '$lib/record/types';
import type { Seen } from '$lib/recipe/sample';
import { checkNames, PARTS } from '$lib/recipe/steps/fields';
import { joinShingles, type ShingleSets, type ShingleSettings } from '$lib/text/shingles';
import { afterSample, detect, Reading } from './dataset';
import { DataError, UsageError } from './errors';
import type { FileSource } from './files';
import type { ShinglesAnswer } from './jobs';
import { defaultThreads, inOrder, Pool } from './pool';

/** Batches on the way to the threads or back, a thread. */
const IN_FLIGHT = 2;

export interface ShinglingOptions {
  map: Partial<Mapping> | null;
  /** How its first records are understood; default: as `map` says, over what is detected. */
  see?(sample: Batch[]): Seen;
  threads?: number;
  on: string[];
  settings: ShingleSettings;
}

export interface Shingled {
  sets: ShingleSets;
  mapping: Mapping;
}

/**
 * Reads everything once and makes its shingle sets in threads, in the order of the records.
 * @throws UsageError where --on names what the data does not have; DataError where there are no records
 */
export async function shingle(sources: FileSource[], options: ShinglingOptions): Promise<Shingled> {
  const reading = new Reading(sources);
  const threads = options.threads ?? defaultThreads();
  const { on, settings } = options;
  const pool = new Pool(threads, { tokens: false });
  const parts: ShingleSets[] = [];
  let mapping: Mapping | null = null;
  try {
    const batches = afterSample(reading.batches('shingling'), (sample) => {
      mapping = (options.see?.(sample) ?? detect(sample, options.map)).mapping;
      checkOn(on, sample);
    });
    const work = (batch: Batch) =>
      pool.run({ kind: 'shingles', batch, mapping: mapping!, on, settings }, batchBuffers(batch));
    await inOrder(batches, threads * IN_FLIGHT, work, (answer) => {
      parts.push((answer as ShinglesAnswer).sets);
    });
  } finally {
    await pool.close();
  }
  if (mapping === null || parts.length === 0)
    throw new DataError(`${sources.map(({ name }) => name).join(', ')}: there are no records.`);
  return { sets: joinShingles(parts), mapping };
}

/** @throws UsageError where --on names what the data does not have */
export function checkOn(on: string[], sample: Batch[]): void {
  const fields = [...new Set(sample.flatMap((batch) => batch.fields.map(({ name }) => name)))];
  const [fault] = checkNames(on, ['on'], PARTS, { fields });
  if (fault)
    throw new UsageError(
      `--on: there is no field "${String(fault.values?.name)}". Fields: ${[...new Set([...PARTS, ...fields])].join(', ')}`,
    );
}
