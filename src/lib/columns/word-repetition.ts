import { ofMain } from './helpers';
import { grams } from './n-grams';

/** Share of word 10-grams that recur. */
export const wordRepetition = ofMain(
  {
    id: 'word_repetition',
    group: 'repetition',
    source: 'Data-Juicer word_repetition_filter',
    bad: 'high',
    published: () => ({ max: 0.5, source: 'Data-Juicer' }),
  },
  (_, s) => s.note(grams).repetition,
);
