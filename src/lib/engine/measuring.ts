/** Work that goes over all records in slices, on the workers. */
import { tokenColumns } from '$lib/columns';
import { Collector } from '$lib/recipe/collect';
import { compile, sparseNeeds, type ClassNeed, type ColumnNeed, type GroupNeed, type Needs } from '$lib/recipe/plan';
import type { Recipe } from '$lib/recipe/types';
import type { Batch } from '$lib/record/types';
import { detached, type Slice } from './dataset';
import type { MeasureApi } from './measure-api';
import { baseColumn } from './needs';
import { Pace } from './pace';
import { LATER, type Pool } from './pool';
import type { Opened, Surroundings } from './state';

/** Records a worker measures at once: few, so that whoever asks for something urgent waits half a second at most. */
export const SLICE = 2048;

/** Sends a copy of each slice to a worker; at most two slices a worker are on their way. */
export async function eachSlice(
  pool: Pool<MeasureApi>,
  slices: Iterable<Slice>,
  priority: number,
  signal: AbortSignal,
  work: (api: MeasureApi, batch: Batch) => Promise<void>,
): Promise<void> {
  const busy = new Set<Promise<void>>();
  const failed: unknown[] = [];
  for (const slice of slices) {
    const task: Promise<void> = pool
      .run((api) => work(api, detached(slice)), priority, signal)
      .catch((error: unknown) => void failed.push(error))
      .finally(() => busy.delete(task));
    busy.add(task);
    if (busy.size >= pool.size * 2) await Promise.race(busy);
    if (failed.length > 0) break;
  }
  await Promise.all(busy);
  if (failed.length > 0) throw failed[0];
  signal.throwIfAborted();
}

/** Measures what is needed and not there: base columns are handed over, the rest goes to the workers. */
export async function ensure(
  { table, dataset, mapping }: Opened,
  pool: Pool<MeasureApi>,
  around: Pick<Surroundings, 'emit'>,
  recipe: Recipe,
  needs: Omit<Needs, 'stages'>,
  priority: number,
  signal: AbortSignal,
): Promise<void> {
  const { measured } = table;
  const columns = needs.columns.filter((need) => !measured.has(need) && !table.offerColumn(need));
  const groups = needs.groups.filter((need) => !measured.has(need));
  const classes = needs.classes.filter((need) => !measured.has(need) && !table.offerClasses(need));
  if (columns.length + groups.length + classes.length === 0 || table.rows < dataset.rows) return;
  // What was measured of the records as they came holds wherever no step rewrites them; estimates do not count.
  const asTheyCame = (base: ColumnNeed | ClassNeed | GroupNeed): boolean => {
    if ('column' in base) return !table.estimates(base.column) && table.offerColumn(base);
    return 'by' in base && table.offerClasses(base);
  };
  const whereRewritten = () => sparseNeeds({ columns, groups, classes }, asTheyCame);
  const missing = whereRewritten();
  const collector = new Collector({ stages: compile(recipe, mapping).stages, ...missing });
  const pace = new Pace('recipe', around);
  let done = 0;
  try {
    await eachSlice(pool, dataset.slices(0, SLICE), priority, signal, async (api, batch) => {
      const measures = await api.needs(batch, mapping, recipe, missing);
      collector.add(measures);
      pace.at((done += measures.rows), dataset.rows);
    });
    // Work for another recipe may have let go of them meanwhile.
    whereRewritten();
    collector.into(measured);
  } finally {
    pace.finish();
  }
}

/** Exact tokens of the records as they came, in place of the estimates. */
export async function measureTokens(
  { table, dataset, mapping }: Opened,
  pool: Pool<MeasureApi>,
  around: Pick<Surroundings, 'emit'>,
  signal: AbortSignal,
): Promise<void> {
  const columns = tokenColumns.map(({ id }) => baseColumn(id, mapping));
  const needs = { columns, groups: [], classes: [] };
  const nothing: Recipe = { siftbook: 1, seed: 0, steps: [] };
  const pace = new Pace('tokens', around);
  let done = 0;
  try {
    await eachSlice(pool, dataset.slices(0, SLICE / 2), LATER, signal, async (api, batch) => {
      const measures = await api.needs(batch, mapping, nothing, needs);
      table.acceptTokens(measures.first, measures.columns);
      pace.at((done += measures.rows), dataset.rows);
    });
    table.finishTokens();
  } finally {
    pace.finish();
  }
}
