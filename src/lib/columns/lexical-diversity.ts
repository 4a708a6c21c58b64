import type { Words } from '$lib/text/words';
import { ofMain } from './helpers';
import { grams } from './n-grams';

const THRESHOLD = 0.72;
let seen = new Int32Array(256);
let stamp = 0;

function oneWay(words: Words, backward: boolean): number {
  const { count, ids } = words;
  if (seen.length < words.distinct) seen = new Int32Array(words.distinct * 2);
  const marks = seen;
  let now = ++stamp;
  let factors = 0;
  let inFactor = 0;
  let types = 0;
  let ratio = 1;
  for (let i = 0; i < count; i++) {
    const id = ids[backward ? count - 1 - i : i];
    inFactor++;
    if (marks[id] !== now) {
      marks[id] = now;
      types++;
    }
    ratio = types / inFactor;
    if (ratio <= THRESHOLD) {
      factors++;
      inFactor = types = 0;
      now = ++stamp;
    }
  }
  if (inFactor) factors += (1 - ratio) / (1 - THRESHOLD);
  return count / (factors || 1);
}

/** MTLD (McCarthy & Jarvis 2010): mean length of stretches whose type-token ratio stays above 0.72, both ways; the word count where nothing repeats. */
export const lexicalDiversity = ofMain(
  { id: 'lexical_diversity', unit: 'score', group: 'words', source: 'MTLD (McCarthy & Jarvis 2010)', bad: 'low' },
  ({ words }) => (words.count ? (oneWay(words, false) + oneWay(words, true)) / 2 : NaN),
);

/** Distinct words / words (lower-cased). */
export const distinct1 = ofMain(
  { id: 'distinct_1', group: 'words', source: 'Li et al. 2016', bad: 'low' },
  ({ words }) => words.distinct / words.count,
);

/** Distinct pairs of neighbouring words / pairs. */
export const distinct2 = ofMain(
  { id: 'distinct_2', group: 'words', source: 'Li et al. 2016', bad: 'low' },
  ({ words }, s) => (words.count > 1 ? s.note(grams).pairs / (words.count - 1) : NaN),
);
