/** What is known of the whole set at once: which work it takes, and in which order. */
import { againstSteps, bestMatch, type AcrossPairs } from '$lib/duplicates/against';
import { DiversityFigures, type Figure } from '$lib/diversity/diversity';
import type { NearPairs } from '$lib/duplicates/near-pairs';
import { nearSteps } from '$lib/duplicates/near-pairs';
import { lsaSteps, project as embed, projectText, type Lsa } from '$lib/embedding/lsa';
import { joinFieldRows } from '$lib/embedding/field-rows';
import type { SparseRows } from '$lib/embedding/rows';
import type { Vectors } from '$lib/embedding/types';
import { kMeans, type Clusters } from '$lib/clusters/kmeans';
import { neighbours, type DistinctNeighbours, type FoundNeighbours } from '$lib/clusters/neighbours';
import { semanticPairs } from '$lib/clusters/pairs';
import { project } from '$lib/clusters/project';
import { rank } from '$lib/clusters/search';
import { part } from '$lib/clusters/steps';
import { suggestK } from '$lib/clusters/suggest-k';
import { tightClusters } from '$lib/clusters/tight';
import { loadSegmenter } from '$lib/text/segment';
import type { ShingleSets } from '$lib/text/shingles';
import { vectorField } from './alike';
import { runFailure } from './messages';
import type { Matches, Measured } from './measured';
import type { FieldRowsList } from './texts';
import type { AgainstNeed, MeaningNeed, OtherNeed, OverlapNeed, PairsNeed, SetNeed, VectorsNeed } from './plan';

/**
 * Figures of diversity of samples: records in the order of their draws, with their words and (where there are any) vectors,
 * row-major, zeros for none; `kept` as everywhere.
 */
export interface DiversityJob {
  kind: 'diversity';
  words: Int32Array[];
  vectors: { dim: number; values: Float32Array } | null;
  kept: Uint8Array;
}

/** One piece of work over the whole set; plain data, so that it can be done elsewhere. */
export type SetJob =
  | { kind: 'near'; shingles: ShingleSets; floor: number; rank: Uint32Array }
  /** Pairs across two datasets. */
  | { kind: 'against'; own: ShingleSets; other: ShingleSets; floor: number }
  | { kind: 'lsa'; rows: SparseRows; keys: BigUint64Array }
  | { kind: 'semantic'; vectors: Vectors; floor: number }
  | { kind: 'neighbours'; vectors: Vectors; k: number }
  | { kind: 'clusters'; vectors: Vectors; k: number | null; at?: number }
  /** `near`: what the neighbours' job found of the same vectors. */
  | { kind: 'project'; vectors: Vectors; near?: DistinctNeighbours | null }
  /** A phrase's vector by a model that is not built in; who has the model does it. */
  | { kind: 'phrase'; model: string; text: string }
  | DiversityJob;

/** What each kind of work yields. */
export interface SetResults {
  near: NearPairs;
  against: AcrossPairs;
  /** With what was fitted, so that a phrase gets a vector too. */
  lsa: { vectors: Vectors; lsa: Lsa };
  semantic: NearPairs;
  neighbours: FoundNeighbours;
  clusters: Clusters;
  /** Places in the plane, rows × 2. */
  project: Float32Array;
  phrase: Float32Array;
  diversity: Figure[];
}

/**
 * Does a job and tells between its steps how far it is, from 0 to 1. `growing` is handed, at each step of a map, what makes the places
 * so far.
 */
export function setJobSteps(
  job: SetJob,
  growing?: (places: () => Float32Array) => void,
): Generator<number, SetResults[SetJob['kind']]> {
  switch (job.kind) {
    case 'near':
      return nearSteps(job.shingles, { floor: job.floor, rank: job.rank });
    case 'against':
      return againstSteps(job.own, job.other, { floor: job.floor });
    case 'lsa':
      return embedSteps(job.rows, job.keys);
    case 'semantic':
      return semanticPairs(job.vectors, { floor: job.floor });
    case 'neighbours':
      return neighbours(job.vectors, job.k);
    case 'clusters':
      return job.at === undefined ? clusterSteps(job.vectors, job.k) : tightClusters(job.vectors, job.at);
    case 'project':
      return project(job.vectors, { near: job.near, growing });
    case 'diversity':
      return diversitySteps(job);
    case 'phrase':
      throw runFailure('recipe.run.no-vectors', { model: job.model });
  }
}

/** Fits the built-in model to the set and embeds it. */
function* embedSteps(rows: SparseRows, keys: BigUint64Array): Generator<number, SetResults['lsa']> {
  const fitting = lsaSteps(rows, keys);
  for (;;) {
    const { done, value } = fitting.next();
    if (done) return { vectors: embed(value, rows), lsa: value };
    yield value * 0.9;
  }
}

/** Figures before and after; one step, as it is short. */
function* diversitySteps({ words, vectors, kept }: DiversityJob): Generator<number, Figure[]> {
  yield 0;
  const vector = ({ dim, values }: NonNullable<DiversityJob['vectors']>) => {
    return (place: number) => {
      const row = values.subarray(place * dim, (place + 1) * dim);
      return row.some((value) => value !== 0) ? row : null;
    };
  };
  const order = Uint32Array.from(words.keys());
  const source = { order, words: (place: number) => words[place], ...(vectors && { vector: vector(vectors) }) };
  return new DiversityFigures(source).of(kept);
}

/** k-means, with the number of clusters that suits the data where none is given. */
function* clusterSteps(vectors: Vectors, k: number | null): Generator<number, Clusters> {
  const many = k ?? (yield* part(suggestK(vectors), 0, 0.5)).k;
  return yield* part(kMeans(vectors, many), k === null ? 0.5 : 0, 1);
}

/** Does a job of this kind somewhere; `growing`: what is told of a map's places (rows × 2) before it is done, where anything is. */
export type SetWorker = <J extends SetJob>(
  job: J,
  growing?: (places: Float32Array) => void,
) => Promise<SetResults[J['kind']]>;

/** Does jobs here and now. */
export const workHere: SetWorker = async <J extends SetJob>(job: J) => {
  const steps = setJobSteps(job);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value as SetResults[J['kind']];
  }
};

/** Other datasets that a recipe compares with. */
export interface Others {
  /** Is it there? */
  has(other: OtherNeed): boolean;
  /** Shingle sets of its records, as the need's own are cut. */
  shingles(need: AgainstNeed): Promise<ShingleSets>;
  /** Its texts inside the records, as `OverlapIndex` finds them. */
  overlap(need: OverlapNeed): Promise<Matches>;
}

const NO_OTHERS: Others = {
  has: () => false,
  shingles: ({ other }) => Promise.reject(noOther(other)),
  overlap: ({ other }) => Promise.reject(noOther(other)),
};

const noOther = ({ files }: OtherNeed) => runFailure('recipe.run.no-other', { name: files.join(', ') });

/** Can these be made here, or do they ask for a model's vectors, or another dataset, that is not there? */
export function makeable(need: SetNeed, measured: Measured, others: Others = NO_OTHERS): boolean {
  if ('other' in need) return others.has(need.other);
  return 'shingles' in need.from || need.from.terms !== null || measured.has(need.from);
}

/**
 * Makes what is needed and not there yet; the texts it follows from must be measured, and are let go of.
 * @throws Error where a model's vectors or another dataset are asked for that are not there
 */
export async function makeSets(
  needs: readonly SetNeed[],
  measured: Measured,
  work: SetWorker,
  others: Others = NO_OTHERS,
): Promise<void> {
  for (const [i, need] of needs.entries()) {
    if (measured.has(need)) continue;
    if (need.kind === 'overlap') {
      measured.setMatches(need.signature, await others.overlap(need));
      continue;
    }
    const { from, signature } = need;
    if ('shingles' in from) {
      const more = needs.slice(i + 1).some((later) => later.from.signature === from.signature && !measured.has(later));
      const shingles = measured.takeText(from, more) as ShingleSets;
      if (need.kind === 'against') {
        const other = await others.shingles(need);
        const found = bestMatch(await work({ kind: 'against', own: shingles, other, floor: need.floor }));
        measured.setMatches(signature, { value: found.similarity, match: found.match });
        continue;
      }
      const { floor, prefer } = need as PairsNeed;
      const rank = measured.rank({ columns: prefer, keys: [] });
      measured.setPairs(signature, await work({ kind: 'near', shingles, floor, rank }));
      continue;
    }
    const vectors = await vectorsOf(from, measured, work);
    if (need.kind === 'pairs')
      measured.setPairs(signature, await work({ kind: 'semantic', vectors, floor: need.floor }));
    else if (need.kind === 'neighbours')
      measured.setNeighbours(signature, await work({ kind: 'neighbours', vectors, k: need.k }));
    else if (need.kind === 'clusters')
      measured.setClusters(
        signature,
        await work({ kind: 'clusters', vectors, k: need.k, ...(need.at !== null && { at: need.at }) }),
      );
    else if (need.kind === 'meaning')
      measured.setColumn(signature, rank(vectors, await phraseVector(need, measured, work)));
  }
}

/** The vector of a phrase by the model that made the records' vectors. */
export async function phraseVector(
  { from, phrase }: Pick<MeaningNeed, 'from' | 'phrase'>,
  measured: Measured,
  work: SetWorker,
): Promise<Float32Array> {
  const lsa = measured.lsa(from);
  const field = vectorField(from.model);
  if (field !== null) throw runFailure('recipe.run.no-phrase', { field });
  if (!lsa) return work({ kind: 'phrase', model: from.model, text: phrase });
  await loadSegmenter();
  return projectText(lsa, phrase);
}

/** A vector per record: those that are there, those of a field, or the built-in model's, fitted to the set. */
export async function vectorsOf(need: VectorsNeed, measured: Measured, work: SetWorker): Promise<Vectors> {
  if (!measured.has(need)) {
    if (!need.terms) throw runFailure('recipe.run.no-vectors', { model: need.model });
    if (need.terms.field !== undefined) {
      const { parts } = measured.takeText(need.terms) as FieldRowsList;
      measured.setVectors(need.signature, joinFieldRows(parts, need.terms.field));
      return measured.vectors(need);
    }
    const rows = measured.takeText(need.terms) as SparseRows;
    const { vectors, lsa } = await work({ kind: 'lsa', rows, keys: measured.keys });
    measured.setVectors(need.signature, vectors, lsa);
  }
  return measured.vectors(need);
}
