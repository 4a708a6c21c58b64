import { cheapColumns, tokenColumns } from '$lib/columns/index';
import { batchBuffers } from '$lib/record/batch';
import type { Batch, Mapping } from '$lib/record/types';
import type { Seen } from '$lib/recipe/sample';
import { afterSample, detect, Reading } from './dataset';
import type { ShingleSettings } from '$lib/text/shingles';
import type { FileSource } from './files';
import type { ProfileAnswer } from './jobs';
import { defaultThreads, inOrder, Pool } from './pool';

/** Batches on the way to the threads or back, a thread. */
const IN_FLIGHT = 2;

export interface PassOptions {
  map: Partial<Mapping> | null;
  /** Measure token columns too. */
  tokens: boolean;
  keys: boolean;
  health: boolean;
  /** Asked before each batch: what to compare for near-duplicates; null: nothing (any more). */
  near?(): { on: string[]; settings: ShingleSettings } | null;
  /** Asked before each batch: the fields of the texts whose terms are wanted; null: of none (any more). */
  terms?(): string[] | null;
  threads?: number;
  /** Columns to measure, given the mapping; default all. */
  only?: (ids: string[]) => string[];
  /** Called once, before the first batch is taken. */
  begin(detected: Seen, ids: string[]): void;
  take(answer: ProfileAnswer): void | Promise<void>;
}

/** Ids of all columns that can be measured record by record under a mapping. */
export function measurableColumns(mapping: Mapping, tokens: boolean): string[] {
  const own = [...cheapColumns, ...(tokens ? tokenColumns : [])].filter(({ measure }) => measure).map(({ id }) => id);
  return [...own, ...mapping.scores.map((field) => `field:${field}`)];
}

/** Reads everything once and measures it in threads; answers come in the order of the records. */
export async function pass(sources: FileSource[], options: PassOptions): Promise<Reading> {
  const reading = new Reading(sources);
  const threads = options.threads ?? defaultThreads();
  const pool = new Pool(threads, { tokens: options.tokens });
  try {
    let mapping: Mapping | null = null;
    let columns: string[] = [];
    const batches = afterSample(reading.batches('measuring'), (sample) => {
      const detected = detect(sample, options.map);
      mapping = detected.mapping;
      columns = measurableColumns(mapping, options.tokens);
      if (options.only) columns = options.only(columns);
      options.begin(detected, columns);
    });
    const { keys, health } = options;
    const work = (batch: Batch) =>
      pool.run(
        {
          kind: 'profile',
          batch,
          mapping: mapping!,
          columns,
          keys,
          health,
          near: options.near?.() ?? null,
          terms: options.terms?.() ?? null,
        },
        batchBuffers(batch),
      );
    await inOrder(batches, threads * IN_FLIGHT, work, (answer) => options.take(answer as ProfileAnswer));
  } finally {
    await pool.close();
  }
  return reading;
}
