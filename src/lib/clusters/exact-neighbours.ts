import type { Vectors } from '../embedding/types';
import { NearestLists } from './nearest-lists';
import { BlockProducts } from './products';
import type { Steps } from './steps';

const BLOCK = 128;

/** A block of products of the points `a`, `a + 1`, … with `b`, `b + 1`, …; where `a === b` both triangles are there. */
export interface Tile {
  a: number;
  countA: number;
  b: number;
  countB: number;
  /** Product of `a + i` and `b + j` at `i * pitch + j`. */
  out: Float32Array;
  pitch: number;
}

/** All products of pairs of the points whose rows are `points`, each unordered pair in one tile; yields the share done. */
export function* tiles({ dim, values }: Vectors, points: Uint32Array, take: (tile: Tile) => void): Steps<void> {
  const n = points.length;
  const products = new BlockProducts(dim, BLOCK, BLOCK);
  for (let a = 0; a < n; a += BLOCK) {
    const countA = Math.min(BLOCK, n - a);
    for (let i = 0; i < countA; i++) products.put(0, i, values, points[a + i]);
    for (let b = a; b < n; b += BLOCK) {
      const countB = Math.min(BLOCK, n - b);
      if (b > a) for (let j = 0; j < countB; j++) products.put(1, j, values, points[b + j]);
      products.multiply(countA, countB, a === b);
      take({ a, countA, b, countB, out: products.out, pitch: products.pitch });
    }
    const left = 1 - (a + countA) / n;
    yield 1 - left * left;
  }
}

/** The k most similar of each point among `points` (rows of the vectors), by comparing all pairs. */
export function* exactLists(vectors: Vectors, points: Uint32Array, k: number): Steps<NearestLists> {
  const lists = new NearestLists(points.length, k);
  const { worst } = lists;
  yield* tiles(vectors, points, ({ a, countA, b, countB, out, pitch }) => {
    for (let i = 0; i < countA; i++) {
      const row = a + i;
      for (let j = a === b ? i + 1 : 0, at = i * pitch; j < countB; j++) {
        const value = out[at + j];
        const other = b + j;
        if (value >= worst[row]) lists.offer(row, other, value);
        if (value >= worst[other]) lists.offer(other, row, value);
      }
    }
  });
  return lists;
}
