import { LOWER } from './unicode';

/** Hash of a word by its lower-cased code points (FNV-1a, 32 bits); the same in `Text` and here. */
export const HASH_SEED = 0x811c9dc5;
/** That hash with one more lower-cased code point. */
export function hashStep(hash: number, code: number): number {
  return Math.imul(hash ^ code, 0x01000193);
}

/** Word lists in one open hash table: a look-up costs no string. Each word carries the bits of the lists it is in. */
export class Lexicon {
  private readonly slots: Int32Array;
  private readonly mask: number;
  private readonly bits: Uint32Array;
  private readonly starts: Uint32Array;
  private readonly codes: Uint32Array;

  constructor(lists: { bit: number; words: Iterable<string> }[]) {
    const all = new Map<string, number>();
    for (const { bit, words } of lists)
      for (const word of words) {
        const key = word.toLowerCase();
        all.set(key, (all.get(key) ?? 0) | bit);
      }
    let size = 16;
    while (size < all.size * 4) size *= 2;
    this.mask = size - 1;
    this.slots = new Int32Array(size);
    this.bits = new Uint32Array(all.size + 1);
    this.starts = new Uint32Array(all.size + 2);
    const codes: number[] = [];
    let index = 1;
    for (const [word, bit] of all) {
      this.starts[index] = codes.length;
      this.bits[index] = bit;
      let hash = HASH_SEED;
      for (const char of word) {
        const code = char.codePointAt(0)!;
        codes.push(code);
        hash = hashStep(hash, code);
      }
      let slot = hash & this.mask;
      while (this.slots[slot]) slot = (slot + 1) & this.mask;
      this.slots[slot] = index++;
    }
    this.starts[index] = codes.length;
    this.codes = Uint32Array.from(codes);
  }

  /** Bits of the word `text[start, end)` (code points, any case) whose lower-cased hash is `hash`; 0 if in no list. */
  lookup(text: Uint32Array, start: number, end: number, hash: number): number {
    for (let slot = hash & this.mask; this.slots[slot]; slot = (slot + 1) & this.mask) {
      const index = this.slots[slot];
      const from = this.starts[index];
      if (this.starts[index + 1] - from !== end - start) continue;
      let i = start;
      while (i < end && this.codes[from + i - start] === lowerOf(text[i])) i++;
      if (i === end) return this.bits[index];
    }
    return 0;
  }
}

/** Lower case of a code point. Between the signs of CJK and Lisu, where most of Chinese stands, there is no case to look up. */
export function lowerOf(code: number): number {
  return code < 0x2e80 || (code >= 0xa640 && code < 0x10000) ? LOWER[code] : code;
}
