import { loadColumns, measureViews } from '$lib/columns/measure';
import { HealthMeter } from '$lib/health/measures';
import { recordHashes } from '$lib/record/key';
import { numericField } from '$lib/record/numeric';
import type { View } from '$lib/record/types';
import { viewOf } from '$lib/record/view';
import { loadCategories } from '$lib/recipe/category';
import { compile, type Plan } from '$lib/recipe/plan';
import { measureBatch } from '$lib/recipe/measure';
import { loadHash, type Hash } from '$lib/text/hash';
import { termRows } from '$lib/embedding/features';
import { shingleSets } from '$lib/text/shingles';
import { textsOf } from '$lib/duplicates/texts';
import type { Job, JobAnswer, ProfileJob, RecipeJob } from './jobs';

/** Makes this thread ready to measure. */
export async function loadMeasuring(tokens: boolean): Promise<Hash> {
  const [hash] = await Promise.all([loadHash(), loadColumns({ tokens })]);
  return hash;
}

let planned: { text: string; plan: Plan } | null = null;
function planOf({ recipe, mapping }: RecipeJob): Plan {
  const text = JSON.stringify(recipe);
  if (planned?.text !== text) planned = { text, plan: compile(recipe, mapping) };
  return planned.plan;
}

/** Loads what this job takes beyond what every thread has. */
export async function prepare(job: Job): Promise<void> {
  if (job.kind === 'recipe') await loadCategories(planOf(job).classes);
}

/** Does one job that was prepared; the batch may be thrown away afterwards. */
export function measure(job: Job, hash: Hash): JobAnswer {
  const { batch, mapping } = job;
  if (job.kind === 'profile') return profile(job, hash);
  if (job.kind === 'shingles')
    return { kind: 'shingles', sets: shingleSets(textsOf(batch, mapping, job.on), job.settings), lines: batch.lines };
  return { kind: 'recipe', measures: measureBatch(batch, mapping, planOf(job), hash), lines: batch.lines };
}

/** Views held at once: few, so that they are gone before the collector would move them to the old generation. */
const CHUNK = 256;

function profile({ batch, mapping, columns: ids, keys, health, near, terms }: ProfileJob, hash: Hash): JobAnswer {
  const { rows } = batch;
  // One buffer for all columns: a batch that goes back in a hundred small ones leaves the memory in shreds.
  const values = new Float32Array(ids.length * rows);
  const columns = Object.fromEntries(ids.map((id, i) => [id, values.subarray(i * rows, (i + 1) * rows)]));
  const measured = ids.filter((id) => !id.startsWith('field:'));
  const meter = health ? new HealthMeter(batch, mapping, hash) : null;
  for (let from = 0; from < rows; from += CHUNK) {
    const views: View[] = [];
    for (let row = from; row < Math.min(rows, from + CHUNK); row++) views.push(viewOf(batch, row, mapping));
    measureViews(views, measured).forEach((part, i) => columns[measured[i]].set(part, from));
    if (meter) views.forEach((view, i) => meter.view(from + i, view));
  }
  for (const id of ids) if (id.startsWith('field:')) columns[id].set(numericField(batch, id.slice('field:'.length)));
  return {
    kind: 'profile',
    rows,
    first: batch.first,
    columns,
    health: meter?.finish({}) ?? null,
    keys: keys ? recordHashes(batch, hash) : null,
    shingles: near ? shingleSets(textsOf(batch, mapping, near.on), near.settings) : null,
    terms: terms ? termRows(textsOf(batch, mapping, terms).map((text) => text ?? '')) : null,
    lines: batch.lines,
    file: batch.file,
  };
}
