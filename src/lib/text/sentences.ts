import { FLAGS, LETTER, NUMBER, PUNCTUATION, SPACE } from './unicode';

const END = new Set([...'.!?。！？…．｡‼⁇⁈⁉؟۔।'].map((c) => c.codePointAt(0)!));
const CLOSE = new Set([...`"'”’」』）)]】》〉*_\``].map((c) => c.codePointAt(0)!));
const DOT = 46;

/** Sentences of a text. */
export interface Sentences {
  count: number;
  /** Of these, the ones that a line's end cut off without an end mark. */
  unended: number;
}

/**
 * Sentences: stretches with a letter or digit, ended by an end mark (a full stop only before white space, a closing sign or the end,
 * so that 3.14 and e.g. `a.b` stay whole) or by a line's end.
 */
export function sentencesOf(codes: Uint32Array, classes: Uint8Array, length: number): Sentences {
  let count = 0;
  let unended = 0;
  let open = false;
  for (let i = 0; i < length; i++) {
    const code = codes[i];
    if (code === 10) {
      if (open) {
        count++;
        unended++;
        open = false;
      }
      continue;
    }
    const flags = FLAGS[classes[i]];
    if (flags & (LETTER | NUMBER)) {
      open = true;
      continue;
    }
    if (!open || !(flags & PUNCTUATION) || !END.has(code)) continue;
    if (
      code === DOT &&
      i + 1 < length &&
      !(FLAGS[classes[i + 1]] & SPACE) &&
      !CLOSE.has(codes[i + 1]) &&
      !END.has(codes[i + 1])
    )
      continue;
    count++;
    open = false;
  }
  if (open) {
    count++;
    unended++;
  }
  return { count, unended };
}

/** True where the text [from, to) ends with an end mark, closing signs after it allowed. */
export function endsSentence(codes: Uint32Array, from: number, to: number): boolean {
  let i = to - 1;
  while (i >= from && CLOSE.has(codes[i])) i--;
  return i >= from && END.has(codes[i]);
}
