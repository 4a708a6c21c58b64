import type { Vectors } from '../embedding/types';
import { assign, seedCentroids } from './centroids';
import { distinctVectors, NONE } from './distinct';
import { Random } from './random';
import type { Steps } from './steps';

/** Records by cluster, the largest cluster first (of equal size the one whose first record stands first). */
export interface Clusters {
  /** Cluster of each record; −1 without a vector. */
  ids: Int32Array;
  count: number;
  /** The number that was asked for: `count` is less where there are fewer distinct vectors. */
  k: number;
  /** Records of each cluster. */
  sizes: Uint32Array;
  /** count × dim, unit rows. */
  centroids: Float32Array;
  /** Cosine of each record to its centroid; NaN without a vector. */
  similarity: Float32Array;
}

export interface KMeansOptions {
  seed?: number;
  /** Passes at most; it ends before where no record changes its cluster. */
  passes?: number;
  /** Records above which centroids are learnt from random batches. */
  batchAbove?: number;
}

/** Records of a random batch, and how many batches. */
const BATCH = 4096;
const BATCHES = 200;

/**
 * Spherical k-means (Dhillon & Modha 2001): every record belongs to the centroid of greatest cosine, every centroid is the direction of
 * its records' sum. Begun by k-means++ (Arthur & Vassilvitskii 2007, with 1 − cosine for the squared distance); above 50,000 records
 * centroids are learnt from random batches (Sculley 2010) and one last pass assigns every record. Fewer clusters than asked for come
 * back where there are fewer distinct vectors, or where one stays empty. The same seed gives the same clusters.
 * @throws RangeError unless k is a whole number from 1
 */
export function* kMeans(vectors: Vectors, k: number, options: KMeansOptions = {}): Steps<Clusters> {
  if (!Number.isInteger(k) || k < 1) throw new RangeError(`k must be a whole number from 1, not ${k}`);
  const { seed = 1, passes = 50, batchAbove = 50_000 } = options;
  const { rows, dim, values } = vectors;
  const random = new Random(seed, 0x6b6d65);
  const distinct = distinctVectors(vectors);
  const count = Math.min(k, distinct.sets);
  const points = new Uint32Array(rows);
  let n = 0;
  for (let row = 0; row < rows; row++) if (distinct.set[row] !== NONE) points[n++] = row;
  const all = points.subarray(0, n);
  const sample = n > batchAbove ? random.choose(n, Math.floor(batchAbove / 2)).map((i) => all[i]) : all;
  const centroids = yield* seedCentroids(vectors, sample, count, random);
  const best = new Int32Array(n).fill(-1);
  const cosine = new Float32Array(n);
  if (n > batchAbove) {
    const weight = new Float64Array(count);
    const batch = new Uint32Array(BATCH);
    for (let b = 0; b < BATCHES; b++) {
      for (let i = 0; i < BATCH; i++) batch[i] = all[random.below(n)];
      assign(vectors, batch, centroids, count, best, cosine);
      for (let i = 0; i < BATCH; i++) {
        const c = best[i] * dim;
        const rate = 1 / ++weight[best[i]];
        for (let d = 0; d < dim; d++) centroids[c + d] += rate * (values[batch[i] * dim + d] - centroids[c + d]);
      }
      for (let c = 0; c < count; c++) normalise(centroids, c * dim, dim);
      yield 0.3 + (0.6 * b) / BATCHES;
    }
    for (let from = 0; from < n; from += BATCH) {
      const to = Math.min(n, from + BATCH);
      const part = all.subarray(from, to);
      assign(vectors, part, centroids, count, best.subarray(from, to), cosine.subarray(from, to));
      yield 0.9 + (0.1 * to) / n;
    }
  } else
    for (let pass = 0; pass < passes; pass++) {
      const changed = assign(vectors, all, centroids, count, best, cosine);
      yield 0.3 + (0.7 * (pass + 1)) / passes;
      if (!changed || pass === passes - 1) break;
      recentre(vectors, all, best, cosine, centroids, count);
    }
  return { k, ...ordered(rows, dim, all, best, cosine, centroids, count) };
}

/** Each centroid becomes the direction of its records' sum; an empty one moves to the record farthest from its own. */
function recentre(
  { dim, values }: Vectors,
  points: Uint32Array,
  best: Int32Array,
  cosine: Float32Array,
  centroids: Float32Array,
  count: number,
): void {
  const sums = new Float64Array(count * dim);
  const sizes = new Uint32Array(count);
  points.forEach((row, i) => {
    sizes[best[i]]++;
    for (let d = 0, c = best[i] * dim; d < dim; d++) sums[c + d] += values[row * dim + d];
  });
  for (let c = 0; c < count; c++) {
    if (!sizes[c]) {
      let far = 0;
      for (let i = 1; i < points.length; i++) if (cosine[i] < cosine[far]) far = i;
      cosine[far] = 1;
      centroids.set(values.subarray(points[far] * dim, (points[far] + 1) * dim), c * dim);
      continue;
    }
    let norm = 0;
    for (let d = c * dim; d < (c + 1) * dim; d++) norm += sums[d] * sums[d];
    if (norm > 0) for (let d = c * dim; d < (c + 1) * dim; d++) centroids[d] = sums[d] / Math.sqrt(norm);
  }
}

function normalise(values: Float32Array, from: number, dim: number): void {
  let norm = 0;
  for (let d = from; d < from + dim; d++) norm += values[d] * values[d];
  if (norm > 0) for (let d = from; d < from + dim; d++) values[d] /= Math.sqrt(norm);
}

/** Numbers the clusters by size and leaves empty ones out. */
function ordered(
  rows: number,
  dim: number,
  points: Uint32Array,
  best: Int32Array,
  cosine: Float32Array,
  centroids: Float32Array,
  count: number,
): Omit<Clusters, 'k'> {
  const sizes = new Uint32Array(count);
  const first = new Uint32Array(count);
  for (let i = points.length - 1; i >= 0; i--) {
    sizes[best[i]]++;
    first[best[i]] = i;
  }
  const order = Array.from({ length: count }, (_, c) => c)
    .filter((c) => sizes[c] > 0)
    .sort((a, b) => sizes[b] - sizes[a] || first[a] - first[b]);
  const number = new Int32Array(count);
  order.forEach((c, i) => (number[c] = i));
  const ids = new Int32Array(rows).fill(-1);
  const similarity = new Float32Array(rows).fill(NaN);
  points.forEach((row, i) => {
    ids[row] = number[best[i]];
    similarity[row] = Math.min(1, cosine[i]);
  });
  const out = new Float32Array(order.length * dim);
  order.forEach((c, i) => out.set(centroids.subarray(c * dim, (c + 1) * dim), i * dim));
  return { ids, count: order.length, sizes: Uint32Array.from(order, (c) => sizes[c]), centroids: out, similarity };
}
