import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binIndex, binning, binPosition, NO_BIN, valueAt } from '$lib/columns/histogram';
import { columnStats, mergedStats, quantile } from '$lib/columns/stats';
import { sortFloats } from '$lib/text/radix';
import type { Unit } from '$lib/columns/types';

const f32 = (...values: number[]) => Float32Array.from(values);
const binsOf = (values: Float32Array, unit: Unit) => binning(columnStats(values), { unit });

describe('statistics', () => {
  it('are numpy’s', () => {
    // np.percentile([1, 2, 3, 4, 10], [1, 5, 25, 50, 75, 95, 99])
    expect(columnStats(f32(10, 1, NaN, 3, 2, 4))).toEqual({
      count: 5,
      missing: 1,
      min: 1,
      p01: 1.04,
      p05: 1.2,
      p25: 2,
      p50: 3,
      p75: 4,
      p95: 8.799999999999999,
      p99: 9.76,
      max: 10,
      mean: 4,
    });
    expect(quantile(f32(7), 0.3)).toBe(7);
  });

  it('have no value where nothing is measurable', () => {
    expect(columnStats(f32(NaN, NaN))).toMatchObject({ count: 0, missing: 2, min: NaN, p50: NaN, mean: NaN });
    expect(columnStats(f32())).toMatchObject({ count: 0, missing: 0 });
  });

  it('sort any values as the language does', () => {
    let state = 7;
    const random = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
    for (const make of [
      () => random(),
      () => (random() - 0.5) * 1e6,
      () => Math.floor(random() * 5),
      () => (random() < 0.5 ? -0 : 1e-42),
    ]) {
      const values = Float32Array.from({ length: 10_001 }, make);
      expect(sortFloats(values.slice())).toEqual(values.slice().sort());
    }
  });

  it('of parts are those of the whole', () => {
    const parts = [f32(5, 1, NaN), f32(), f32(3, 3, 9, NaN)];
    expect(mergedStats(parts)).toEqual(columnStats(f32(5, 1, NaN, 3, 3, 9, NaN)));
  });
});

describe('bins', () => {
  it('of few whole numbers are the numbers', () => {
    expect([...binsOf(f32(1, 2, 2, 4), 'turns').edges]).toEqual([1, 2, 3, 4, 5]);
    expect([...binsOf(f32(3, 3), 'count').edges]).toEqual([3, 4]);
  });

  it('of what spans decades are logarithmic, with whole and round edges', () => {
    const values = Float32Array.from({ length: 1000 }, (_, i) => Math.round(10 ** (i / 250)));
    const { scale, edges } = binsOf(values, 'characters');
    expect(scale).toBe('log');
    expect(edges.length).toBeLessThanOrEqual(51);
    expect([...edges].every(Number.isInteger)).toBe(true);
    expect(edges).toContain(10);
    expect(edges).toContain(100);
    expect(edges).toContain(1000);
    const zeros = binsOf(Float32Array.from([0, 0, ...values]), 'characters');
    expect([...zeros.edges.slice(0, 2)]).toEqual([0, 1]);
  });

  it('of shares lie where the data lives; the last takes what is beyond', () => {
    const values = Float32Array.from({ length: 1000 }, (_, i) => (i % 100) / 1000);
    values[0] = 1;
    const { scale, edges } = binsOf(values, 'ratio');
    expect(scale).toBe('linear');
    expect(edges[edges.length - 1]).toBeLessThan(0.2);
    expect(binIndex(f32(1), edges)[0]).toBe(edges.length - 2);
  });

  it('of flags are two', () => expect([...binsOf(f32(0, 1, 1), 'flag').edges]).toEqual([0, 1, 2]));

  it('do not fail where nothing is there, or one value', () => {
    expect([...binsOf(f32(NaN), 'ratio').edges]).toEqual([0, 1]);
    for (const unit of ['ratio', 'characters', 'score', 'grade'] as Unit[])
      for (const value of [0, 0.5, 1, 7, -3, 1e6])
        if (unit !== 'characters' || (value >= 0 && Number.isInteger(value))) {
          const { edges } = binsOf(f32(value, value), unit);
          expect(edges.length).toBeGreaterThan(1);
          expect(edges.every((edge, i) => i === 0 || edge > edges[i - 1])).toBe(true);
        }
  });

  it('ascend, are at most 50, and hold every value (any data)', () => {
    const value = fc.oneof(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.integer({ min: 0, max: 100_000 }),
      fc.constant(NaN),
    );
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 1, maxLength: 200 }),
        fc.constantFrom<Unit>('ratio', 'score', 'grade', 'characters'),
        (list, unit) => {
          const values = Float32Array.from(unit === 'characters' ? list.map((v) => Math.round(Math.abs(v))) : list);
          const { edges } = binsOf(values, unit);
          expect(edges.length).toBeLessThanOrEqual(51);
          for (let i = 1; i < edges.length; i++) expect(edges[i]).toBeGreaterThan(edges[i - 1]);
          const bins = binIndex(values, edges);
          const limits = Float32Array.from(edges);
          values.forEach((v, row) => {
            if (Number.isNaN(v)) return expect(bins[row]).toBe(NO_BIN);
            let wanted = 0;
            for (let b = 1; b < edges.length - 1; b++) if (v >= limits[b]) wanted = b;
            expect(bins[row]).toBe(wanted);
          });
        },
      ),
      { numRuns: 300 },
    );
  });

  it('positions on an even axis and values are inverse', () => {
    const edges = Float64Array.of(0, 1, 10, 100);
    expect(binPosition(5.5, edges)).toBeCloseTo(0.5);
    expect(binPosition(-1, edges)).toBe(0);
    expect(binPosition(1e9, edges)).toBe(1);
    for (const at of [0, 0.1, 0.4, 0.99, 1]) expect(binPosition(valueAt(at, edges), edges)).toBeCloseTo(at, 9);
  });
});
