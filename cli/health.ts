import { HealthCollector } from '$lib/health/collector';
import { flagColumns } from '$lib/health/summary';
import type { Mapping } from '$lib/record/types';
import type { Seen } from '$lib/recipe/sample';
import type { Reading } from './dataset';
import { DataError } from './errors';
import type { FileSource } from './files';
import { pass } from './pass';

export interface Gathered {
  reading: Reading;
  seen: Seen;
  set: HealthCollector;
}

export interface GatherOptions {
  map: Partial<Mapping> | null;
  tokens: boolean;
  threads?: number;
  /** Columns to measure, of those there are; default all. */
  only?: (ids: string[]) => string[];
  check?: (mapping: Mapping) => void;
}

/**
 * One pass over everything, for its health.
 * @throws DataError where there are no records
 */
export async function gather(sources: FileSource[], options: GatherOptions): Promise<Gathered> {
  let set: HealthCollector | null = null;
  let seen: Seen | null = null;
  const reading = await pass(sources, {
    ...options,
    keys: false,
    health: true,
    begin(found, ids) {
      options.check?.(found.mapping);
      seen = found;
      set = new HealthCollector(found.mapping, flagColumns(ids), true);
    },
    take: ({ health, columns }) => set!.add({ ...health!, columns }),
  });
  if (set === null || seen === null)
    throw new DataError(`${sources.map(({ name }) => name).join(', ')}: there are no records.`);
  return { reading, seen, set };
}
