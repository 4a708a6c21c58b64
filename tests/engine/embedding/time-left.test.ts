import { describe, expect, it } from 'vitest';
import { TimeLeft } from '$lib/engine/embedding/time-left';

/** Batches of 32, the longest texts first, of 60 to 9 tokens a text. */
const lengths = Array.from({ length: 18 }, (_, i) => 60 - 3 * i);

describe('the time that embedding takes yet', () => {
  it('is exact where a batch costs so much a text and so much a token', () => {
    // 20 ms a text and 0.5 ms a token.
    const left = new TimeLeft();
    for (const length of lengths.slice(0, 4)) left.took(32, 32 * length, 32 * 20 + 32 * length * 0.5);
    // 9,000 texts of 12 tokens: 180 s and 54 s. By tokens alone it would be told as about half of that.
    expect(left.of(9000, 9000 * 12)).toBeCloseTo(234, 6);
  });
  it('lies between what texts alone and what tokens alone say, whatever the noise', () => {
    for (const turn of [1, -1]) {
      const left = new TimeLeft();
      // Dearer the shorter, or dearer than in proportion to the tokens.
      lengths.forEach((length, i) => left.took(32, 32 * length, turn > 0 ? 500 + 40 * i : 32 * length - 200));
      const tokens = lengths.reduce((sum, one) => sum + 32 * one, 0);
      const spent = lengths.reduce((sum, one, i) => sum + (turn > 0 ? 500 + 40 * i : 32 * one - 200), 0);
      const told = left.of(1000, 1000 * 9)!;
      expect(told).toBeLessThanOrEqual(((1000 / (32 * lengths.length)) * spent) / 1000 + 1e-9);
      expect(told).toBeGreaterThanOrEqual(((9000 / tokens) * spent * 0.8) / 1000);
    }
  });
  it('goes by tokens where all batches are alike, and is unknown for the first second', () => {
    const left = new TimeLeft();
    left.took(32, 640, 900);
    expect(left.of(320, 6400)).toBeNull();
    left.took(32, 640, 900);
    expect(left.of(320, 6400)).toBeCloseTo(9, 9);
    expect(left.of(0, 0)).toBe(0);
    // What was restored costs nothing, and no figure is less than nothing.
    expect(left.of(0, -3)).toBe(0);
  });
});
