import { describe, expect, it } from 'vitest';
import { binOf, fillBins, scaleFor } from '$lib/engine/bins';
import { random } from './table';

describe('bins', () => {
  it('gives whole numbers whole bins', () => {
    expect([...scaleFor(0, 2, 5, 5, true).edges]).toEqual([0, 1, 2, 3, 4, 5, 6]);
    const wide = scaleFor(0, 500, 990, 1000, true);
    expect([wide.edges.length, wide.edges[1]]).toEqual([51, 20]);
  });

  it('gives ratios round edges and long tails a log axis', () => {
    expect([...scaleFor(0, 0.4, 0.9, 1, false).edges].slice(0, 3)).toEqual([0, 0.02, 0.04]);
    const tail = scaleFor(0, 200, 2000, 90_000, true);
    expect(tail.kind).toBe('log');
    expect([tail.edges[0], tail.edges[1], tail.edges.at(-1)]).toEqual([0, 1, 90_000]);
    expect([...tail.edges].every((edge, i, all) => i === 0 || edge > all[i - 1])).toBe(true);
  });

  it('copes with constant and empty columns', () => {
    expect([...scaleFor(3, 3, 3, 3, true).edges]).toEqual([3, 4]);
    expect([...scaleFor(NaN, NaN, NaN, NaN, true).edges]).toEqual([0, 1]);
  });

  it('puts a value on an edge into the upper bin, the maximum into the last', () => {
    const edges = Float64Array.of(0, 1, 2);
    expect([-1, 0, 0.5, 1, 2, 3, NaN].map((value) => binOf(edges, value))).toEqual([0, 0, 0, 1, 1, 1, -1]);
  });

  it('fills as binOf says, negative and huge values and exact edges included', () => {
    const draw = random(4);
    const values = Float32Array.from({ length: 5000 }, (_, i) =>
      i % 11 === 0 ? NaN : i % 7 === 0 ? Math.round(draw() * 10 - 5) : (draw() - 0.5) * 10 ** (draw() * 6 - 3),
    );
    values.set([0, -0, 5e-7, -5e-7, Infinity, -Infinity], 1);
    for (const edges of [
      Float64Array.from({ length: 51 }, (_, i) => i / 5 - 5),
      Float64Array.of(-400, -3, -0.1, 0, 0.001, 0.1, 1, 400),
    ]) {
      const out = new Uint8Array(5000 * 3);
      fillBins({ kind: 'linear', edges }, values, 0, 5000, out, 3, 1, 77);
      values.forEach((value, row) => expect(out[row * 3 + 1]).toBe(value === value ? binOf(edges, value) : 77));
      expect(out[0] + out[2]).toBe(0);
    }
  });
});
