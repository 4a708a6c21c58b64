/** Token counting: o200k_base unless another tokenizer is loaded; nothing is loaded until tokens are asked for. */

type Counter = (text: string) => number;
let counter: Counter | null = null;

/** Tokens of a text. `loadTokens` or `loadTokenizer` must have run. */
export function countTokens(text: string): number {
  if (!counter) throw new Error('No tokenizer is loaded: call loadColumns({ tokens: true }) or loadTokenizer first.');
  return text === '' ? 0 : counter(text);
}

/** Loads o200k_base (2 MB) unless a tokenizer is there. A special token in a text counts as one token, never as an error. */
export async function loadTokens(): Promise<void> {
  if (counter) return;
  const { countTokens: count } = await import('gpt-tokenizer/encoding/o200k_base');
  const options = { allowedSpecial: 'all' } as const;
  counter ??= (text) => count(text, options);
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
 * Tokens of a text, roughly and without a tokenizer, for what is shown first: 0.2 tokens a Latin letter, 0.7 a Han character,
 * one for a sign, a third for a digit.
 */
export function estimateTokens(text: string): number {
  let quarters = 0;
  for (let i = 0; i < text.length; i++) {
    const c = text.charCodeAt(i);
    if ((c >= 97 && c <= 122) || (c >= 65 && c <= 90)) quarters += 0.2;
    else if (c === 32) continue;
    else if (c >= 48 && c <= 57) quarters += 0.34;
    else if (c < 128) quarters += 0.8;
    else if (c >= 0x2e80) quarters += 0.72;
    else quarters += 0.5;
  }
  return Math.ceil(quarters);
}
