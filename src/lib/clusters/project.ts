import type { Vectors } from '../embedding/types';
import { distinctVectors, NONE } from './distinct';
import { fuzzyGraph } from './fuzzy-graph';
import { layout } from './layout';
import { neighbours, type Neighbours } from './neighbours';
import { placeBySample } from './place';
import { principalPlane } from './principal';
import { Random } from './random';
import { part, type Steps } from './steps';

export interface ProjectOptions {
  seed?: number;
  /** Neighbours a point: more shows the whole, fewer the detail. */
  k?: number;
  epochs?: number;
  /** Points laid out themselves; where there are more distinct ones, the rest are placed by these. */
  sample?: number;
}

/** Epochs are umap-learn's for more than 10,000 points. */
export const PROJECT = { seed: 1, k: 15, epochs: 200, sample: 50_000 } as const;
/**
 * umap-learn's curve for min_dist 0 and spread 1. On 10,000 prompts of Alpaca (MiniLM) its trustworthiness is 0.933, that of min_dist 0.1
 * 0.912 (umap-learn itself 0.917).
 */
const CURVE = { a: 1.93, b: 0.79, negatives: 5, learningRate: 1, repulsion: 1 } as const;
/** Half the width of the first picture, from which points move. */
const EXTENT = 10;

/**
 * The map: every record's place in the plane, rows × 2, NaN for a record without a vector. UMAP (McInnes, Healy & Melville 2018) by
 * cosine, begun from the first two principal components. Equal vectors share a place. Above `sample` distinct vectors a seeded sample is
 * laid out and every other record stands amid its nearest of them. The same seed gives the same picture. Can be left at any step.
 */
export function* project(vectors: Vectors, options: ProjectOptions = {}): Steps<Float32Array> {
  const { seed, k, epochs, sample } = { ...PROJECT, ...options };
  const { rows, dim, values } = vectors;
  const { set, sets, first } = distinctVectors(vectors);
  const sampled = sets > sample;
  const chosen = sampled
    ? new Random(seed, 0x6d6170).choose(sets, sample).sort()
    : Uint32Array.from({ length: sets }, (_, s) => s);
  const points = chosen.map((s) => first[s]);
  const compact: Vectors = { rows: points.length, dim, values: new Float32Array(points.length * dim) };
  points.forEach((row, i) => compact.values.set(values.subarray(row * dim, (row + 1) * dim), i * dim));
  const end = sampled ? 0.7 : 1;
  const near = yield* part(neighbours(compact, k, { seed }), 0, end * 0.45);
  const plane = yield* part(layoutOf(compact, near, seed, epochs), end * 0.45, end);
  const placed = sampled ? yield* part(placeBySample(vectors, first, chosen, compact, plane), end, 1) : plane;
  const out = new Float32Array(rows * 2).fill(NaN);
  for (let row = 0; row < rows; row++) {
    if (set[row] === NONE) continue;
    out[2 * row] = placed[2 * set[row]];
    out[2 * row + 1] = placed[2 * set[row] + 1];
  }
  return out;
}

/** UMAP's layout of vectors whose neighbours are known. */
function* layoutOf(vectors: Vectors, near: Neighbours, seed: number, epochs: number): Steps<Float32Array> {
  const plane = principalPlane(vectors, EXTENT, seed);
  // Points on one spot (all of them where there is one direction only) would never part.
  const random = new Random(seed, 0x6a6974);
  for (let i = 0; i < plane.length; i++) plane[i] += (random.unit() - 0.5) * 1e-3 * EXTENT;
  const graph = fuzzyGraph(near);
  yield* layout(plane, graph, { ...CURVE, seed, epochs });
  return plane;
}
