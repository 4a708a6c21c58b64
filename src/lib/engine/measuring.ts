/** Work that goes over all records in slices, on the workers. */
import { tokenColumns } from '$lib/columns';
import { Collector } from '$lib/recipe/collect';
import {
  compile,
  sparseNeeds,
  textsFor,
  type ClassNeed,
  type ColumnNeed,
  type GroupNeed,
  type Needs,
  type SetNeed,
} from '$lib/recipe/plan';
import { makeable, makeSets, type Others, type SetJob, type SetWorker } from '$lib/recipe/sets';
import type { Recipe } from '$lib/recipe/types';
import type { Batch } from '$lib/record/types';
import { detached, type Slice } from './dataset';
import type { MeasureApi } from './measure-api';
import { baseColumn } from './needs';
import { Pace } from './pace';
import { LATER, type Pool } from './pool';
import type { TaskName } from './protocol';
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

/** What a recipe or a cell asks to be measured. */
export type Wanted = Omit<Needs, 'stages'> & { sets?: readonly SetNeed[] };

/** Measures what is needed and not there: base columns are handed over, the rest goes to the workers. */
export async function ensure(
  opened: Opened,
  pool: Pool<MeasureApi>,
  around: Pick<Surroundings, 'emit' | 'workOnSet'>,
  others: Others,
  recipe: Recipe,
  wanted: Wanted,
  priority: number,
  signal: AbortSignal,
): Promise<void> {
  const { table, dataset } = opened;
  const { measured } = table;
  const columns = wanted.columns.filter((need) => !measured.has(need) && !table.offerColumn(need));
  const groups = wanted.groups.filter((need) => !measured.has(need));
  const classes = wanted.classes.filter(
    (need) => need.by !== 'cluster' && !measured.has(need) && !table.offerClasses(need),
  );
  if (table.rows < dataset.rows) return;
  // What follows from a file that is not open waits until it is.
  // Vectors of a model that are not there are made when the reader says so; until then its step waits.
  const sets = (wanted.sets ?? []).filter((need) => !measured.has(need) && makeable(need, measured, others));
  const texts = textsFor(sets, { includes: (signature) => measured.has({ signature }) });
  const needs = { columns, groups, classes, texts };
  if (Object.values(needs).some(({ length }) => length > 0))
    await measureAll(opened, pool, around, recipe, needs, priority, signal);
  await makeSets(sets, measured, setWorker(around, signal), others);
}

/** One pass over all records on the workers. */
async function measureAll(
  { table, dataset, mapping }: Opened,
  pool: Pool<MeasureApi>,
  around: Pick<Surroundings, 'emit'>,
  recipe: Recipe,
  needs: Omit<Needs, 'stages'>,
  priority: number,
  signal: AbortSignal,
): Promise<void> {
  // What was measured of the records as they came holds wherever no step rewrites them; estimates do not count.
  const asTheyCame = (base: ColumnNeed | ClassNeed | GroupNeed): boolean => {
    if ('column' in base) return !table.estimates(base.column) && table.offerColumn(base);
    return 'by' in base && table.offerClasses(base);
  };
  const whereRewritten = () => sparseNeeds(needs, asTheyCame);
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
    collector.into(table.measured);
  } finally {
    pace.finish();
  }
}

/** What the progress of each kind of work over the whole set is called. */
const TASKS: Record<SetJob['kind'], TaskName> = {
  near: 'near',
  against: 'against',
  lsa: 'embed',
  phrase: 'embed',
  semantic: 'neighbours',
  neighbours: 'neighbours',
  clusters: 'clusters',
  project: 'project',
  diversity: 'diversity',
};

/** Work over the whole set, its progress told and its time noted (`siftbook:near`, …). */
export function setWorker(
  { emit, workOnSet }: Pick<Surroundings, 'emit' | 'workOnSet'>,
  signal: AbortSignal,
): SetWorker {
  return async (job, growing) => {
    const task = TASKS[job.kind];
    const start = Date.now();
    const pace = new Pace(task, { emit });
    pace.at(0, 1);
    try {
      const result = await workOnSet(job, signal, (share, places) => {
        pace.at(share, 1);
        if (places && !signal.aborted) growing?.(places);
      });
      emit('measured', { name: `siftbook:${task}`, start, end: Date.now(), detail: { kind: job.kind } });
      return result;
    } finally {
      pace.finish();
    }
  };
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
