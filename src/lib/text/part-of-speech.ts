import { PARTS_OF_SPEECH } from './lists/part-of-speech';

/**
 * Part of speech of a Chinese word by jieba's dictionary, its commonest tag: v verb, w verb and noun alike, a adjective, d adverb,
 * p preposition, c conjunction, r pronoun, m numeral, q measure word, u particle, f place word, n anything else.
 */
export type PartOfSpeech = 'v' | 'w' | 'a' | 'd' | 'p' | 'c' | 'r' | 'm' | 'q' | 'u' | 'f' | 'n';

let parts: Map<string, PartOfSpeech> | null = null;

function read(): Map<string, PartOfSpeech> {
  const found = new Map<string, PartOfSpeech>();
  for (const [part, lists] of Object.entries(PARTS_OF_SPEECH) as [PartOfSpeech, readonly string[]][])
    lists.forEach((words, size) => {
      for (let i = 0; i < words.length; i += size) found.set(words.slice(i, i + size), part);
    });
  return found;
}

/** The part of speech of a word of Han characters; n where the dictionary does not list it and it is no number or amount. */
export function partOfSpeech(word: string): PartOfSpeech {
  parts ??= read();
  const known = parts.get(word);
  if (known) return known;
  if (/^[\p{N}一二三四五六七八九十百千万两几]+$/u.test(word)) return 'm';
  return /^[一二三四五六七八九十两几每这那哪某第\p{N}]/u.test(word) && parts.get(word.slice(1)) === 'q' ? 'm' : 'n';
}
