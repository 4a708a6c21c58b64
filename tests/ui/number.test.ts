import { describe, expect, it } from 'vitest';
import { parseNumber } from '$lib/ui/number';
import { fitting } from '$lib/ui/axis';

describe('parseNumber', () => {
  it.each([
    ['10', 10],
    [' 52\u2009002 ', 52_002],
    ['1,200,000', 1_200_000],
    ['0,25', 0.25],
    ['−3', -3],
    ['１２．５', 12.5],
    ['4k', 4000],
    ['1.5万', 15_000],
    ['30%', 0.3],
    ['.5', 0.5],
    ['1e-3', 0.001],
  ])('reads %s', (text, value) => expect(parseNumber(text)).toBe(value));

  it.each(['', 'abc', '1.2.3', '--1', 'k', 'Infinity'])('refuses %j', (text) => expect(parseNumber(text)).toBeNull());
});

describe('fitting', () => {
  const measure = (text: string) => text.length * 10;
  it('keeps both ends and drops what would overlap', () => {
    const ticks = [0, 0.1, 0.5, 0.95, 1].map((at) => ({ at, label: '100' }));
    expect(fitting(ticks, 200, measure).map((t) => t.at)).toEqual([0, 0.5, 1]);
  });
  it('keeps all where there is room', () => {
    const ticks = [0, 0.5, 1].map((at) => ({ at, label: '1' }));
    expect(fitting(ticks, 200, measure)).toHaveLength(3);
  });
});
