/** Token counting: o200k_base unless another tokenizer is loaded; nothing is loaded until tokens are asked for. */
import { O200K_TOKEN_SPLIT_REGEX } from 'gpt-tokenizer/encodingParams/constants';
import { PairCounter } from './byte-pairs';
import { vocabularyOf, type Vocabulary } from './vocabulary';

type Counter = (text: string) => number;
let counter: Counter | null = null;

/** Tokens of a text. `loadTokens` or `loadTokenizer` must have run. */
export function countTokens(text: string): number {
  if (!counter) throw new Error('No tokenizer is loaded: call loadColumns({ tokens: true }) or loadTokenizer first.');
  return text === '' ? 0 : counter(text);
}

/** The special tokens of o200k_base: each is one, wherever it stands. */
const SPECIAL = /<\|(?:endoftext|endofprompt)\|>/g;

/** Loads o200k_base from gpt-tokenizer's table (2 MB) unless a tokenizer is there. A special token in a text counts as one token, never as an error. */
export async function loadTokens(): Promise<void> {
  if (!counter) useVocabulary(await loadVocabulary());
}

/** The vocabulary of o200k_base; in memory that threads share where asked for. */
export async function loadVocabulary(shared = false): Promise<Vocabulary> {
  const { default: ranks } = await import('gpt-tokenizer/bpeRanks/o200k_base');
  return vocabularyOf(ranks, shared);
}

/** Counts with this vocabulary of o200k_base from now on, unless a tokenizer is there. */
export function useVocabulary(vocabulary: Vocabulary): void {
  const pairs = new PairCounter(vocabulary, O200K_TOKEN_SPLIT_REGEX);
  counter ??= (text) => {
    if (!text.includes('<|endof')) return pairs.count(text);
    let tokens = 0;
    let from = 0;
    for (const match of text.matchAll(SPECIAL)) {
      tokens += pairs.count(text.slice(from, match.index)) + 1;
      from = match.index + match[0].length;
    }
    return tokens + pairs.count(text.slice(from));
  };
}

/** Uses a Hugging Face tokenizer (the parsed tokenizer.json and tokenizer_config.json) for all token columns; null goes back to o200k. */
export async function loadTokenizer(json: object | null, config: object = {}): Promise<void> {
  if (!json) {
    counter = null;
    return loadTokens();
  }
  const { Tokenizer } = await import('@huggingface/tokenizers');
  const tokenizer = new Tokenizer(json, config);
  counter = (text) => tokenizer.encode(text, { add_special_tokens: false }).ids.length;
}

/**
 * Tokens of a text, roughly and without a tokenizer, for what is shown first: a fifth of a token for a Latin letter, four
 * fifths for a Han character or a sign, a third for a digit (fitted to Alpaca in English and Chinese).
 */
export function estimateTokens(text: string): number {
  let tokens = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if ((c >= 97 && c <= 122) || (c >= 65 && c <= 90)) tokens += 0.212;
    else if (c === 32) continue;
    else if (c >= 48 && c <= 57) tokens += 0.36;
    else if (c < 128) tokens += 0.84;
    else if (c >= 0x2e80) tokens += 0.785;
    else tokens += 0.5;
  }
  return Math.ceil(tokens);
}
