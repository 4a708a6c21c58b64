import { expect, it } from 'vitest';
import { formatFixed, formatShareColumn } from '$lib/i18n/format';

it('shares in a column have one decimal each, whatever their size', () => {
  const cases: [number, string][] = [
    [0, '0.0\u202f%'],
    [0.00004, '<0.1\u202f%'],
    [0.001, '0.1\u202f%'],
    [0.08, '8.0\u202f%'],
    [0.65, '65.0\u202f%'],
    [0.99999, '99.9\u202f%'],
    [1, '100.0\u202f%'],
    [-0.04, '\u22124.0\u202f%'],
    [NaN, '–'],
  ];
  for (const [share, text] of cases) expect(formatShareColumn(share)).toBe(text);
});

it('similarities in a column have as many decimals each', () => {
  expect(formatFixed(1)).toBe('1.000');
  expect(formatFixed(0.9364)).toBe('0.936');
  expect(formatFixed(-0.5, 1)).toBe('\u22120.5');
  expect(formatFixed(NaN)).toBe('–');
});
