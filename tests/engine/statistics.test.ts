import { describe, expect, it } from 'vitest';
import { columnStats } from '$lib/columns/stats';
import { flagStats, quickStats } from '$lib/engine/statistics';
import { random } from './table';

describe('statistics without sorting', () => {
  const draw = random(11);
  const cases: [string, Float32Array][] = [
    ['reals', Float32Array.from({ length: 25_001 }, () => draw())],
    ['whole numbers', Float32Array.from({ length: 24_000 }, () => Math.floor(draw() * 900))],
    ['flags', Float32Array.from({ length: 23_000 }, () => (draw() < 0.01 ? 1 : 0))],
    ['negative numbers and gaps', Float32Array.from({ length: 30_001 }, () => (draw() < 0.2 ? NaN : draw() * 4 - 2))],
    ['a long tail', Float32Array.from({ length: 26_000 }, () => Math.exp(draw() * 30 - 10))],
    ['nothing measurable', new Float32Array(21_000).fill(NaN)],
    ['one value', Float32Array.of(7)],
    ['nothing', Float32Array.of(NaN, NaN)],
    ['empty', new Float32Array(0)],
    ['zeros of both signs', Float32Array.of(0, -0, 0, -1, 1)],
  ];
  it.each([0, 0.004, 0.3, 0.999, 1])('knows flags by their bytes: %s', (share) => {
    const bytes = Uint8Array.from({ length: 900 }, () => (draw() < 0.1 ? 255 : draw() < share ? 1 : 0));
    const values = Float32Array.from(bytes, (byte) => (byte === 255 ? NaN : byte));
    const { mean, ...quick } = flagStats(bytes);
    const { mean: exact, ...sorted } = columnStats(values);
    expect(quick).toEqual(sorted);
    expect(mean).toBeCloseTo(exact, 12);
  });

  it.each(cases)('equals the sorted way: %s', (_, values) => {
    const { mean, ...quick } = quickStats(values);
    const { mean: exact, ...sorted } = columnStats(values);
    for (const key of Object.keys(sorted) as (keyof typeof sorted)[]) expect(quick[key] + 0).toBe(sorted[key] + 0);
    if (Number.isNaN(exact)) expect(mean).toBeNaN();
    else expect(mean / (exact || 1)).toBeCloseTo(exact / (exact || 1), 9);
  });
});
