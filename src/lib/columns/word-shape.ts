import { LETTER } from '$lib/text/unicode';
import { byLanguage, isChinese, ofMain } from './helpers';

/** Characters per word. */
export const meanWordLength = ofMain(
  {
    id: 'mean_word_length',
    unit: 'characters',
    group: 'words',
    source: 'Gopher (Rae et al. 2021)',
    bad: 'both',
    published: (p) => {
      if (p.kind === 'code' || p.language === 'other' || p.language === 'mixed') return null;
      return isChinese(p) ? { min: 1, max: 5, source: 'FineWeb-2 cmn_Hani' } : { min: 3, max: 10, source: 'Gopher' };
    },
  },
  (text) => {
    const { words } = text;
    let chars = 0;
    for (let w = 0; w < words.count; w++) chars += words.ends[w] - words.starts[w];
    return chars / words.count;
  },
);

/** Characters of the longest word (minified code, keys, base64). */
export const longestWord = ofMain(
  {
    id: 'longest_word',
    unit: 'characters',
    group: 'words',
    source: 'NeMo Curator LongWordFilter',
    bad: 'high',
    published: () => ({ max: 1000, source: 'NeMo Curator' }),
  },
  (text) => {
    const { words } = text;
    let most = 0;
    for (let w = 0; w < words.count; w++) most = Math.max(most, words.ends[w] - words.starts[w]);
    return most;
  },
);

/** Share of words with at least one letter. */
export const wordsWithLetter = ofMain(
  {
    id: 'words_with_letter',
    group: 'words',
    source: 'Gopher (Rae et al. 2021)',
    bad: 'low',
    published: byLanguage('min', 0.8, 0.735, 'Gopher'),
  },
  (text) => {
    const { words } = text;
    let n = 0;
    for (let id = 0; id < words.distinct; id++) if (words.bits[id] & LETTER) n += words.frequency[id];
    return n / words.count;
  },
);
