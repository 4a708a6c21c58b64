import { beforeAll, describe, expect, it } from 'vitest';
import { isHanBucket, termRows } from '$lib/embedding/features';
import { addDocumentFrequencies, joinRows, pickRows } from '$lib/embedding/rows';
import { loadSegmenter } from '$lib/text/segment';

beforeAll(loadSegmenter);

const rowOf = (text: string) => {
  const { terms, counts } = termRows([text]);
  return [...terms].map((term, i) => ({ term, count: counts[i] }));
};
const sum = (row: { count: number }[]) => row.reduce((total, { count }) => total + count, 0);

describe('terms of a text', () => {
  it('are its words and the triples of each with its edges', () => {
    // card, my; _ca car ard rd_, _my my_
    expect(rowOf('My card, my card')).toHaveLength(8);
    expect(sum(rowOf('My card, my card'))).toBe(16);
    // A word of one letter is one triple.
    expect(rowOf('a')).toHaveLength(2);
  });

  it('are the dictionary’s words and single characters of Han', () => {
    // 修改 / 银行卡 / 密码 and seven characters
    const row = rowOf('修改银行卡密码');
    expect(row).toHaveLength(10);
    expect(row.filter(({ term }) => isHanBucket(term))).toHaveLength(7);
  });

  it('fold case and full width', () => {
    expect(rowOf('ＰＩＮ Code')).toEqual(rowOf('pin code'));
  });

  it('are ascending, each once', () => {
    const terms = rowOf('the quick brown fox jumps over the lazy dog 敏捷的棕色狐狸').map(({ term }) => term);
    expect(terms).toEqual([...new Set(terms)].sort((a, b) => a - b));
  });

  it('are none where there is no letter, no text, nothing', () => {
    expect([...termRows(['', null, '?!… 😀', '好']).offsets]).toEqual([0, 0, 0, 0, 2]);
  });

  it('do not depend on the texts beside it', () => {
    const texts = ['One two two', null, '一二二', 'three three'];
    const all = termRows(texts);
    expect(joinRows(texts.map((text) => termRows([text])))).toEqual(all);
    expect(joinRows([termRows(texts.slice(0, 3)), termRows(texts.slice(3))])).toEqual(all);
    expect(pickRows(all, Uint32Array.of(3, 0))).toEqual(termRows(['three three', 'One two two']));
  });

  it('count at most 65,535 times', () => {
    expect(rowOf('好 '.repeat(70_000)).map(({ count }) => count)).toEqual([65_535, 65_535]);
  });

  it('know how many rows have them', () => {
    const frequencies = new Uint32Array(1 << 20);
    const rows = termRows(['a a a', 'b', 'a b']);
    addDocumentFrequencies(rows, frequencies);
    addDocumentFrequencies(termRows(['a']), frequencies);
    for (const term of termRows(['a']).terms) expect(frequencies[term]).toBe(3);
    for (const term of termRows(['b']).terms) expect(frequencies[term]).toBe(2);
  });
});
