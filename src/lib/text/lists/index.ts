import { Lexicon } from '../lexicon';
import { flaggedEn, flaggedZh } from './flagged';
import { plainEnglish } from './english';
import { stopWordsEn, stopWordsZh } from './stop-words';

/** Bits of `Words.lists`. */
export const STOP = 1;
export const FLAGGED = 2;
/** One of Gopher's eight stop words. */
export const GOPHER = 4;
/** Common in English, and in no language near it. */
export const ENGLISH = 8;

/** Gopher (Rae et al. 2021), appendix A1.1. */
export const gopherStopWords = ['the', 'be', 'to', 'of', 'and', 'that', 'have', 'with'];

const own = () =>
  new Lexicon([
    { bit: STOP, words: [...stopWordsEn, ...stopWordsZh] },
    { bit: FLAGGED, words: [...flaggedEn, ...flaggedZh] },
    { bit: GOPHER, words: gopherStopWords },
    { bit: ENGLISH, words: plainEnglish },
  ]);
let lexicon: Lexicon | null = null;
let opening: Uint8Array | null = null;

/** The word lists in use. */
export function wordLists(): Lexicon {
  return (lexicon ??= own());
}

/** 1 for each UTF-16 unit that a flagged word of two Han characters and more begins with: the segmenter may have cut such a word. */
export function flaggedOpenings(): Uint8Array {
  if (opening) return opening;
  opening = new Uint8Array(0x10000);
  for (const word of flagged) if (word.length > 1 && word.charCodeAt(0) >= 0x2e80) opening[word.charCodeAt(0)] = 1;
  return opening;
}

let flagged = [...flaggedEn, ...flaggedZh];

/** Replaces the project's own lists (null puts them back). */
export function useWordLists(lists: { stop: string[]; flagged: string[] } | null): void {
  flagged = lists?.flagged ?? [...flaggedEn, ...flaggedZh];
  opening = null;
  lexicon = lists
    ? new Lexicon([
        { bit: STOP, words: lists.stop },
        { bit: FLAGGED, words: lists.flagged },
        { bit: GOPHER, words: gopherStopWords },
        { bit: ENGLISH, words: plainEnglish },
      ])
    : null;
}
