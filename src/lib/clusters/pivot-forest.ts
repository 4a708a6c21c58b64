import type { Vectors } from '../embedding/types';
import { BlockProducts } from './products';
import type { Random } from './random';

const PIVOTS = 16;
const BLOCK = 128;

/** A leaf's points, and after some of them the share of all points that are in leaves (otherwise −1). */
export interface Leaf {
  leaf: Int32Array;
  share: number;
}

/**
 * Divides the points into groups of at most `most` that lie near each other: every point goes to the most similar of sixteen drawn from
 * its group, and so on within each. Points are numbers into `points`, the rows of the vectors.
 */
export function* pivotLeaves(
  { dim, values }: Vectors,
  points: Uint32Array,
  most: number,
  random: Random,
): Generator<Leaf, void, void> {
  const n = points.length;
  const products = new BlockProducts(dim, BLOCK, PIVOTS);
  const { out, pitch } = products;
  const order = new Int32Array(n);
  for (let i = 0; i < n; i++) order[i] = i;
  const nearest = new Uint8Array(n);
  const scratch = new Int32Array(n);
  const open: [number, number][] = [[0, n]];
  let done = 0;
  let steps = 0;
  for (let range = open.pop(); range; range = open.pop()) {
    const [from, to] = range;
    if (to - from <= most) {
      if (to > from) {
        done += to - from;
        yield { leaf: order.subarray(from, to), share: (steps++ & 31) === 0 ? done / n : -1 };
      }
      continue;
    }
    for (let p = 0; p < PIVOTS; p++) {
      const other = from + p + random.below(to - from - p);
      const id = order[other];
      order[other] = order[from + p];
      order[from + p] = id;
      products.put(1, p, values, points[id]);
    }
    const sizes = new Int32Array(PIVOTS + 1);
    for (let a = from; a < to; a += BLOCK) {
      const count = Math.min(BLOCK, to - a);
      for (let i = 0; i < count; i++) products.put(0, i, values, points[order[a + i]]);
      products.multiply(count, PIVOTS);
      for (let i = 0; i < count; i++) {
        let best = 0;
        for (let p = 1; p < PIVOTS; p++) if (out[i * pitch + p] > out[i * pitch + best]) best = p;
        nearest[a + i] = best;
        sizes[best + 1]++;
      }
    }
    for (let p = 0; p < PIVOTS; p++) sizes[p + 1] += sizes[p];
    const next = sizes.slice();
    for (let i = from; i < to; i++) scratch[from + next[nearest[i]]++] = order[i];
    order.set(scratch.subarray(from, to), from);
    for (let p = 0; p < PIVOTS; p++) {
      const size = sizes[p + 1] - sizes[p];
      // Where hardly anything was set apart (all nearly equal), the group is cut by order.
      const pieces = size > (to - from) * 0.95 ? PIVOTS : 1;
      for (let i = 0; i < pieces; i++)
        open.push([
          from + sizes[p] + Math.floor((size * i) / pieces),
          from + sizes[p] + Math.floor((size * (i + 1)) / pieces),
        ]);
    }
    yield { leaf: order.subarray(from, from), share: done / n };
  }
}
