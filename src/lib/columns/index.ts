import { againstOverlap, againstSimilarity } from './against';
import { charRepetition } from './char-repetition';
import { controlCharacters } from './control-characters';
import { echo } from './echo';
import { emptyResponse } from './empty-response';
import { exactRank } from './exact-rank';
import { nearSimilarity } from './near-similarity';
import { semanticSimilarity } from './semantic-similarity';
import { cluster } from './cluster';
import { neighbourDisagreement } from './neighbour-disagreement';
import { outlierDistance } from './outlier-distance';
import { formatBroken } from './format-broken';
import { html } from './html';
import { languageMismatch } from './language-mismatch';
import { languageConfidence, promptLanguage, responseLanguage } from './languages';
import { lengthRatio } from './length-ratio';
import { chars, tokens, words } from './lengths';
import { distinct1, distinct2, lexicalDiversity } from './lexical-diversity';
import { lineRepetition, lineRepetitionChars } from './line-repetition';
import { bulletLines, ellipsisLines, endedLines, lineCount, newlineRatio, shortLines } from './line-rules';
import { mergedInstruction } from './merged-instruction';
import { missingAttachment } from './missing-attachment';
import { mojibake } from './mojibake';
import { duplicateGrams, topGrams } from './n-grams';
import { personal } from './personal';
import { placeholder, placeholderPrompt } from './placeholder';
import { alnum, digits, emoji, han, special, uppercase, whitespace } from './ratios';
import { readingGrade } from './reading-grade';
import { refusal } from './refusal';
import { roleOrder } from './role-order';
import { secret } from './secret';
import { sentenceCount, sentenceLength, unendedSentences } from './sentences';
import { smallTalk } from './small-talk';
import { brackets, symbolRatio, urlChars } from './symbols';
import { truncated } from './truncated';
import { turns } from './turns';
import type { Column } from './types';
import { flaggedWords, gopherStopWords, promptFlaggedWords, stopWords } from './word-lists';
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
  promptFlaggedWords,
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
  promptLanguage,
  responseLanguage,
  languageConfidence,
  languageMismatch,
  emptyResponse,
  placeholder,
  placeholderPrompt,
  mergedInstruction,
  truncated,
  refusal,
  smallTalk,
  echo,
  formatBroken,
  roleOrder,
  missingAttachment,
  controlCharacters,
  mojibake,
  html,
  secret,
  ...personal,
  exactRank,
  nearSimilarity,
  semanticSimilarity,
  againstSimilarity,
  againstOverlap,
  outlierDistance,
  neighbourDisagreement,
  cluster,
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
