import { readFileSync } from 'node:fs';
import { eld } from 'eld/small';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nGramDetector } from '$lib/text/n-gram-detector';
import { shared } from '../shared';

const detect = nGramDetector();

/** What the package says of a text. */
function byPackage(text: string) {
  const { language, getScores, isReliable } = eld.detect(text);
  return { language, scores: getScores(), reliable: isReliable() };
}

const SENTENCES = [
  'Je ne sais pas où est la gare, mais je crois qu’elle est par là.',
  'Das Haus ist klein, aber der Garten daneben ist größer als der Park.',
  'Это предложение написано по-русски.',
  'هذه جملة مكتوبة باللغة العربية.',
  '今天的天气怎么样？我想去公园走一走。',
  'これは日本語の文章です。',
  '이것은 한국어 문장입니다.',
  'यह एक हिन्दी वाक्य है।',
  'Đây là một câu tiếng Việt.',
  "don't can't we'll rock'n'roll",
  'x + 5y - 9 = 0',
  'def upper(s):\n  return s.upper()',
];

describe('the n-gram detector', () => {
  it('says of sentences, of parts of them and of mixtures what the package says', () => {
    for (const text of SENTENCES)
      for (let end = 1; end <= text.length; end++)
        expect(detect(text.slice(0, end))).toEqual(byPackage(text.slice(0, end)));
    const piece = fc.oneof(
      fc.constantFrom(...SENTENCES),
      fc.string({ unit: 'grapheme', maxLength: 30 }),
      fc.string({ unit: 'binary', maxLength: 30 }),
      fc.constantFrom('\ud83d', '𝒳yz', 'constructor', '__proto__', 'a'.repeat(200), '’s', ' '),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const text = pieces.join(' ');
        expect(detect(text)).toEqual(byPackage(text));
      }),
      { numRuns: 1500, seed: 3 },
    );
  });

  const file = shared('data/alpaca/alpaca_data.json');
  it.skipIf(!file)('says of Alpaca what the package says', () => {
    const rows = JSON.parse(readFileSync(file!, 'utf8')) as { instruction: string; output: string }[];
    for (const { instruction, output } of rows.slice(0, 2000))
      for (const text of [instruction, output.slice(0, 100)]) expect(detect(text), text).toEqual(byPackage(text));
  });
});
