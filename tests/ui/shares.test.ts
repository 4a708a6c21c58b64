import { describe, expect, it } from 'vitest';
import { borderAt, shareSet, type Percents } from '$lib/ui/shares';

const usual: Percents = [80, 10, 10];

describe('shares', () => {
  it('move with their border', () => {
    expect(borderAt(usual, 0, 70.4)).toEqual([70, 20, 10]);
    expect(borderAt(usual, 1, 95)).toEqual([80, 15, 5]);
  });
  it('push the other border and always sum to 100', () => {
    expect(borderAt(usual, 0, 96)).toEqual([96, 0, 4]);
    expect(borderAt(usual, 1, 60)).toEqual([60, 0, 40]);
    for (const i of [0, 1] as const)
      for (let at = -10; at <= 110; at += 7) {
        const next = borderAt(usual, i, at);
        expect(next.reduce((a, b) => a + b)).toBe(100);
        expect(Math.min(...next)).toBeGreaterThanOrEqual(0);
      }
  });
  it('can be typed', () => {
    expect(shareSet(usual, 0, 90)).toEqual([90, 5, 5]);
    expect(shareSet([100, 0, 0], 0, 90)).toEqual([90, 5, 5]);
    expect(shareSet(usual, 1, 20)).toEqual([70, 20, 10]);
    expect(shareSet(usual, 2, 95)).toEqual([0, 5, 95]);
  });
});
