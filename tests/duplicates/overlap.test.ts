import { describe, expect, it } from 'vitest';
import { LEAKED, OVERLAP, OverlapIndex } from '$lib/duplicates/overlap';

const english = 'A train leaves the station at nine and travels at sixty miles an hour, how far is it at noon?';
const chinese = '一列火车九点从车站出发，时速六十公里，中午十二点时离车站多远？';
const filler = 'Trains are a fine means of transport, and much has been written about them over the years. '.repeat(30);
const padding = '火车是很好的交通工具，多年来人们写了很多关于它的文章。'.repeat(30);

describe('n-gram overlap', () => {
  it('finds a short question inside a long text, in whatever language the text is', () => {
    const index = new OverlapIndex([
      'What is the fee for a card that nobody uses any more today?',
      english,
      null,
      chinese,
    ]);
    const { share, match } = index.find([
      filler + english.toUpperCase() + filler,
      padding + english + padding,
      filler + chinese + filler,
      padding + chinese.replace('，', ', ') + padding,
      filler,
      padding,
      '',
      null,
    ]);
    expect([...share]).toEqual([1, 1, 1, 1, 0, 0, NaN, NaN]);
    expect([...match]).toEqual([1, 1, 3, 3, -1, -1, -1, -1]);
  });

  it('is the share of the reference that stands there', () => {
    // 20 words: 8 windows of 13. The first 15 words hold 3 of them.
    const words = Array.from({ length: 20 }, (_, i) => `word${i}`);
    const index = new OverlapIndex([words.join(' ')]);
    expect(index.find([words.slice(0, 15).join(' ')]).share[0]).toBe(3 / 8);
    expect(index.find([words.slice(0, 12).join(' ')]).share[0]).toBe(0);
    // Twice the same passage is not more of it.
    expect(index.find([`${words.slice(0, 15).join(' ')} ${words.slice(0, 15).join(' ')}`]).share[0]).toBe(3 / 8);
    expect(index.find([words.slice(0, 19).join(' ')]).share[0]).toBeGreaterThan(LEAKED);
  });

  it('takes a reference shorter than n whole, and none of fewer than eight words', () => {
    const nine = 'one two three four five six seven eight nine';
    const index = new OverlapIndex([nine, 'what is the capital of France']);
    const { share, match } = index.find([
      `zero ${nine} ten`,
      `${nine.slice(4)} one`,
      'so what is the capital of France now, I ask',
    ]);
    expect([...share]).toEqual([1, 0, 0]);
    expect([...match]).toEqual([0, -1, -1]);
    expect(new OverlapIndex(['今天天气怎么样']).find(['请问今天天气怎么样呢']).share[0]).toBe(0);
  });

  it('names the reference with most of itself there, of equals the first; set phrases count for none', () => {
    const start = 'answer the following multiple choice question by giving only the letter of the right option now';
    const references = Array.from(
      { length: 150 },
      (_, i) => `${start} q${i} a${i} b${i} c${i} d${i} e${i} f${i} g${i} h${i} i${i} j${i} k${i} l${i}`,
    );
    const index = new OverlapIndex([...references, references[7]]);
    const { share, match } = index.find([
      start,
      `x ${references[7]} y`,
      references[9].split(' ').slice(0, -1).join(' '),
    ]);
    expect([share[0], match[0]]).toEqual([0, -1]);
    expect([share[1], match[1]]).toEqual([1, 7]);
    expect([share[2] > 0.9 && share[2] < 1, match[2]]).toEqual([true, 9]);
  });

  it('agrees with sets of strings', () => {
    const words = (seed: number, n: number) =>
      Array.from({ length: n }, (_, i) => 'abc'[((seed + 1) * (i + 7) * (i + 3)) % 3]);
    const settings = { ...OVERLAP, words: 4, leastWords: 2 };
    const references = Array.from({ length: 20 }, (_, i) => words(i, 3 + (i % 9)));
    const texts = Array.from({ length: 20 }, (_, i) => words(i + 31, 5 + i));
    const grams = (list: string[], n: number) =>
      new Set(list.slice(n - 1).map((_, i) => list.slice(i, i + n).join(' ')));
    const { share } = new OverlapIndex(
      references.map((list) => list.join(' ')),
      settings,
    ).find(texts.map((list) => list.join(' ')));
    texts.forEach((text, t) => {
      const shares = references.map((list) => {
        const n = Math.min(4, list.length);
        const own = grams(list, n);
        const there = grams(text, n);
        return [...own].filter((gram) => there.has(gram)).length / own.size;
      });
      expect(share[t]).toBe(Math.fround(Math.max(...shares)));
    });
  });
});
