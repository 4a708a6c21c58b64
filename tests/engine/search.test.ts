import { describe, expect, it } from 'vitest';
import { rowJson, rowsToBatch } from '$lib/record';
import { searchBatch, searchFor } from '$lib/engine/search';
import { packField } from '$lib/record/rows';
import { random } from './table';

function find(objects: Record<string, unknown>[], text: string): number[] {
  const batch = rowsToBatch(objects);
  const found = new Uint8Array(batch.rows);
  searchBatch(batch, searchFor(text)!, found);
  return [...found].flatMap((yes, row) => (yes ? [row] : []));
}

describe('search', () => {
  it('finds Chinese, ignores the case of ASCII only', () => {
    const rows = [{ a: '信用卡账单查询' }, { a: 'Credit CARD' }, { a: '账单' }, { a: 'ÀB' }, { a: 'card 卡' }];
    expect(find(rows, '账单')).toEqual([0, 2]);
    expect(find(rows, 'card')).toEqual([1, 4]);
    expect(find(rows, 'CARD 卡')).toEqual([4]);
    expect(find(rows, 'àb')).toEqual([]);
    expect(find(rows, 'À')).toEqual([3]);
    expect(find(rows, '卡')).toEqual([0, 4]);
  });

  it('does not find what only the neighbours make together', () => {
    expect(find([{ a: 'ab' }, { a: 'cd' }, { a: 'abcd' }, { a: 'c' }], 'bc')).toEqual([2]);
    expect(find([{ a: 'x', b: 'y' }], 'xy')).toEqual([]);
  });

  it('reads escapes of JSON values', () => {
    const rows = [{ a: [{ content: '第一行\n"第二行"' }] }, { a: ['other'] }];
    expect(find(rows, '行\n"第')).toEqual([0]);
    const batch = rowsToBatch([{ n: 1 }]);
    batch.fields = [packField('a', 'json', ['["\\u8D26\\u5355 a\\/b"]'], [true])];
    for (const text of ['账单', 'a/b', '账单 A/B']) {
      const found = new Uint8Array(1);
      searchBatch(batch, searchFor(text)!, found);
      expect([text, found[0]]).toEqual([text, 1]);
    }
  });

  it('is null for an empty text', () => expect(searchFor('')).toBeNull());

  it('agrees with a search in strings', () => {
    const draw = random(6);
    const letters = ['a', 'A', 'b', '账', '单', ' ', 'é', '😀'];
    const text = (n: number) => Array.from({ length: n }, () => letters[Math.floor(draw() * letters.length)]).join('');
    const rows = Array.from({ length: 400 }, () => ({ a: text(Math.floor(draw() * 12)), b: text(3) }));
    const fold = (value: string) => value.replace(/[A-Z]/g, (c) => c.toLowerCase());
    for (let i = 0; i < 60; i++) {
      const wanted = text(1 + Math.floor(draw() * 3));
      const slow = rows.flatMap(({ a, b }, row) =>
        fold(a).includes(fold(wanted)) || fold(b).includes(fold(wanted)) ? [row] : [],
      );
      expect([wanted, find(rows, wanted)]).toEqual([wanted, slow]);
    }
    expect(rowJson(rowsToBatch(rows), 0)).toContain('"a":');
  });
});
