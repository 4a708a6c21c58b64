import * as jieba from 'jieba-wasm';
import { loadColumns, measureViews } from '$lib/columns/measure';
import { measureHealth } from '$lib/health/measures';
import { recordHashes } from '$lib/record/key';
import { numericField } from '$lib/record/numeric';
import type { View } from '$lib/record/types';
import { viewOf } from '$lib/record/view';
import { compile, type Plan } from '$lib/recipe/plan';
import { measureBatch } from '$lib/recipe/measure';
import { loadHash, type Hash } from '$lib/text/hash';
import type { Job, JobAnswer, ProfileJob } from './jobs';

/** Makes this thread ready to measure. */
export async function loadMeasuring(tokens: boolean): Promise<Hash> {
  const [hash] = await Promise.all([loadHash(), loadColumns({ jieba, tokens })]);
  return hash;
}

let planned: { text: string; plan: Plan } | null = null;

/** Does one job; the batch may be thrown away afterwards. */
export function measure(job: Job, hash: Hash): JobAnswer {
  const { batch, mapping } = job;
  if (job.kind === 'profile') return profile(job, hash);
  const text = JSON.stringify(job.recipe);
  if (planned?.text !== text) planned = { text, plan: compile(job.recipe, mapping) };
  return { kind: 'recipe', measures: measureBatch(batch, mapping, planned.plan, hash), lines: batch.lines };
}

function profile({ batch, mapping, columns: ids, keys, health }: ProfileJob, hash: Hash): JobAnswer {
  const views: View[] = [];
  for (let row = 0; row < batch.rows; row++) views.push(viewOf(batch, row, mapping));
  const measured = ids.filter((id) => !id.startsWith('field:'));
  const columns: Record<string, Float32Array> = {};
  measureViews(views, measured).forEach((values, i) => (columns[measured[i]] = values));
  for (const id of ids)
    if (id.startsWith('field:')) columns[id] = Float32Array.from(numericField(batch, id.slice('field:'.length)));
  return {
    kind: 'profile',
    rows: batch.rows,
    first: batch.first,
    columns,
    health: health ? measureHealth(batch, mapping, views, {}, hash) : null,
    keys: keys ? recordHashes(batch, hash) : null,
    lines: batch.lines,
    file: batch.file,
  };
}
