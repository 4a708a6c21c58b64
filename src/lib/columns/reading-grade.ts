import { LATIN, LETTER } from '$lib/text/unicode';
import { lowerOf } from '$lib/text/lexicon';
import { ofMain } from './helpers';
import { sentences } from './sentences';

const VOWELS = new Uint8Array(128);
for (const c of 'aeiouyAEIOUY') VOWELS[c.charCodeAt(0)] = 1;
const vowelAt = (code: number) => code < 128 && VOWELS[code] === 1;
const E = 101;
const L = 108;

/** Syllables of an English word: groups of vowels, without a silent final e; at least one. */
export function syllables(codes: Uint32Array, start: number, end: number): number {
  let n = 0;
  let inside = false;
  for (let i = start; i < end; i++) {
    const vowel = vowelAt(codes[i]);
    if (vowel && !inside) n++;
    inside = vowel;
  }
  if (n > 1 && lowerOf(codes[end - 1]) === E && end - start > 2) {
    const before = lowerOf(codes[end - 2]);
    const le = before === L && !vowelAt(codes[end - 3]);
    if (!le && !vowelAt(before)) n--;
  }
  return Math.max(1, n);
}

/** Flesch–Kincaid grade, of texts whose letters are Latin by 80 %: 0.39 words/sentences + 11.8 syllables/words − 15.59. */
export const readingGrade = ofMain(
  {
    id: 'reading_grade',
    unit: 'grade',
    group: 'words',
    source: 'Kincaid et al. 1975',
    bad: 'high',
    applies: (p) => p.language === 'en' || p.language === 'mixed',
  },
  (text, s) => {
    if (text.count(LATIN) < 0.8 * text.count(LETTER)) return NaN;
    const { words, codes } = text;
    if (!words.count) return NaN;
    let total = 0;
    for (let id = 0; id < words.distinct; id++) {
      const w = words.first[id];
      total += words.frequency[id] * syllables(codes, words.starts[w], words.ends[w]);
    }
    return (0.39 * words.count) / Math.max(1, s.note(sentences).count) + (11.8 * total) / words.count - 15.59;
  },
);
