import { describe, expect, it } from 'vitest';
import { parseTime } from '$lib/health/time';
import { collect } from './collect';

describe('fields', () => {
  it('tells type, empty and distinct over batches', async () => {
    const rows: Record<string, unknown>[] = [
      { a: 'x', n: 1 },
      { a: '', n: 2.5, b: true },
      { a: null, n: 1, b: null },
      { a: 'x', n: '1', o: { k: [] } },
      { a: '  ', n: 12345678, o: [] },
      { n: 1e21 },
    ];
    const set = await collect(rows, { prompt: ['a'] }, {}, 2);
    expect(set.fields()).toEqual([
      // 'x', '', '  '; empty: '', null, '  ', absent.
      { name: 'a', type: 'string', empty: 4, distinct: 3 },
      // 1, 2.5, "1", 12345678, 1e+21
      { name: 'n', type: 'integer | number | string', empty: 0, distinct: 5 },
      { name: 'b', type: 'boolean', empty: 5, distinct: 1 },
      { name: 'o', type: 'object | array', empty: 5, distinct: 2 },
    ]);
  });

  it('counts many distinct values exactly', async () => {
    const rows = Array.from({ length: 150_000 }, (_, i) => ({ v: `value ${i % 140_000}`, c: i % 7 }));
    const set = await collect(rows, { prompt: ['v'] }, {}, 8192);
    expect(set.fields().map(({ distinct }) => distinct)).toEqual([140_000, 7]);
  });
});

describe('times', () => {
  it('reads the spellings met in files', () => {
    const noon = Date.UTC(2024, 4, 1, 12);
    for (const text of [
      '2024-05-01T12:00:00Z',
      '2024-05-01 12:00',
      '2024/5/1 12:00:00',
      '2024-05-01T14:00:00.000+02:00',
    ])
      expect(parseTime(text)).toBe(noon);
    expect(parseTime('2024年5月1日')).toBe(Date.UTC(2024, 4, 1));
    expect(parseTime('1714564800')).toBe(noon);
    expect(parseTime('1714564800000')).toBe(noon);
    for (const text of ['soon', '', '2024-13-01', '12', null]) expect(parseTime(text)).toBeNaN();
  });
});
