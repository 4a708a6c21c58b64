import type { Vectors } from '../embedding/types';
import { assign } from './centroids';
import { kMeans } from './kmeans';
import { NearestLists } from './nearest-lists';
import { BlockProducts } from './products';
import { part, type Steps } from './steps';

const BLOCK = 128;
/** Neighbours in the sample by which a point is placed. */
const NEAR = 5;
/** Cells of the sample that are searched for each cell of points: its own and the nearest others. */
const PROBES = 4;

/** Numbers sorted by cell: those of cell c are `order[starts[c]]` to `order[starts[c + 1] - 1]`. */
function byCell(cells: Int32Array, count: number): { starts: Uint32Array; order: Uint32Array } {
  const starts = new Uint32Array(count + 1);
  for (const c of cells) starts[c + 1]++;
  for (let c = 0; c < count; c++) starts[c + 1] += starts[c];
  const next = starts.slice();
  const order = new Uint32Array(cells.length);
  for (let i = 0; i < cells.length; i++) order[next[cells[i]]++] = i;
  return { starts, order };
}

/**
 * Places points by a sample that has its places: each stands at the mean of its five nearest sampled points, weighted by
 * exp(−(d − d₁) / (d₅ − d₁)) with d₁ the nearest distance and d₅ the farthest. The nearest are sought in the sample's k-means cells next to
 * the point's own (an inverted file: Jégou, Douze & Schmid 2011).
 * @param first record of each point
 * @param chosen points of the sample, in order; they keep their places
 * @param sample their vectors
 * @param plane their places
 * @returns a place for each point, points × 2
 */
export function* placeBySample(
  vectors: Vectors,
  first: Uint32Array,
  chosen: Uint32Array,
  sample: Vectors,
  plane: Float32Array,
): Steps<Float32Array> {
  const n = first.length;
  const out = new Float32Array(n * 2);
  const cellCount = Math.max(1, Math.round(Math.sqrt(sample.rows)));
  const cells = yield* part(kMeans(sample, cellCount, { seed: 1, passes: 6 }), 0, 0.3);
  const { count, centroids } = cells;
  const inSample = byCell(cells.ids, count);
  const best = new Int32Array(n).fill(-1);
  const cosine = new Float32Array(n);
  const CHUNK = 1 << 14;
  for (let from = 0; from < n; from += CHUNK) {
    const to = Math.min(n, from + CHUNK);
    assign(vectors, first.subarray(from, to), centroids, count, best.subarray(from, to), cosine.subarray(from, to));
    yield 0.3 + (0.2 * to) / n;
  }
  const inCell = byCell(best, count);
  const probes = nearestCells(centroids, count, vectors.dim);
  const products = new BlockProducts(vectors.dim, BLOCK, BLOCK);
  for (let c = 0; c < count; c++) {
    for (let from = inCell.starts[c]; from < inCell.starts[c + 1]; from += BLOCK) {
      const points = inCell.order.subarray(from, Math.min(inCell.starts[c + 1], from + BLOCK));
      const lists = new NearestLists(points.length, Math.min(NEAR, sample.rows));
      for (let i = 0; i < points.length; i++) products.put(0, i, vectors.values, first[points[i]]);
      for (const probe of probes[c])
        for (let b = inSample.starts[probe]; b < inSample.starts[probe + 1]; b += BLOCK) {
          const width = Math.min(BLOCK, inSample.starts[probe + 1] - b);
          for (let j = 0; j < width; j++) products.put(1, j, sample.values, inSample.order[b + j]);
          products.multiply(points.length, width);
          for (let i = 0; i < points.length; i++)
            for (let j = 0, at = i * products.pitch; j < width; j++)
              if (products.out[at + j] >= lists.worst[i]) lists.offer(i, inSample.order[b + j], products.out[at + j]);
        }
      for (let i = 0; i < points.length; i++) amid(lists, i, plane, out, points[i]);
    }
    yield 0.5 + (0.5 * (c + 1)) / count;
  }
  chosen.forEach((point, i) => out.set(plane.subarray(2 * i, 2 * i + 2), 2 * point));
  return out;
}

/** For each cell the cells of the most similar centroids, itself first. */
function nearestCells(centroids: Float32Array, count: number, dim: number): Int32Array[] {
  return Array.from({ length: count }, (_, c) => {
    const similarity = Float64Array.from({ length: count }, (_, other) => {
      if (other === c) return Infinity;
      let sum = 0;
      for (let d = 0; d < dim; d++) sum += centroids[c * dim + d] * centroids[other * dim + d];
      return sum;
    });
    const order = Int32Array.from({ length: count }, (_, other) => other);
    return order
      .sort((a, b) => (similarity[a] === similarity[b] ? a - b : similarity[b] - similarity[a]))
      .slice(0, PROBES);
  });
}

/** Writes the weighted mean of the places of list `row`. */
function amid(lists: NearestLists, row: number, plane: Float32Array, out: Float32Array, point: number): void {
  const { k, ids, similarity } = lists;
  const from = row * k;
  let last = from;
  while (last + 1 < from + k && ids[last + 1] >= 0) last++;
  const spread = Math.max(1e-6, similarity[from] - similarity[last]);
  let sum = 0;
  let x = 0;
  let y = 0;
  for (let i = from; i <= last; i++) {
    const weight = Math.exp((similarity[i] - similarity[from]) / spread);
    sum += weight;
    x += weight * plane[2 * ids[i]];
    y += weight * plane[2 * ids[i] + 1];
  }
  out[2 * point] = x / sum;
  out[2 * point + 1] = y / sum;
}
