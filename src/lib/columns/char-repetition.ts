import { charRepetition as share } from '$lib/text/char-grams';
import { ofMain } from './helpers';

/** Character 10-grams: share of the commonest k, k = min(⌊√distinct⌋, those seen more than once). A text shorter than 10 repeats nothing. */
export const charRepetition = ofMain(
  {
    id: 'char_repetition',
    group: 'repetition',
    source: 'Data-Juicer character_repetition_filter',
    bad: 'high',
    published: () => ({ max: 0.5, source: 'Data-Juicer' }),
  },
  (text) => share(text, 10),
);
