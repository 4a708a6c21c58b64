import { describe, expect, it } from 'vitest';
import { cutTree, hierarchy } from '../../src/lib/clusters/hierarchy';
import { kMeans } from '../../src/lib/clusters/kmeans';
import { finish } from '../../src/lib/clusters/steps';
import { CANDIDATES, fewest, meanSilhouette, suggestK } from '../../src/lib/clusters/suggest-k';
import { blobs, cosine, unitRows } from './vectors';

/** Unit vectors in the plane, by degrees. */
const angles = (...degrees: number[]) =>
  unitRows(degrees.map((d) => [Math.cos((d * Math.PI) / 180), Math.sin((d * Math.PI) / 180)]));

describe('k-means', () => {
  it('finds groups that lie apart, the largest first', () => {
    const { vectors, label } = blobs(600, 24, 5, 0.25);
    vectors.values.fill(0, 9 * 24, 10 * 24);
    const { ids, count, sizes, similarity } = finish(kMeans(vectors, 5));
    expect(count).toBe(5);
    expect([...sizes]).toEqual([...sizes].sort((a, b) => b - a));
    expect(ids[9]).toBe(-1);
    expect(similarity[9]).toBeNaN();
    const pairs = new Set(Array.from(label, (l, i) => (i === 9 ? '' : `${l} ${ids[i]}`)).filter(Boolean));
    expect(pairs.size).toBe(5);
    expect(sizes.reduce((a, b) => a + b)).toBe(599);
  });

  it('leaves every record with its nearest centroid, every centroid amid its records', () => {
    const { vectors } = blobs(500, 10, 4, 1.2);
    const { ids, count, centroids, similarity } = finish(kMeans(vectors, 7, { seed: 5 }));
    const sums = Array.from({ length: count }, () => new Array<number>(10).fill(0));
    const both = { rows: 500 + count, dim: 10, values: Float32Array.from([...vectors.values, ...centroids]) };
    for (let row = 0; row < 500; row++) {
      for (let c = 0; c < count; c++) expect(cosine(both, row, 500 + c)).toBeLessThanOrEqual(similarity[row] + 1e-5);
      expect(cosine(both, row, 500 + ids[row])).toBeCloseTo(similarity[row], 5);
      for (let d = 0; d < 10; d++) sums[ids[row]][d] += vectors.values[row * 10 + d];
    }
    sums.forEach((sum, c) =>
      sum.forEach((value, d) => expect(centroids[c * 10 + d]).toBeCloseTo(value / Math.hypot(...sum), 4)),
    );
  });

  it('gives the same clusters for the same seed, in batches too', () => {
    const { vectors, label } = blobs(9000, 8, 6, 0.15);
    for (const batchAbove of [50_000, 5000]) {
      const one = finish(kMeans(vectors, 6, { seed: 2, batchAbove }));
      expect(finish(kMeans(vectors, 6, { seed: 2, batchAbove })).ids).toEqual(one.ids);
      // Purity: most records are in the cluster that most of their group is in.
      const table = Array.from({ length: 6 }, () => new Uint32Array(6));
      label.forEach((l, i) => table[one.ids[i]][l]++);
      expect(table.reduce((sum, row) => sum + Math.max(...row), 0) / 9000).toBeGreaterThan(0.8);
    }
  });

  it('makes no more clusters than there are distinct vectors', () => {
    const { count, ids } = finish(kMeans(angles(0, 90, 0, 90, 0), 4));
    expect(count).toBe(2);
    expect([...ids]).toEqual([0, 1, 0, 1, 0]);
    expect(finish(kMeans(unitRows([[0, 0]]), 3)).count).toBe(0);
    expect(() => kMeans(angles(0), 0).next()).toThrow(RangeError);
  });
});

describe('the number of clusters', () => {
  it('is judged by the silhouette of scikit-learn', () => {
    // sklearn.metrics.silhouette_score(v, labels, metric='cosine')
    const vectors = angles(0, 10, 20, 90, 95, 200, 210, 225);
    expect(meanSilhouette(vectors, Int32Array.of(0, 0, 0, 1, 1, 2, 2, 2), 3)).toBeCloseTo(0.9733466530131252, 5);
    expect(meanSilhouette(vectors, Int32Array.of(0, 0, 0, 1, 1, 1, 1, 2), 3)).toBeCloseTo(0.12140254638746101, 5);
  });

  it('is that of the groups there are', () => {
    const { vectors } = blobs(800, 16, 6, 0.2);
    const { k, tried } = finish(suggestK(vectors));
    expect(k).toBe(6);
    expect(tried.length).toBeGreaterThan(10);
    expect(finish(suggestK(angles(0, 90))).k).toBe(1);
    expect(Math.max(...CANDIDATES)).toBe(40);
  });

  it('is the fewest of those nearly as good as the best, without a gap between', () => {
    const curve = (...silhouettes: [k: number, silhouette: number][]) =>
      fewest(silhouettes.map(([k, silhouette]) => ({ k, silhouette })));
    // Measured on prompts of Alpaca: 0.9 × 0.0476 = 0.0428.
    expect(curve([8, 0.0379], [10, 0.039], [12, 0.0435], [16, 0.0472], [20, 0.0462], [32, 0.0476], [40, 0.0448])).toBe(
      12,
    );
    // Two languages: 2 is nearly as good, but what lies between is not.
    expect(curve([2, 0.1176], [3, 0.0552], [25, 0.0927], [32, 0.1098], [40, 0.1189])).toBe(32);
    expect(curve([2, 0.9], [3, 0.7], [4, 0.85])).toBe(2);
    expect(curve([2, -0.2], [3, -0.1])).toBe(3);
    expect(curve()).toBe(1);
  });
});

describe('the tree of clusters', () => {
  const centroids = angles(0, 10, 35, 90, 200).values;

  it("is SciPy's linkage(v, 'ward')", () => {
    const merges = hierarchy({ count: 5, sizes: new Uint32Array(5).fill(1), centroids });
    expect(merges.map(({ a, b, size }) => [a, b, size])).toEqual([
      [0, 1, 2],
      [2, 5, 3],
      [3, 6, 4],
      [4, 7, 5],
    ]);
    [0.17431149, 0.59659483, 1.46839978, 2.29727132].forEach((distance, i) =>
      expect(merges[i].distance).toBeCloseTo(distance, 6),
    );
    expect([...cutTree(merges, 2)]).toEqual([0, 0, 0, 0, 1]);
    expect([...cutTree(merges, 3)]).toEqual([0, 0, 0, 1, 2]);
    expect([...cutTree(merges, 5)]).toEqual([0, 1, 2, 3, 4]);
  });

  it('is cut deeper where a group holds too many records, down to twice as many groups', () => {
    const merges = hierarchy({ count: 5, sizes: new Uint32Array(5).fill(1), centroids });
    expect([...cutTree(merges, 2, 4)]).toEqual([0, 0, 0, 0, 1]);
    expect([...cutTree(merges, 2, 3)]).toEqual([0, 0, 0, 1, 2]);
    expect([...cutTree(merges, 2, 2)]).toEqual([0, 0, 1, 2, 3]);
    expect([...cutTree(merges, 2, 1)]).toEqual([0, 0, 1, 2, 3]);
    expect([...cutTree([], 3, 0)]).toEqual([0]);
  });

  it('weighs clusters by their records: as SciPy does when every centroid is repeated', () => {
    const merges = hierarchy({ count: 5, sizes: Uint32Array.of(3, 1, 2, 1, 1), centroids });
    expect(merges.map((m) => m.size)).toEqual([4, 6, 7, 8]);
    [0.2134871, 0.91275546, 1.59633941, 2.47194334].forEach((distance, i) =>
      expect(merges[i].distance).toBeCloseTo(distance, 6),
    );
  });
});
