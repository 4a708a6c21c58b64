import { describe, expect, it } from 'vitest';
import { neighbourGraph } from '../../src/lib/clusters/neighbour-graph';
import { neighbours } from '../../src/lib/clusters/neighbours';
import { principalPlane } from '../../src/lib/clusters/principal';
import { project } from '../../src/lib/clusters/project';
import { Random } from '../../src/lib/clusters/random';
import { finish } from '../../src/lib/clusters/steps';
import { trustworthiness } from '../../src/lib/clusters/trustworthiness';
import { blobs, normal, unitRows } from './vectors';

it('trustworthiness is that of scikit-learn', () => {
  // sklearn.manifold.trustworthiness(x, p, n_neighbors=k, metric='cosine')
  const angles = [0, 7, 20, 40, 70, 110, 160, 215, 275, 340].map((d) => (d * Math.PI) / 180);
  const vectors = unitRows(angles.map((a) => [Math.cos(a), Math.sin(a)]));
  const plane = Float32Array.from(angles.flatMap((_, i) => [(i * 7) % 10, ((i * 3) % 10) * 0.9]));
  expect(trustworthiness(vectors, plane, 2)).toBeCloseTo(0.39230769230769225, 6);
  expect(trustworthiness(vectors, plane, 3)).toBeCloseTo(0.42666666666666664, 6);
  expect(trustworthiness(vectors, plane, 4)).toBeCloseTo(0.4214285714285715, 6);
});

it('neighbours of each other are joined twice as firmly, and all weights add up to 1', () => {
  // 0 ↔ 1, 2 → 0, 3 → 2, 2 → 3 is 2's second, 1's second is 3: of 8 halves 0–1 and 2–3 have two each way, the others one.
  const ids = Int32Array.from([1, -1, 0, 3, 0, 3, 2, -1]);
  const { starts, to, weight } = neighbourGraph({ k: 2, ids });
  const edges = [0, 1, 2, 3].map((point) => {
    const at = Array.from({ length: starts[point + 1] - starts[point] }, (_, i) => starts[point] + i);
    return Object.fromEntries(at.map((e) => [to[e], Math.round(weight[e] * 12)]));
  });
  expect(edges).toEqual([
    { 1: 2, 2: 1 },
    { 0: 2, 3: 1 },
    { 0: 1, 3: 2 },
    { 1: 1, 2: 2 },
  ]);
  expect(weight.reduce((sum, w) => sum + w)).toBeCloseTo(1, 6);
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

  it('made of neighbours that are known is the map itself', () => {
    const near = finish(neighbours(vectors, 10)).distinct;
    expect(near!.k).toBe(15);
    expect(finish(project(vectors, { seed: 4, near }))).toEqual(plane);
  });

  it('is shown while it grows', () => {
    const grown: Float32Array[] = [];
    const last = finish(project(vectors, { seed: 4, growing: (places) => grown.push(places()) }));
    expect(grown.length).toBe(300);
    expect(grown.every((places) => places.length === 3000 && places.subarray(2).every(Number.isFinite))).toBe(true);
    expect(grown[299]).toEqual(last);
    expect(grown[100]).not.toEqual(last);
    // Of a sample, those that are not in it have no place yet.
    const some: Float32Array[] = [];
    finish(project(vectors, { seed: 4, most: 1000, sample: 500, growing: (places) => some.push(places()) }));
    const placed = some[0].filter((_, i) => i % 2 === 0 && Number.isFinite(some[0][i])).length;
    expect(placed).toBeGreaterThanOrEqual(500);
    expect(placed).toBeLessThan(600);
  });

  it('unrolls a rolled-up sheet: trustworthiness at least 0.97', () => {
    // A sheet of 60 × 20, rolled up in three dimensions, each point's vector the cosines of its place at random frequencies.
    const random = new Random(9);
    const waves = Array.from({ length: 64 }, () => ({
      at: [normal(random), normal(random), normal(random)],
      from: random.unit() * 2 * Math.PI,
    }));
    const sheet = Array.from({ length: 2000 }, () => {
      const [along, across] = [random.unit(), random.unit()];
      const angle = 1.5 * Math.PI * (1 + 2 * along);
      const place = [(angle / 5) * Math.cos(angle), across * 2, (angle / 5) * Math.sin(angle)];
      return waves.map(({ at, from }) => Math.cos(place.reduce((sum, p, d) => sum + p * at[d], from)));
    });
    const roll = unitRows(sheet);
    expect(trustworthiness(roll, finish(project(roll)), 15)).toBeGreaterThanOrEqual(0.97);
  });

  it('keeps neighbours together', () => {
    const some = { rows: 1499, dim: 32, values: vectors.values.subarray(32) };
    expect(trustworthiness(some, plane.subarray(2), 15)).toBeGreaterThan(0.9);
    expect(sameLabel(plane)).toBeGreaterThan(0.98);
  });

  it('of a sample places the others amid it', () => {
    const placed = finish(project(vectors, { seed: 4, most: 1000, sample: 500 }));
    expect(placed.subarray(2).every(Number.isFinite)).toBe(true);
    expect(sameLabel(placed)).toBeGreaterThan(0.95);
    expect(finish(project(vectors, { seed: 4, most: 1000, sample: 500 }))).toEqual(placed);
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
