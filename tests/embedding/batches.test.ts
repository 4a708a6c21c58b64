import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batches, estimateTokens, LARGEST, SMALLEST, TOKENS } from '$lib/embedding/batches';

describe('batches by length', () => {
  it('hold every text once, longest first, within their bounds', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 512 }), { maxLength: 300 }), (lengths) => {
        const all = batches(lengths);
        const order = all.flatMap((batch) => [...batch]);
        expect([...order].sort((a, b) => a - b)).toEqual(lengths.map((_, place) => place));
        for (let i = 1; i < order.length; i++) {
          const [before, here] = [lengths[order[i - 1]], lengths[order[i]]];
          expect(before > here || (before === here && order[i - 1] < order[i])).toBe(true);
        }
        for (const batch of all) {
          expect(batch.length).toBeLessThanOrEqual(LARGEST);
          if (batch.length > SMALLEST) expect(batch.length * lengths[batch[0]]).toBeLessThanOrEqual(TOKENS);
        }
        for (const batch of all.slice(0, -1)) expect(batch.length).toBeGreaterThanOrEqual(SMALLEST);
      }),
    );
  });
  it('are of 8 at 512 tokens, of 32 up to 128', () => {
    expect(batches(Array(16).fill(512)).map(({ length }) => length)).toEqual([8, 8]);
    expect(batches(Array(64).fill(128)).map(({ length }) => length)).toEqual([32, 32]);
    expect(batches([])).toEqual([]);
  });
  it('waste less than half of what batches in order waste', () => {
    const lengths = Array.from({ length: 512 }, (_, i) => 4 + ((i * 37) % 120));
    const padded = (all: ArrayLike<number>[]) =>
      all.reduce((sum, batch) => sum + batch.length * Math.max(...Array.from(batch, (place) => lengths[place])), 0);
    const inOrder = Array.from({ length: 16 }, (_, b) => Array.from({ length: 32 }, (_, i) => b * 32 + i));
    const real = lengths.reduce((a, b) => a + b);
    expect(padded(batches(lengths)) - real).toBeLessThan((padded(inOrder) - real) / 2);
  });
  it('guess a Han character as a token, four letters as one', () => {
    expect(estimateTokens('')).toBe(2);
    expect(estimateTokens('信用卡')).toBe(5);
    expect(estimateTokens('card card')).toBe(5);
  });
});
