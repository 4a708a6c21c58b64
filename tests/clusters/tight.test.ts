import { expect, it } from 'vitest';
import { finish } from '../../src/lib/clusters/steps';
import { tightClusters } from '../../src/lib/clusters/tight';
import { blobs, cosine } from './vectors';

const { vectors } = blobs(700, 12, 30, 0.45);
const { dim } = vectors;
// Two records are equal, one has no vector.
vectors.values.copyWithin(650 * dim, 3 * dim, 4 * dim);
vectors.values.fill(0, 40 * dim, 41 * dim);

/** The leader of each record by a plain pass, −1 without a vector. */
function plain(at: number): number[] {
  const leaders: number[] = [];
  return Array.from({ length: vectors.rows }, (_, row) => {
    if (row === 40) return -1;
    const values = leaders.map((leader) => cosine(vectors, row, leader));
    const best = Math.max(...values);
    if (best >= at) return leaders[values.indexOf(best)];
    leaders.push(row);
    return row;
  });
}

it.each([0.95, 0.8, 0.7])('are those of a plain pass at %s, the largest first, who is alone in none', (at) => {
  const led = plain(at);
  const members = new Map<number, number[]>();
  led.forEach((leader, row) => {
    if (leader >= 0) members.set(leader, [...(members.get(leader) ?? []), row]);
  });
  const together = [...members.values()].filter(({ length }) => length > 1);
  together.sort((a, b) => b.length - a.length || a[0] - b[0]);
  expect(together.length).toBeGreaterThan(5);
  if (at > 0.9) expect([...members.values()].some(({ length }) => length === 1)).toBe(true);
  const expected = new Int32Array(vectors.rows).fill(-1);
  together.forEach((rows, id) => rows.forEach((row) => (expected[row] = id)));

  const found = finish(tightClusters(vectors, at));
  expect([...found.ids]).toEqual([...expected]);
  expect([...found.sizes]).toEqual(together.map(({ length }) => length));
  expect([found.count, found.k]).toEqual([together.length, together.length]);
  together.forEach(([leader], id) => {
    for (let d = 0; d < dim; d++) expect(found.centroids[id * dim + d]).toBe(vectors.values[leader * dim + d]);
  });
  for (const row of [3, 650, 99]) {
    if (expected[row] < 0) expect(found.similarity[row]).toBeNaN();
    else expect(found.similarity[row]).toBeCloseTo(cosine(vectors, row, led[row]), 5);
  }
  // Where comparing everything would take too long, the pairs that are known say the same.
  expect([...finish(tightClusters(vectors, at, 1)).ids]).toEqual([...expected]);
});

it('need a cosine above 0', () => {
  expect(() => finish(tightClusters(vectors, 0))).toThrow(RangeError);
  expect(() => finish(tightClusters(vectors, 1.01))).toThrow(RangeError);
});
