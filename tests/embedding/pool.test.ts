import { describe, expect, it } from 'vitest';
import { pool } from '$lib/embedding/pool';

// Two texts of three tokens, two numbers each; the second text's last token is padding.
const hidden = Float32Array.of(1, 2, 3, 4, 5, 9, 1, 0, 3, 8, 100, 100);
const mask = [1, 1, 1, 1, 1, 0];
const shape = { rows: 2, length: 3, dim: 2 };
const pooled = (how: Parameters<typeof pool>[3], given: Parameters<typeof pool>[1] = mask) => {
  const into = new Float32Array(4);
  pool(hidden, given, shape, how, into);
  return [...into];
};

describe('pooling', () => {
  it('takes the mean of the tokens that count', () => {
    expect(pooled({ pooling: 'mean', normalise: false })).toEqual([3, 5, 2, 4]);
    expect(pooled({ pooling: 'mean', normalise: false }, BigInt64Array.from(mask, BigInt))).toEqual([3, 5, 2, 4]);
  });
  it('takes the first token', () => {
    expect(pooled({ pooling: 'cls', normalise: false })).toEqual([1, 2, 1, 0]);
  });
  it('brings vectors to unit length', () => {
    const [a, b, c, d] = pooled({ pooling: 'mean', normalise: true });
    expect(a).toBeCloseTo(3 / Math.hypot(3, 5), 6);
    expect(b).toBeCloseTo(5 / Math.hypot(3, 5), 6);
    expect([c, d].map((x) => x * Math.sqrt(20))).toEqual([expect.closeTo(2, 5), expect.closeTo(4, 5)]);
  });
  it('leaves zeros where nothing counts, and writes where it is told', () => {
    const into = new Float32Array(6).fill(7);
    pool(new Float32Array(4), [0, 0], { rows: 1, length: 2, dim: 2 }, { pooling: 'mean', normalise: true }, into, 2);
    expect([...into]).toEqual([7, 7, 0, 0, 7, 7]);
  });
});
