import { describe, expect, it } from 'vitest';
import { RANGES } from '$lib/text/ranges';
import { sentencesOf } from '$lib/text/sentences';
import { Text } from '$lib/text/text';
import {
  BROKEN,
  CLASSES,
  DECIMAL,
  EMOJI,
  flagsOf,
  HAN,
  INVISIBLE,
  LETTER,
  LOWER,
  SPACE,
  SPECIAL,
  UPPER,
} from '$lib/text/unicode';

/** The properties from which ranges.ts was made, by Unicode 17. */
const PROPERTIES: Record<string, RegExp> = {
  letter: /\p{L}/u,
  number: /\p{N}/u,
  decimal: /\p{Nd}/u,
  mark: /\p{M}/u,
  upper: /\p{Uppercase}/u,
  punctuation: /\p{P}/u,
  han: /\p{Script=Han}/u,
  kana: /[\p{Script=Hiragana}\p{Script=Katakana}\u30fc]/u,
  hangul: /\p{Script=Hangul}/u,
  latin: /\p{Script=Latin}/u,
  cyrillic: /\p{Script=Cyrillic}/u,
  arabic: /\p{Script=Arabic}/u,
  emoji: /\p{Emoji_Presentation}|(?=[\u2600-\u{1ffff}])\p{Extended_Pictographic}/u,
};

function rangesOf(property: RegExp): string {
  const items: string[] = [];
  let before = 0;
  let start = -1;
  for (let code = 0; code <= 0x110000; code++) {
    const inside = code < 0x110000 && !(code >= 0xd800 && code < 0xe000) && property.test(String.fromCodePoint(code));
    if (inside && start < 0) start = code;
    if (!inside && start >= 0) {
      items.push((start - before).toString(36) + (code - start === 1 ? '' : `,${(code - start).toString(36)}`));
      before = code;
      start = -1;
    }
  }
  return items.join(' ');
}

describe('characters', () => {
  it.skipIf(process.versions.unicode !== '17.0')('have the properties of Unicode 17', () => {
    for (const [name, property] of Object.entries(PROPERTIES))
      expect(RANGES[name as keyof typeof RANGES], name).toBe(rangesOf(property));
  });

  it('have bits', () => {
    const bits = (char: string) => flagsOf(char.codePointAt(0)!);
    expect(bits('A') & UPPER && bits('a') & LETTER && bits('７') & DECIMAL && bits('中') & HAN).toBeTruthy();
    expect(
      bits('𠮷') & HAN &&
        bits('😀') & EMOJI &&
        bits('　') & SPACE &&
        bits('\u200b') & INVISIBLE &&
        bits('\ufffd') & BROKEN,
    ).toBeTruthy();
    expect(flagsOf(0xd800) & BROKEN && flagsOf(0x2a700) & HAN).toBeTruthy();
    // Data-Juicer's list holds these, and not the Chinese comma's neighbours of other kinds.
    for (const char of ' 7!，。（😀士') expect(bits(char) & SPECIAL, char).toBeTruthy();
    for (const char of 'a中é') expect(bits(char) & SPECIAL, char).toBe(0);
    expect(flagsOf(0x10fffd)).toBe(0);
    expect(CLASSES[65]).toBe(65);
    expect(String.fromCharCode(LOWER['É'.charCodeAt(0)])).toBe('é');
  });

  it('are counted once, as code points', () => {
    const text = new Text('Aé中😀1 \ud800\u200b');
    expect(text.length).toBe(8);
    expect([HAN, EMOJI, DECIMAL, SPACE, BROKEN, INVISIBLE, UPPER].map((bit) => text.count(bit))).toEqual([
      1, 1, 1, 1, 1, 1, 1,
    ]);
    expect(text.count(LETTER)).toBe(3);
    expect(text.count(LETTER | DECIMAL)).toBe(4);
    expect([text.ascii, text.asciiLetters, text.digits, text.countOf(65)]).toEqual([3, 1, 1, 1]);
    expect(text.share(HAN)).toBe(1 / 8);
    expect(text.reset('').share(HAN)).toBeNaN();
  });
});

describe('lines and sentences', () => {
  it('lines are parted by line feeds', () => {
    const { lines } = new Text(' a \n\n\t\nb\r\n');
    expect([lines.count, lines.filled]).toEqual([5, 2]);
    expect([lines.from[0], lines.to[0], lines.starts[0], lines.ends[0]]).toEqual([1, 2, 0, 3]);
  });

  it('sentences end with a mark or with their line', () => {
    const count = (value: string) => {
      const text = new Text(value);
      return sentencesOf(text.codes, text.classes, text.length);
    };
    expect(count('It costs 3.14 euros. Really? Yes!')).toEqual({ count: 3, unended: 0 });
    expect(count('他来了。她走了！真的？？')).toEqual({ count: 3, unended: 0 });
    expect(count('Title\n- one\n- two.')).toEqual({ count: 3, unended: 2 });
    expect(count('See a.b.c and "quit." Then')).toEqual({ count: 2, unended: 1 });
    expect(count('!!! ...\n')).toEqual({ count: 0, unended: 0 });
  });
});
