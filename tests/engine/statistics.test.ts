import { describe, expect, it } from 'vitest';
import { columnStats } from '$lib/columns/stats';
import { quickStats } from '$lib/engine/statistics';
import { random } from './table';

describe('statistics without sorting', () => {
  const draw = random(11);
  const cases: [string, Float32Array][] = [
    ['reals', Float32Array.from({ length: 5001 }, () => draw())],
    ['whole numbers', Float32Array.from({ length: 4000 }, () => Math.floor(draw() * 900))],
    ['flags', Float32Array.from({ length: 3000 }, () => (draw() < 0.01 ? 1 : 0))],
    ['negative numbers and gaps', Float32Array.from({ length: 3001 }, () => (draw() < 0.2 ? NaN : draw() * 4 - 2))],
    ['a long tail', Float32Array.from({ length: 6000 }, () => Math.exp(draw() * 30 - 10))],
    ['one value', Float32Array.of(7)],
    ['nothing', Float32Array.of(NaN, NaN)],
    ['empty', new Float32Array(0)],
    ['zeros of both signs', Float32Array.of(0, -0, 0, -1, 1)],
  ];
  it.each(cases)('equals the sorted way: %s', (_, values) => {
    const { mean, ...quick } = quickStats(values);
    const { mean: exact, ...sorted } = columnStats(values);
    for (const key of Object.keys(sorted) as (keyof typeof sorted)[]) expect(quick[key] + 0).toBe(sorted[key] + 0);
    if (Number.isNaN(exact)) expect(mean).toBeNaN();
    else expect(mean / (exact || 1)).toBeCloseTo(exact / (exact || 1), 9);
  });
});
