import { rankOrder } from '$lib/duplicates/near';
import { nearPairs } from '$lib/duplicates/near-pairs';
import { HealthCollector } from '$lib/health/collector';
import type { NearCompared } from '$lib/health/near';
import type { SemanticCompared } from '$lib/health/semantic';
import { flagColumns } from '$lib/health/summary';
import { NEAR_DEFAULT, NEAR_FLOOR, nearSettings } from '$lib/recipe/alike';
import type { Mapping } from '$lib/record/types';
import type { Seen } from '$lib/recipe/sample';
import { joinShingles, type ShingleSets } from '$lib/text/shingles';
import type { Reading } from './dataset';
import { DataError } from './errors';
import type { FileSource } from './files';
import { pass } from './pass';
import { SemanticLook, type SemanticOptions } from './semantic';

export interface Gathered {
  reading: Reading;
  seen: Seen;
  set: HealthCollector;
  /** What was compared for near-duplicates; null where that was not asked for, or the set is too large. */
  near: NearCompared | null;
  /** What was compared for duplicates by meaning; null as with `near`. */
  semantic: SemanticCompared | null;
}

export interface GatherOptions {
  map: Partial<Mapping> | null;
  tokens: boolean;
  threads?: number;
  /** Columns to measure, of those there are; default all. */
  only?: (ids: string[]) => string[];
  /** Look for near-duplicates, among this many records at most. */
  near?: number;
  /** Look for duplicates by meaning. */
  semantic?: SemanticOptions;
  check?: (mapping: Mapping) => void;
}

/**
 * One pass over everything, for its health.
 * @throws DataError where there are no records
 */
export async function gather(sources: FileSource[], options: GatherOptions): Promise<Gathered> {
  let set: HealthCollector | null = null;
  let seen: Seen | null = null;
  const most = options.near ?? 0;
  const shingles: ShingleSets[] = [];
  let rows = 0;
  let look: SemanticLook | null = null;
  const reading = await pass(sources, {
    ...options,
    keys: options.semantic !== undefined,
    health: true,
    near: () => (rows < most ? { on: NEAR_DEFAULT.on, settings: nearSettings(NEAR_DEFAULT) } : null),
    terms: () => look?.terms ?? null,
    begin(found, ids) {
      options.check?.(found.mapping);
      seen = found;
      if (options.semantic) look = new SemanticLook(found.mapping, options.semantic);
      set = new HealthCollector(found.mapping, flagColumns(ids), true);
    },
    take({ health, columns, keys, shingles: own, terms, rows: here }) {
      set!.add({ ...health!, columns });
      rows += here;
      if (keys) look?.add(here, keys, terms);
      if (rows > most) shingles.length = 0;
      else if (own) shingles.push(own);
    },
  });
  const names = sources.map(({ name }) => name);
  if (set === null || seen === null) throw new DataError(`${names.join(', ')}: there are no records.`);
  const near = most > 0 && rows <= most ? compared(set, joinShingles(shingles)) : null;
  const semantic = (await (look as SemanticLook | null)?.compared(set, names)) ?? null;
  return { reading, seen, set, near, semantic };
}

/** Pairs down to where a step's threshold may go, and who of two stays, as a fresh `near` step has it. */
function compared(set: HealthCollector, shingles: ShingleSets): NearCompared {
  const score = set.mapping.scores.slice(0, 1).map((field) => `field:${field}`);
  const keys = [...score, 'total_chars'].flatMap((id) => set.column(id) ?? []);
  const rank = rankOrder(keys, set.rows);
  const pairs = nearPairs(shingles, { floor: NEAR_FLOOR, rank });
  return { pairs, rank, ...NEAR_DEFAULT };
}
