import { FLAGGED, GOPHER, STOP } from '$lib/text/lists';
import type { Text } from '$lib/text/text';
import { ofMain } from './helpers';

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

/** Share of words that are on the project's list of insults, violence, sex and gambling. */
export const flaggedWords = ofMain(
  {
    id: 'flagged_words',
    group: 'words',
    source: 'Data-Juicer flagged_words_filter',
    bad: 'high',
    published: () => ({ max: 0.045, source: 'Data-Juicer' }),
  },
  (text) => wordsIn(text, FLAGGED) / text.words.count,
);
