import type { Vectors } from '../embedding/types';
import { BlockProducts } from './products';
import type { Random } from './random';
import type { Steps } from './steps';

const BLOCK = 128;

/**
 * The centroid of greatest cosine for each point (a row of the vectors), on a tie the first: into `best`, its cosine into `cosine`.
 * Returns how many differ from what `best` held.
 */
export function assign(
  { dim, values }: Vectors,
  points: Uint32Array,
  centroids: Float32Array,
  count: number,
  best: Int32Array,
  cosine: Float32Array,
): number {
  const products = new BlockProducts(dim, BLOCK, count);
  const { out, pitch } = products;
  products.fill(1, centroids, 0, count);
  let changed = 0;
  for (let from = 0; from < points.length; from += BLOCK) {
    const width = Math.min(BLOCK, points.length - from);
    for (let i = 0; i < width; i++) products.put(0, i, values, points[from + i]);
    products.multiply(width, count);
    for (let i = 0; i < width; i++) {
      const at = i * pitch;
      let nearest = 0;
      for (let c = 1; c < count; c++) if (out[at + c] > out[at + nearest]) nearest = c;
      if (best[from + i] !== nearest) changed++;
      best[from + i] = nearest;
      cosine[from + i] = out[at + nearest];
    }
  }
  return changed;
}

/** k-means++: each further centroid is a point drawn with a chance in proportion to 1 − cosine to the nearest centroid so far. */
export function* seedCentroids(
  { dim, values }: Vectors,
  points: Uint32Array,
  count: number,
  random: Random,
): Steps<Float32Array> {
  const n = points.length;
  const centroids = new Float32Array(count * dim);
  const distance = new Float64Array(n).fill(1);
  const products = new BlockProducts(dim, 1, BLOCK);
  for (let c = 0; c < count; c++) {
    let total = 0;
    for (let i = 0; i < n; i++) total += distance[i];
    let left = random.unit() * total;
    let chosen = 0;
    for (let i = 0; i < n && left >= 0; i++) {
      if (distance[i] === 0) continue;
      chosen = i;
      left -= distance[i];
    }
    const row = points[chosen] * dim;
    centroids.set(values.subarray(row, row + dim), c * dim);
    products.put(0, 0, centroids, c);
    for (let from = 0; from < n; from += BLOCK) {
      const width = Math.min(BLOCK, n - from);
      for (let i = 0; i < width; i++) products.put(1, i, values, points[from + i]);
      products.multiply(1, width);
      for (let i = 0; i < width; i++) {
        const d = Math.max(0, 1 - products.out[i]);
        if (d < distance[from + i] || c === 0) distance[from + i] = d < 1e-6 ? 0 : d;
      }
    }
    yield (0.3 * (c + 1)) / count;
  }
  return centroids;
}
