import { describe, expect, it } from 'vitest';
import { semanticPairs } from '../../src/lib/clusters/pairs';
import { finish } from '../../src/lib/clusters/steps';
import { blobs, cosine, unitRows } from './vectors';

describe('semantic pairs', () => {
  it('are all pairs of distinct vectors from the floor up, in order', () => {
    const { vectors } = blobs(400, 20, 8, 0.5);
    vectors.values.copyWithin(300 * 20, 5 * 20, 6 * 20);
    const { set, sets, edges } = finish(semanticPairs(vectors, { floor: 0.8 }));
    expect(sets).toBe(399);
    expect(set[300]).toBe(5);
    const place = (s: number) => set.indexOf(s);
    const expected: string[] = [];
    for (let a = 0; a < sets; a++)
      for (let b = a + 1; b < sets; b++) if (cosine(vectors, place(a), place(b)) >= 0.8) expected.push(`${a} ${b}`);
    expect(Array.from(edges.a, (a, e) => `${a} ${edges.b[e]}`)).toEqual(expected);
    expect(expected.length).toBeGreaterThan(1000);
    edges.similarity.forEach((value, e) =>
      expect(value).toBeCloseTo(cosine(vectors, place(edges.a[e]), place(edges.b[e])), 5),
    );
  });

  it('by the neighbour graph are nearly all of them, dense groups included', () => {
    const { vectors } = blobs(3000, 24, 20, 0.35);
    const exact = finish(semanticPairs(vectors, { floor: 0.85 })).edges;
    const found = finish(semanticPairs(vectors, { floor: 0.85, exactUpTo: 0, k: 10 })).edges;
    const keys = new Set(Array.from(exact.a, (a, e) => a * 3000 + exact.b[e]));
    expect(keys.size).toBeGreaterThan(100_000);
    expect(Array.from(found.a, (a, e) => a * 3000 + found.b[e]).every((key) => keys.has(key))).toBe(true);
    expect(found.a.length / keys.size).toBeGreaterThan(0.99);
  });

  it('of 50,000 equal texts are no edge at all', () => {
    const { vectors } = blobs(50_000, 4, 1, 0);
    const { sets, edges } = finish(semanticPairs(vectors, { floor: 0.9 }));
    expect(sets).toBe(1);
    expect(edges.a.length).toBe(0);
  });

  it('are the most similar ones where there are too many, and the floor says so', () => {
    const { vectors } = blobs(300, 6, 2, 0.4);
    const all = finish(semanticPairs(vectors, { floor: 0.3 })).edges;
    const capped = finish(semanticPairs(vectors, { floor: 0.3, most: 1000 }));
    expect(capped.floor).toBeGreaterThan(0.3);
    expect(capped.edges.a.length).toBeLessThanOrEqual(1000);
    expect(capped.edges.a.length).toBeGreaterThan(990);
    expect(capped.edges.a.length).toBe(all.similarity.filter((value) => value >= capped.floor).length);
  });

  it('need a floor above 0', () => {
    expect(() => semanticPairs(unitRows([[1]]), { floor: 0 }).next()).toThrow(RangeError);
  });
});
