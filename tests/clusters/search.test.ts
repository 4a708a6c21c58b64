import { expect, it } from 'vitest';
import { nearest, rank, rocchio } from '../../src/lib/clusters/search';
import { unitRows } from './vectors';

const vectors = unitRows([
  [1, 0],
  [0, 1],
  [-1, 0],
  [0, 0],
  [3, 4],
]);

it('rank gives cosine distances to a query of any length', () => {
  const out = rank(vectors, Float32Array.of(0, 2));
  expect([...out].map((value) => Math.round(value * 1e6) / 1e6)).toEqual([1, 0, 1, NaN, 0.2]);
  expect([...nearest(out, 3)]).toEqual([1, 4, 0]);
  expect([...nearest(out, 9)]).toEqual([1, 4, 0, 2]);
  expect(() => rank(vectors, Float32Array.of(1))).toThrow(RangeError);
});

it('Rocchio moves the query towards the liked and away from the disliked', () => {
  // (0, 1) + 0.75 · mean((1, 0), (0.6, 0.8)) − 0.15 · (−1, 0) = (0.75, 1.3); the record without a vector does not count.
  const query = rocchio(vectors, [0, 4, 3], [2], Float32Array.of(0, 1));
  expect(query[0]).toBeCloseTo(0.75 / Math.hypot(0.75, 1.3), 6);
  expect(query[1]).toBeCloseTo(1.3 / Math.hypot(0.75, 1.3), 6);
  expect([...rocchio(vectors, [0], [])]).toEqual([1, 0]);
  expect([...rocchio(vectors, [3], [])]).toEqual([0, 0]);
});
