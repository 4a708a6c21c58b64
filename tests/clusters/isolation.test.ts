import { expect, it } from 'vitest';
import { meanNearestDistance, neighbourDisagreement, outlierDistance } from '../../src/lib/clusters/isolation';
import { neighbours } from '../../src/lib/clusters/neighbours';
import { leaderClusters } from '../../src/lib/clusters/leader';
import { finish } from '../../src/lib/clusters/steps';
import { blobs, cosine, unitRows } from './vectors';

// Angles 0°, 60°, 90° and nothing: cosines 0–60 0.5, 60–90 √3/2, 0–90 0.
const few = unitRows([
  [1, 0],
  [0.5, Math.sqrt(3) / 2],
  [0, 1],
  [0, 0],
]);

it('outlier distance is the mean cosine distance to the neighbours', () => {
  const out = outlierDistance(finish(neighbours(few, 2)));
  expect(out[0]).toBeCloseTo((0.5 + 1) / 2, 6);
  expect(out[1]).toBeCloseTo((0.5 + 1 - Math.sqrt(3) / 2) / 2, 6);
  expect(out[2]).toBeCloseTo((1 + 1 - Math.sqrt(3) / 2) / 2, 6);
  expect(out[3]).toBeNaN();
});

it('disagreement is the share of labelled neighbours with another label', () => {
  const near = finish(neighbours(few, 2));
  expect([...neighbourDisagreement(near, Int32Array.of(0, 0, 1, 1))]).toEqual([0.5, 0.5, 1, NaN]);
  expect([...neighbourDisagreement(near, Int32Array.of(0, -1, 0, 0))]).toEqual([0, NaN, 0, NaN]);
  expect([...neighbourDisagreement(near, Int32Array.of(0, -1, -1, 0))]).toEqual([NaN, NaN, NaN, NaN]);
});

it('the mean distance to the nearest is over records that have one', () => {
  const near = finish(neighbours(few, 2));
  const close = 1 - Math.sqrt(3) / 2;
  expect(meanNearestDistance(near)).toBeCloseTo((0.5 + close + close) / 3, 6);
  expect(meanNearestDistance(near, Uint8Array.of(1, 0, 1, 1))).toBeCloseTo((0.5 + close) / 2, 6);
});

it('leaders are those of a plain pass over the records', () => {
  const { vectors } = blobs(700, 12, 9, 0.8);
  vectors.values.fill(0, 40 * 12, 41 * 12);
  const order = Uint32Array.from({ length: 700 }, (_, i) => (i * 3) % 700);
  const { ids, leaders, similarity } = finish(leaderClusters(vectors, 0.7, order))!;
  const expected: number[] = [];
  for (const row of order) {
    if (row === 40) continue;
    const values = expected.map((leader) => cosine(vectors, row, leader));
    const best = Math.max(...values);
    if (best >= 0.7) {
      expect(similarity[row]).toBeCloseTo(best, 5);
      expect(ids[row]).toBe(values.indexOf(best));
    } else {
      expect(ids[row]).toBe(expected.length);
      expected.push(row);
    }
  }
  expect([...leaders]).toEqual(expected);
  expect(ids[40]).toBe(-1);
  expect(expected.length).toBeGreaterThan(20);
});
