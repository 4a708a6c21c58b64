import { describe, expect, it } from 'vitest';
import { groupsOf } from '$lib/duplicates/groups';
import { conflicts, disagreements } from '$lib/labels/conflicts';
import { chiSquareTail, drifts } from '$lib/labels/drift';
import { majorities } from '$lib/labels/majority';

const groups = (ids: number[]) => groupsOf(BigUint64Array.from(ids, BigInt));

describe('conflicts', () => {
  const prompts = groups([1, 2, 1, 3, 2, 1, 3]);
  const labels = Int32Array.from([0, 1, 1, 2, 1, 0, -1]);

  it('finds prompts with more than one label; unlabelled records take no part', () => {
    const found = conflicts(prompts, labels);
    expect(found.groups).toEqual([0]);
    expect([...found.places]).toEqual([1, 0, 1, 0, 0, 1, 0]);
    expect(found.records).toBe(3);
  });

  it('calls it disagreement only between two annotators', () => {
    expect(disagreements(prompts, labels, Int32Array.from([5, 5, 5, 5, 5, 5, 5])).groups).toEqual([]);
    expect(disagreements(prompts, labels, Int32Array.from([5, 5, 6, 5, 5, 5, 5])).groups).toEqual([0]);
    expect(disagreements(prompts, labels, Int32Array.from([-1, 5, 6, 5, 5, -1, 5])).groups).toEqual([]);
  });
});

describe('majority', () => {
  it('finds a class over 80 % in the set and in a source', () => {
    // Source 0: 18 of 20 are class 1 (90 %); source 1: 20 of 40; whole: 38 of 60.
    const labels = Int32Array.from({ length: 60 }, (_, i) => (i < 20 ? (i < 18 ? 1 : 0) : i % 2));
    const sources = Int32Array.from({ length: 60 }, (_, i) => (i < 20 ? 0 : 1));
    expect(majorities(labels, 2, sources, 2)).toEqual([{ source: 0, label: 1, count: 18, share: 0.9 }]);
    expect(majorities(labels.fill(1, 20), 2, null, 0)).toEqual([{ source: -1, label: 1, count: 58, share: 58 / 60 }]);
  });

  it('says nothing of exactly 80 %, of few records, of a single class', () => {
    const at = Int32Array.from({ length: 100 }, (_, i) => (i < 80 ? 0 : 1));
    expect(majorities(at, 2, null, 0)).toEqual([]);
    expect(majorities(Int32Array.from([0, 0, 0, 0, 0, 0, 1]), 2, null, 0)).toEqual([]);
    expect(majorities(new Int32Array(100), 1, null, 0)).toEqual([]);
  });
});

describe('drift', () => {
  it('has the chi-square tail of the tables', () => {
    // R: pchisq(c(3.841459, 6.634897, 10.82757, 50), 1, lower.tail = FALSE)
    expect(chiSquareTail(3.841459)).toBeCloseTo(0.05, 6);
    expect(chiSquareTail(6.634897)).toBeCloseTo(0.01, 6);
    expect(chiSquareTail(10.82757)).toBeCloseTo(0.001, 6);
    expect(chiSquareTail(50) / 1.53746e-12).toBeCloseTo(1, 4);
    expect(chiSquareTail(0)).toBe(1);
  });

  it('finds the label whose share moves', () => {
    // 400 records; class 1 holds 10 of the first 100 and 40 of the last 100. By hand: chi-square = 24.
    const times = Float64Array.from({ length: 400 }, (_, i) => i);
    const labels = Int32Array.from({ length: 400 }, (_, i) => {
      if (i < 100) return i % 10 === 0 ? 1 : 0;
      return i >= 300 ? (i % 10 < 4 ? 1 : 0) : 0;
    });
    const found = drifts(labels, 3, times);
    expect(found.map(({ label, from, to }) => [label, from, to])).toEqual([
      [0, 0.9, 0.6],
      [1, 0.1, 0.4],
    ]);
    expect(found[0].statistic).toBeCloseTo(24, 10);
    expect(found[0].p).toBeCloseTo(2 * chiSquareTail(24), 12);
  });

  it('says nothing of a stable label, of undated records, of one day', () => {
    const labels = Int32Array.from({ length: 400 }, (_, i) => i % 2);
    expect(
      drifts(
        labels,
        2,
        Float64Array.from(labels, (_, i) => i),
      ),
    ).toEqual([]);
    expect(drifts(labels, 2, new Float64Array(400).fill(NaN))).toEqual([]);
    expect(drifts(labels, 2, new Float64Array(400))).toEqual([]);
  });
});
