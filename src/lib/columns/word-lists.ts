import { HASH_SEED, hashStep, lowerOf } from '$lib/text/lexicon';
import { FLAGGED, flaggedOpenings, GOPHER, STOP, wordLists } from '$lib/text/lists';
import type { Text } from '$lib/text/text';
import { HAN } from '$lib/text/unicode';
import { ofMain } from './helpers';
import type { Column } from './types';

function wordsIn(text: Text, list: number): number {
  const { words } = text;
  let n = 0;
  for (let id = 0; id < words.distinct; id++) if (words.lists[id] & list) n += words.frequency[id];
  return n;
}

/** Share of words that are function words of English or Chinese (the project's lists). */
export const stopWords = ofMain(
  { id: 'stop_words', group: 'words', source: 'Data-Juicer stopwords_filter', bad: 'low' },
  (text) => wordsIn(text, STOP) / text.words.count,
);

/** How many of Gopher's eight stop words the text has (English). */
export const gopherStopWords = ofMain(
  {
    id: 'gopher_stop_words',
    unit: 'count',
    group: 'words',
    source: 'Gopher (Rae et al. 2021)',
    applies: (p) => p.language === 'en' || p.language === 'mixed',
  },
  (text) => {
    const { words } = text;
    let n = 0;
    for (let id = 0; id < words.distinct; id++) if (words.lists[id] & GOPHER) n++;
    return n;
  },
);

const LONGEST = 4;

/** Flagged words; a Han word may lie over several of the segmenter's words, so neighbours are put together. */
function flaggedIn(text: Text): number {
  const { words, codes } = text;
  let n = wordsIn(text, FLAGGED);
  if (!text.count(HAN)) return n;
  const openings = flaggedOpenings();
  const lexicon = wordLists();
  for (let w = 0; w < words.count; w++) {
    const start = words.starts[w];
    if (codes[start] > 0xffff || !openings[codes[start]] || words.lists[words.ids[w]] & FLAGGED) continue;
    let hash = HASH_SEED;
    let end = start;
    for (let k = w; k < words.count && k < w + LONGEST && words.starts[k] === end; k++) {
      for (; end < words.ends[k]; end++) hash = hashStep(hash, lowerOf(codes[end]));
      if (k > w && lexicon.lookup(codes, start, end, hash) & FLAGGED) {
        n++;
        break;
      }
    }
  }
  return n;
}

/** Share of words that are on the project's list of insults, violence, sex and gambling. */
export const flaggedWords = ofMain(
  {
    id: 'flagged_words',
    group: 'words',
    source: 'Data-Juicer flagged_words_filter',
    bad: 'high',
    published: () => ({ max: 0.045, source: 'Data-Juicer' }),
  },
  (text) => flaggedIn(text) / text.words.count,
);

/** The same of the prompt. */
export const promptFlaggedWords: Column = {
  ...flaggedWords,
  id: 'prompt_flagged_words',
  measure: (s) => (s.prompt.length ? flaggedIn(s.prompt) / s.prompt.words.count : NaN),
};
