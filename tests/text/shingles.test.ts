import { describe, expect, it } from 'vitest';
import { jaccard, SHINGLES, shingleSets, type ShingleSettings } from '$lib/text/shingles';

const size = (text: string | null, settings: Partial<ShingleSettings> = {}) =>
  shingleSets([text], { ...SHINGLES, ...settings }).hashes.length;
const alike = (a: string, b: string, settings: Partial<ShingleSettings> = {}) =>
  jaccard(shingleSets([a, b], { ...SHINGLES, ...settings }), 0, 1);

describe('shingles', () => {
  it('are word n-grams, distinct and ascending', () => {
    const text = 'the cat sat on the cat mat';
    // the cat, cat sat, sat on, on the, cat mat; "the cat" stands twice.
    expect(size(text)).toBe(6 - 1);
    expect(size(text, { words: 1 })).toBe(5);
    expect(size(text, { words: 7 })).toBe(1);
    const { offsets, hashes } = shingleSets([text, null, text], { ...SHINGLES, words: 1 });
    expect([...offsets]).toEqual([0, 5, 5, 10]);
    expect([...hashes.subarray(0, 5)]).toEqual([...hashes.subarray(0, 5)].sort((a, b) => a - b));
  });

  it('of Chinese are character n-grams, Latin letters and digits among it included', () => {
    expect(size('今天天气很好', { chars: 2 })).toBe(5);
    expect(size('今天，天气很好！', { chars: 2 })).toBe(5);
    // 我 用 A P P 付 款: seven characters.
    expect(size('我用APP付款', { chars: 2 })).toBe(6);
    expect(alike('我用APP付款', '我用app付款')).toBe(1);
    expect(size('東京へ行きます', { chars: 3 })).toBe(5);
  });

  it('of English with a little Chinese are words, with the characters among them', () => {
    // translate the word 你 好 into plain English: from every word two units, from every character three.
    const text = 'Translate the word 你好 into plain English';
    expect(size(text, { words: 2, chars: 3 })).toBe(7);
    expect(size(text, { words: 1, chars: 1 })).toBe(8);
    // one two, two three, three 你, and 你 好, which would be longer.
    expect(size('one two three 你 好', { words: 2, chars: 5 })).toBe(4);
  });

  it('leave no word outside: a text shorter than n is one whole shingle, a rest is one too', () => {
    for (const n of [2, 3, 13]) expect(size('word', { words: n })).toBe(1);
    for (const n of [2, 3, 13]) expect(size('好', { chars: n })).toBe(1);
    expect(alike('hello world', 'hello there', { words: 5 })).toBe(0);
    expect(alike('hello world', 'Hello, world!', { words: 5 })).toBe(1);
    // 你 reaches over three units, then the words at the end would be in none.
    expect(
      alike('alpha beta gamma 你 delta', 'alpha beta gamma 你 delta epsilon', { words: 9, chars: 2 }),
    ).toBeLessThan(1);
  });

  it('of an empty text are none, of emoji or marks alone those', () => {
    for (const text of [null, '', ' \n\t　', '\u200b\ufeff']) expect(size(text)).toBe(0);
    expect(size('😀')).toBe(1);
    expect(alike('😀😀👍', '😀😀👎', { words: 1 })).toBeCloseTo(1 / 3);
    expect(alike('???', '?!?', { words: 1 })).toBe(1 / 2);
    expect(alike('fine 😀', 'fine')).toBe(1);
  });

  it('of a short text are the same after a very long one', () => {
    const long = 'lorem ipsum dolor 你好 '.repeat(100_000);
    const [a, b, c] = [null, long, null].map((text) => shingleSets(['a few words', text, '几个字而已'], SHINGLES));
    expect([...b.hashes.subarray(0, b.offsets[1])]).toEqual([...a.hashes.subarray(0, a.offsets[1])]);
    expect([...b.hashes.subarray(b.offsets[2])]).toEqual([...a.hashes.subarray(a.offsets[2])]);
    expect(c).toEqual(a);
    // Over and over the same: few distinct ones.
    expect(b.offsets[2] - b.offsets[1]).toBeLessThan(12);
  });

  it('take what does not count for the same', () => {
    expect(alike('Ｈｅｌｌｏ　ＷＯＲＬＤ，１２', 'hello world 12')).toBe(1);
    expect(alike('Hello', 'hello', { case: false })).toBe(0);
    expect(alike('ＡＢＣ', 'ABC', { width: false })).toBe(0);
    expect(alike('fine, thanks', 'fine thanks', { punctuation: false, words: 1 })).toBeCloseTo(2 / 3);
    expect(alike('room 12 on floor 3', 'room 745 on floor 1')).toBeLessThan(0.5);
    expect(alike('room 12 on floor 3', 'room 745 on floor 1', { numbers: true })).toBe(1);
    expect(alike('还款500元', '还款38元', { numbers: true })).toBe(1);
    expect(alike('ze\u200bro', 'zero')).toBe(1);
  });

  it('stand for their text: order and place of words count', () => {
    expect(alike('dog bites man', 'man bites dog')).toBe(0);
    expect(alike('dog bites man', 'man bites dog', { words: 1 })).toBe(1);
    expect(alike('ab c', 'a bc', { words: 1 })).toBe(0);
    // 200,000 different words make as many shingles: none is taken for another.
    expect(size(Array.from({ length: 200_000 }, (_, i) => `w${i}`).join(' '), { words: 1 })).toBe(200_000);
    expect(size(Array.from({ length: 20_000 }, (_, i) => String.fromCharCode(0x4e00 + i)).join(''), { chars: 1 })).toBe(
      20_000,
    );
  });

  it('are those of the reference: Jaccard by sets of strings', () => {
    const texts = [
      'How do I top up my card?',
      'how do i top-up my card',
      'Top up my card',
      '我的卡怎么充值',
      '我的卡，如何充值？',
    ];
    const grams = (text: string) => {
      const plain = text.toLowerCase();
      if (/\p{Script=Han}/u.test(plain)) {
        const all = [...plain].filter((c) => /\p{L}/u.test(c));
        return new Set(all.slice(2).map((_, i) => all.slice(i, i + 3).join('')));
      }
      const words = plain.match(/[a-z0-9]+/g) ?? [];
      return new Set(words.slice(1).map((_, i) => words.slice(i, i + 2).join(' ')));
    };
    const sets = shingleSets(texts, SHINGLES);
    for (let a = 0; a < texts.length; a++)
      for (let b = 0; b < a; b++) {
        const [x, y] = [grams(texts[a]), grams(texts[b])];
        const both = [...x].filter((gram) => y.has(gram)).length;
        expect(jaccard(sets, a, b)).toBe(both / (x.size + y.size - both));
      }
  });
});
