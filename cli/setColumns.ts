import path from 'node:path';
import { columns } from '$lib/columns/index';
import { bestBetter } from '$lib/duplicates/near';
import type { Mapping } from '$lib/record/types';
import { AGAINST_COLUMNS, MEANING_PREFIX } from '$lib/recipe/alike';
import { clusterColumn } from '$lib/recipe/measured';
import type { Judged } from '$lib/recipe/run';
import { stringifyRecipe } from '$lib/recipe/stringify';
import type { Recipe } from '$lib/recipe/types';
import { UsageError } from './errors';
import type { FileSource } from './files';
import { judgeFiles } from './recipe';
import { embeddingOf } from './semantic';
import type { VectorSources } from './vectors';

/** Columns that follow from the whole set at once; they are measured where they are asked for by name. */
export const SET_COLUMNS: readonly string[] = columns.filter(({ measure }) => !measure).map(({ id }) => id);

export const isSetColumn = (id: string) => SET_COLUMNS.includes(id) || id.startsWith(MEANING_PREFIX);

/** Values by the columns' ids, one a record. */
export type SetColumns = Map<string, Float32Array>;

/**
 * Measures columns over the whole set, as a recipe would that cuts them. Vectors are built in where no file of them is given.
 */
export async function measureSetColumns(
  ids: readonly string[],
  sources: FileSource[],
  options: { map: Partial<Mapping> | null; threads?: number; vectors: VectorSources; against: string[] },
): Promise<SetColumns> {
  if (ids.length === 0) return new Map();
  const recipe: Recipe = { siftbook: 1, seed: 0, steps: ids.map((column) => ({ cut: { column, min: 0 } })) };
  const [compared] = ids.filter((id) => AGAINST_COLUMNS.includes(id));
  if (compared !== undefined) {
    if (options.against.length === 0)
      throw new UsageError(`--only ${compared}: it follows from other files. Name them: --against FILE…`);
    recipe.against = { files: [...new Set(options.against.map((name) => path.basename(name)))] };
  }
  const embedding = await embeddingOf(options.vectors);
  if (embedding) recipe.embedding = embedding;
  const given = { name: '--only', text: stringifyRecipe(recipe), recipe };
  const against = compared === undefined ? [] : options.against;
  const { judged } = await judgeFiles(given, sources, { ...options, against });
  return derivedColumns(judged);
}

/** What a run knows of the whole set: the columns that its recipe cuts, the clusters it names, and the likeness its steps judge by. */
export function derivedColumns({ plan, measured }: Pick<Judged, 'plan' | 'measured'>): SetColumns {
  const out: SetColumns = new Map(plan.derived.map((need) => [need.column, measured.column(need)]));
  for (const need of plan.sets)
    if (need.kind === 'clusters' && !out.has('cluster')) {
      out.set('cluster', clusterColumn(measured.clusters(need)));
    }
  for (const { kind, judge } of plan.steps) {
    const id = `${kind}_similarity`;
    if (!judge?.alike || out.has(id)) continue;
    const { pairs, prefer } = judge.alike;
    out.set(id, bestBetter(measured.pairs(pairs), measured.rank(prefer), null).similarity);
  }
  return out;
}
