import { HAN, HANGUL, KANA, LATIN, LETTER } from '$lib/text/unicode';
import { Text } from '$lib/text/text';
import { chinesePhrase } from './chinese-phrase';
import { chineseWords } from './chinese-words';
import { englishPhrase, englishSentences } from './english-phrase';
import { headOf } from './head';
import { SENTENCE_TYPES, sentenceTypeOf, type SentenceType } from './sentence-type';
import type { VerbPhrase } from './types';

/** Language by which an instruction is read; `other` has no verb and no object. */
export type ReadAs = 'zh' | 'en' | 'other';

const NONE: VerbPhrase = { verb: '', object: '', command: false };
const FIRST_ZH = /^[^。！？!?\n]*[。！？!?]*/;

/** By script: Han without kana or hangul beside is Chinese, else Latin is English. */
export function readAs(text: Text): ReadAs {
  if (text.count(KANA) || text.count(HANGUL)) return 'other';
  if (text.count(HAN)) return 'zh';
  return text.count(LATIN) * 2 > text.count(LETTER) ? 'en' : 'other';
}

/**
 * The verb phrase of an instruction (see headOf), and the type of its first sentence as a code of SENTENCE_TYPES. `loadSegmenter` must have run, else
 * Han words are single characters.
 */
export function readSentence(value: string, as: ReadAs): { phrase: VerbPhrase; type: number } {
  let phrase = NONE;
  let first = value;
  let verbal = false;
  if (as === 'zh') {
    const words = chineseWords(value);
    phrase = chinesePhrase(words);
    verbal = words.some(({ tag }) => tag === 'v');
    first = FIRST_ZH.exec(value)![0];
  } else if (as === 'en') {
    const sentences = englishSentences(value);
    const found = englishPhrase(sentences);
    phrase = found;
    verbal = found.words.some(({ tags }) => tags.has('Verb'));
    first = sentences[0] ?? value;
  }
  return { phrase, type: sentenceTypeOf(first, phrase, verbal, as === 'zh') };
}

const text = new Text();

/** How a whole prompt's instruction is put, read by its script; null where it has no letter. `loadSegmenter` must have run. */
export function sentenceTypeIn(prompt: string): SentenceType | null {
  const value = headOf(prompt);
  text.reset(value);
  return text.count(LETTER) ? SENTENCE_TYPES[readSentence(value, readAs(text)).type] : null;
}
