/** What languages a tokenizer's vocabulary can write. */
import type { ModelLanguage } from './types';

/** As much of tokenizer.json as is read. */
interface TokenizerFile {
  model?: { vocab?: Record<string, number> | [string, number][] };
}

const HAN = /^[▁#Ġ]*\p{Script=Han}+$/u;
const LATIN = /^[▁#Ġ]*\p{Script=Latin}{2,}$/u;
const OTHER =
  /^[▁#Ġ]*[\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hangul}\p{Script=Devanagari}\p{Script=Thai}\p{Script=Hebrew}\p{Script=Greek}]{2,}$/u;

export interface ScriptShares {
  han: number;
  latin: number;
  /** Cyrillic, Arabic, Hangul, Devanagari, Thai, Hebrew, Greek. */
  other: number;
}

/** Shares of a vocabulary's pieces by script (tokenizer.json of WordPiece, BPE or Unigram); null where it holds none. */
export function scriptShares(tokenizer: unknown): ScriptShares | null {
  const vocab = (tokenizer as TokenizerFile | null)?.model?.vocab;
  if (!vocab || typeof vocab !== 'object') return null;
  const pieces = Array.isArray(vocab) ? vocab.map(([piece]) => piece) : Object.keys(vocab);
  if (!pieces.length) return null;
  const share = (script: RegExp) => pieces.filter((piece) => script.test(piece)).length / pieces.length;
  return { han: share(HAN), latin: share(LATIN), other: share(OTHER) };
}

/**
 * Languages by the vocabulary: Chinese from 5 % Han pieces on (bert-base-uncased, English, has 1 %), English from 10 % Latin ones,
 * multilingual from 10 % of other scripts.
 */
export function vocabularyLanguages(shares: ScriptShares): ModelLanguage[] {
  if (shares.other >= 0.1) return ['multilingual'];
  const languages: ModelLanguage[] = [];
  if (shares.han >= 0.05) languages.push('zh');
  if (shares.latin >= 0.1) languages.push('en');
  return languages;
}
