import { expect, it } from 'vitest';
import { partOfSpeech } from '../../src/lib/text/part-of-speech';

it('a word has the part of speech that jieba 0.42.1 lists first, numbers and amounts are numerals, the rest nouns', () => {
  const cases: [string, string][] = [
    ['信用卡', 'n'],
    ['转账', 'v'],
    ['设计', 'w'],
    ['不错', 'a'],
    ['稍微', 'd'],
    ['分钟', 'q'],
    ['我们', 'r'],
    ['二十', 'm'],
    ['三个', 'm'],
    ['没有这个词', 'n'],
  ];
  for (const [word, part] of cases) expect(partOfSpeech(word), word).toBe(part);
});
