/** Texts of like length go together: a batch is padded to its longest, and padding costs as much as text. */

/** Rows of a batch at most; more bring nothing on two to eight threads. */
export const LARGEST = 32;
/** Rows of a batch at least, as long as there are so many. */
export const SMALLEST = 8;
/** Tokens of a batch, padding included: what keeps a batch of the longest texts within memory. */
export const TOKENS = 4096;

/**
 * Tokens of a text, guessed without its tokenizer: a Han or kana character is about one, four other characters are about one, and two
 * mark the ends. Only the order matters.
 */
export function estimateTokens(text: string): number {
  let wide = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0x2e80 && code <= 0xffef) wide++;
  }
  return 2 + wide + Math.ceil((text.length - wide) / 4);
}

/**
 * Batches of places, each of 8 to 32 texts and at most 4096 padded tokens (never fewer than 8 texts for that), longest first: what
 * will not fit in memory fails at once, and the time left is overestimated, not underestimated. Equal lengths stay in order.
 * @param lengths tokens of each text, `maxTokens` at most
 */
export function batches(lengths: ArrayLike<number>): Uint32Array[] {
  const order = Uint32Array.from({ length: lengths.length }, (_, place) => place);
  order.sort((a, b) => lengths[b] - lengths[a] || a - b);
  const all: Uint32Array[] = [];
  for (let at = 0; at < order.length;) {
    const room = Math.floor(TOKENS / Math.max(1, lengths[order[at]]));
    const rows = Math.min(LARGEST, Math.max(SMALLEST, room));
    all.push(order.slice(at, at + rows));
    at += rows;
  }
  return all;
}
