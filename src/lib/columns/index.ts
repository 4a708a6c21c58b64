import { charRepetition } from './char-repetition';
import { emptyResponse } from './empty-response';
import { exactRank } from './exact-rank';
import { lengthRatio } from './length-ratio';
import { chars, tokens, words } from './lengths';
import { distinct1, distinct2, lexicalDiversity } from './lexical-diversity';
import { lineRepetition, lineRepetitionChars } from './line-repetition';
import { bulletLines, ellipsisLines, endedLines, lineCount, newlineRatio, shortLines } from './line-rules';
import { duplicateGrams, topGrams } from './n-grams';
import { alnum, digits, emoji, han, special, uppercase, whitespace } from './ratios';
import { readingGrade } from './reading-grade';
import { sentenceCount, sentenceLength, unendedSentences } from './sentences';
import { brackets, symbolRatio, urlChars } from './symbols';
import { turns } from './turns';
import type { Column } from './types';
import { flaggedWords, gopherStopWords, stopWords } from './word-lists';
import { wordRepetition } from './word-repetition';
import { longestWord, meanWordLength, wordsWithLetter } from './word-shape';

export { scoreColumn } from './score';

/** Every column, in the order they are shown. */
export const columns: readonly Column[] = [
  ...chars,
  ...words,
  ...tokens,
  turns,
  lengthRatio,
  alnum,
  special,
  digits,
  whitespace,
  uppercase,
  emoji,
  han,
  symbolRatio,
  brackets,
  urlChars,
  charRepetition,
  wordRepetition,
  lineRepetition,
  lineRepetitionChars,
  ...topGrams,
  ...duplicateGrams,
  stopWords,
  gopherStopWords,
  flaggedWords,
  meanWordLength,
  longestWord,
  wordsWithLetter,
  readingGrade,
  lexicalDiversity,
  distinct1,
  distinct2,
  lineCount,
  bulletLines,
  ellipsisLines,
  endedLines,
  shortLines,
  newlineRatio,
  sentenceCount,
  sentenceLength,
  unendedSentences,
  emptyResponse,
  exactRank,
];

const byId = new Map(columns.map((column) => [column.id, column]));

/** The column of that id; `field:NAME` columns are made by `scoreColumn`. */
export function columnById(id: string): Column | undefined {
  return byId.get(id);
}

/** Measured at once. */
export const cheapColumns = columns.filter((c) => c.cost === 'cheap');
/** Measured later; an estimate stands in until then. */
export const tokenColumns = columns.filter((c) => c.cost === 'tokens');
/** 0/1 columns that are findings. */
export const findingColumns = columns.filter((c) => c.severity !== undefined);
