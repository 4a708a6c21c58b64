import { type WordGrams, wordGrams } from '$lib/text/word-grams';
import { byLanguage, ofMain } from './helpers';
import type { Subject } from './subject';

/** All n-gram figures of the main text, once a record. */
export function grams(subject: Subject): WordGrams {
  return wordGrams(subject.main.words);
}

const TOP: [n: number, other: number, zh: number][] = [
  [2, 0.2, 0.256],
  [3, 0.18, 0.201],
  [4, 0.16, 0.171],
];
const DUPLICATE: [n: number, other: number, zh: number][] = [
  [5, 0.15, 0.198],
  [6, 0.14, 0.182],
  [7, 0.13, 0.167],
  [8, 0.12, 0.154],
  [9, 0.11, 0.14],
  [10, 0.1, 0.127],
];

/**
 * Length of the commonest word n-gram (words joined by spaces) × its occurrences / characters, as DataTrove's
 * `find_top_duplicate`: occurrences may overlap, so a text that is one word again and again exceeds 1. The published cuts
 * were set on this figure. Words are lower-cased; an n-gram that stands once covers nothing
 * (Gopher's rule was made for web pages: in a text of ten words any pair covers a fifth).
 */
export const topGrams = TOP.map(([n, other, zh]) =>
  ofMain(
    {
      id: `top_${n}gram`,
      group: 'repetition',
      source: 'Gopher (Rae et al. 2021)',
      bad: 'high',
      published: byLanguage('max', other, zh, 'Gopher'),
    },
    (text, s) => s.note(grams).top[n] / text.length,
  ),
);

/** Characters in word n-grams that stood before / characters. */
export const duplicateGrams = DUPLICATE.map(([n, other, zh]) =>
  ofMain(
    {
      id: `duplicate_${n}gram`,
      group: 'repetition',
      source: 'Gopher (Rae et al. 2021)',
      bad: 'high',
      published: byLanguage('max', other, zh, 'Gopher'),
    },
    (text, s) => s.note(grams).duplicate[n] / text.length,
  ),
);
