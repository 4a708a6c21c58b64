import { Lexicon } from '../lexicon';
import { flaggedEn, flaggedZh } from './flagged';
import { stopWordsEn, stopWordsZh } from './stop-words';

/** Bits of `Words.lists`. */
export const STOP = 1;
export const FLAGGED = 2;
/** One of Gopher's eight stop words. */
export const GOPHER = 4;

/** Gopher (Rae et al. 2021), appendix A1.1. */
export const gopherStopWords = ['the', 'be', 'to', 'of', 'and', 'that', 'have', 'with'];

const own = () =>
  new Lexicon([
    { bit: STOP, words: [...stopWordsEn, ...stopWordsZh] },
    { bit: FLAGGED, words: [...flaggedEn, ...flaggedZh] },
    { bit: GOPHER, words: gopherStopWords },
  ]);
let lexicon: Lexicon | null = null;

/** The word lists in use. */
export function wordLists(): Lexicon {
  return (lexicon ??= own());
}

/** Replaces the project's own lists (null puts them back). */
export function useWordLists(lists: { stop: string[]; flagged: string[] } | null): void {
  lexicon = lists
    ? new Lexicon([
        { bit: STOP, words: lists.stop },
        { bit: FLAGGED, words: lists.flagged },
        { bit: GOPHER, words: gopherStopWords },
      ])
    : null;
}
