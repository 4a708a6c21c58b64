import { describe, expect, it } from 'vitest';
import { fuzzyGraph } from '../../src/lib/clusters/fuzzy-graph';
import { neighbours } from '../../src/lib/clusters/neighbours';
import { principalPlane } from '../../src/lib/clusters/principal';
import { project } from '../../src/lib/clusters/project';
import { finish } from '../../src/lib/clusters/steps';
import { trustworthiness } from '../../src/lib/clusters/trustworthiness';
import { blobs, unitRows } from './vectors';

it('trustworthiness is that of scikit-learn', () => {
  // sklearn.manifold.trustworthiness(x, p, n_neighbors=k, metric='cosine')
  const angles = [0, 7, 20, 40, 70, 110, 160, 215, 275, 340].map((d) => (d * Math.PI) / 180);
  const vectors = unitRows(angles.map((a) => [Math.cos(a), Math.sin(a)]));
  const plane = Float32Array.from(angles.flatMap((_, i) => [(i * 7) % 10, ((i * 3) % 10) * 0.9]));
  expect(trustworthiness(vectors, plane, 2)).toBeCloseTo(0.39230769230769225, 6);
  expect(trustworthiness(vectors, plane, 3)).toBeCloseTo(0.42666666666666664, 6);
  expect(trustworthiness(vectors, plane, 4)).toBeCloseTo(0.4214285714285715, 6);
});

it('weights of a record add up to log2(k), and both directions of an edge weigh the same', () => {
  const { vectors } = blobs(200, 10, 3, 1);
  const k = 8;
  const near = finish(neighbours(vectors, k));
  const { head, tail, weight } = fuzzyGraph(near);
  const weights = new Map(Array.from(head, (h, e) => [h * 200 + tail[e], weight[e]] as const));
  expect(weights.size).toBe(head.length);
  for (const [key, value] of weights) {
    expect(weights.get((key % 200) * 200 + Math.floor(key / 200))).toBe(value);
    expect(value).toBeGreaterThan(0);
    expect(value).toBeLessThanOrEqual(1.000001);
  }
  // A one-sided edge keeps the weight its own record gave it; the nearest neighbour's is 1.
  for (let row = 0; row < 200; row++) expect(weights.get(row * 200 + near.ids[row * k])).toBeCloseTo(1, 5);
});

it('principal components are those of the eigenvectors', () => {
  // Points on a plane of three dimensions: the third, by far the longest, must be the first axis.
  const rows = Array.from({ length: 41 }, (_, i) => [((i * 13) % 41) / 41 - 0.5, 5, (i - 20) / 2]);
  const values = Float32Array.from(rows.flat());
  const plane = principalPlane({ rows: 41, dim: 3, values }, 10, 1);
  const sign = Math.sign(plane[80]);
  rows.forEach((row, i) => expect(plane[2 * i] * sign).toBeCloseTo(row[2], 0));
  expect(Math.abs(plane[80])).toBeCloseTo(10, 5);
});

describe('the map', () => {
  const { vectors, label } = blobs(1500, 32, 10, 0.5);
  vectors.values.fill(0, 0, 32);
  vectors.values.copyWithin(700 * 32, 3 * 32, 4 * 32);
  const plane = finish(project(vectors, { seed: 4 }));

  it('is the same for the same seed, and another for another', () => {
    expect(finish(project(vectors, { seed: 4 }))).toEqual(plane);
    expect(finish(project(vectors, { seed: 5 }))).not.toEqual(plane);
  });

  it('has no place for a record without a vector, and one for equal ones', () => {
    expect([plane[0], plane[1]]).toEqual([NaN, NaN]);
    expect([plane[1400], plane[1401]]).toEqual([plane[6], plane[7]]);
    expect(plane.subarray(2).every(Number.isFinite)).toBe(true);
  });

  it('keeps neighbours together', () => {
    const some = { rows: 1499, dim: 32, values: vectors.values.subarray(32) };
    expect(trustworthiness(some, plane.subarray(2), 15)).toBeGreaterThan(0.9);
    expect(sameLabel(plane)).toBeGreaterThan(0.98);
  });

  it('of a sample places the others amid it', () => {
    const placed = finish(project(vectors, { seed: 4, sample: 500 }));
    expect(placed.subarray(2).every(Number.isFinite)).toBe(true);
    expect(sameLabel(placed)).toBeGreaterThan(0.95);
    expect(finish(project(vectors, { seed: 4, sample: 500 }))).toEqual(placed);
  });

  it('of hardly any records still is a map', () => {
    expect(finish(project(unitRows([[0, 0]])))).toEqual(Float32Array.of(NaN, NaN));
    expect(finish(project(unitRows([[1, 0]]))).every(Number.isFinite)).toBe(true);
    expect(
      finish(
        project(
          unitRows([
            [1, 0],
            [0, 1],
            [1, 1],
          ]),
        ),
      ).every(Number.isFinite),
    ).toBe(true);
  });

  /** Share of records whose nearest on the map was drawn round the same centre. */
  function sameLabel(positions: Float32Array): number {
    let same = 0;
    for (let row = 1; row < 1500; row++) {
      let best = -1;
      let least = Infinity;
      for (let other = 1; other < 1500; other++) {
        const d =
          (positions[2 * row] - positions[2 * other]) ** 2 + (positions[2 * row + 1] - positions[2 * other + 1]) ** 2;
        if (other !== row && d < least) [best, least] = [other, d];
      }
      if (label[best] === label[row]) same++;
    }
    return same / 1499;
  }
});
