/** What is known of the whole set at once: which work it takes, and in which order. */
import type { NearPairs } from '$lib/duplicates/near-pairs';
import { nearSteps } from '$lib/duplicates/near-pairs';
import { lsaSteps, project, type Lsa } from '$lib/embedding/lsa';
import type { SparseRows } from '$lib/embedding/rows';
import type { Vectors } from '$lib/embedding/types';
import { semanticPairs } from '$lib/clusters/pairs';
import type { ShingleSets } from '$lib/text/shingles';
import { runFailure } from './messages';
import type { Measured } from './measured';
import type { SetNeed, VectorsNeed } from './plan';

/** One piece of work over the whole set; plain data, so that it can be done elsewhere. */
export type SetJob =
  | { kind: 'near'; shingles: ShingleSets; floor: number }
  | { kind: 'lsa'; rows: SparseRows; keys: BigUint64Array }
  | { kind: 'semantic'; vectors: Vectors; floor: number };

/** What each kind of work yields. */
export interface SetResults {
  near: NearPairs;
  /** With what was fitted, so that a phrase gets a vector too. */
  lsa: { vectors: Vectors; lsa: Lsa };
  semantic: NearPairs;
}

/** Does a job and tells between its steps how far it is, from 0 to 1. */
export function setJobSteps(job: SetJob): Generator<number, SetResults[SetJob['kind']]> {
  switch (job.kind) {
    case 'near':
      return nearSteps(job.shingles, { floor: job.floor });
    case 'lsa':
      return embedSteps(job.rows, job.keys);
    case 'semantic':
      return semanticPairs(job.vectors, { floor: job.floor });
  }
}

/** Fits the built-in model to the set and embeds it. */
function* embedSteps(rows: SparseRows, keys: BigUint64Array): Generator<number, SetResults['lsa']> {
  const fitting = lsaSteps(rows, keys);
  for (;;) {
    const { done, value } = fitting.next();
    if (done) return { vectors: project(value, rows), lsa: value };
    yield value * 0.9;
  }
}

/** Does a job of this kind somewhere. */
export type SetWorker = <J extends SetJob>(job: J) => Promise<SetResults[J['kind']]>;

/** Does jobs here and now. */
export const workHere: SetWorker = async <J extends SetJob>(job: J) => {
  const steps = setJobSteps(job);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value as SetResults[J['kind']];
  }
};

/** Can these be made here, or do they ask for a model's vectors that are not there? */
export function makeable(need: SetNeed, measured: Measured): boolean {
  return 'shingles' in need.from || need.from.terms !== null || measured.has(need.from);
}

/**
 * Makes what is needed and not there yet; the texts it follows from must be measured, and are let go of.
 * @throws Error where a model's vectors are asked for that are not there
 */
export async function makeSets(needs: readonly SetNeed[], measured: Measured, work: SetWorker): Promise<void> {
  for (const need of needs) {
    if (measured.has(need)) continue;
    const { from, floor } = need;
    if ('shingles' in from) {
      const shingles = measured.text(from) as ShingleSets;
      measured.setPairs(need.signature, await work({ kind: 'near', shingles, floor }));
      measured.dropText(from);
    } else {
      const vectors = await vectorsOf(from, measured, work);
      measured.setPairs(need.signature, await work({ kind: 'semantic', vectors, floor }));
    }
  }
}

/** A vector per record: those that are there, or the built-in model's, fitted to the set. */
export async function vectorsOf(need: VectorsNeed, measured: Measured, work: SetWorker): Promise<Vectors> {
  if (!measured.has(need)) {
    if (!need.terms) throw runFailure('recipe.run.no-vectors', { model: need.model });
    const rows = measured.text(need.terms) as SparseRows;
    const { vectors, lsa } = await work({ kind: 'lsa', rows, keys: measured.keys });
    measured.setVectors(need.signature, vectors, lsa);
    measured.dropText(need.terms);
  }
  return measured.vectors(need);
}
