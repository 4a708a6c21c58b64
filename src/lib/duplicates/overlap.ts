import { CHARACTER, mixed, Units, type Likeness } from '$lib/text/units';

export interface OverlapSettings extends Likeness {
  /** Words of an n-gram; a shorter reference is one n-gram as a whole. */
  words: number;
  /** Characters of an n-gram where a reference is Chinese for the greater part. */
  chars: number;
  /** References of fewer words are not looked for: they stand everywhere. */
  leastWords: number;
  leastChars: number;
}

/**
 * 13 words, 8 at least, as GPT-3's decontamination (Brown et al. 2020, arXiv:2005.14165, appendix C: n is the reference's length, from
 * 8 to 13). A Chinese word has about 1.6 characters: 20 and 12.
 */
export const OVERLAP: OverlapSettings = {
  words: 13,
  chars: 20,
  leastWords: 8,
  leastChars: 12,
  case: true,
  width: true,
  punctuation: true,
  numbers: false,
};

/** From this share on PaLM's decontamination takes an example for leaked (Chowdhery et al. 2022, arXiv:2204.02311, section 8). */
export const LEAKED = 0.7;

/** An n-gram of more references than this is a set phrase and counts for none (GPT-3 leaves out those of more than ten documents). */
const COMMON = 100;

const FIRST = 0x9e3779b1;
const SECOND = 0x85ebca77;

export interface Overlap {
  /** Per text: the greatest share of a reference's n-grams that stand in it, 0–1; NaN where it has no text. */
  share: Float32Array<ArrayBuffer>;
  /** The reference of that share, of several the first; -1 where there is none. */
  match: Int32Array<ArrayBuffer>;
}

/**
 * Finds references (questions of a benchmark) inside texts of any length: near-duplicates compare whole texts, and a short question
 * in a long answer is like it in nothing. N-grams are known by 48 bits.
 */
export class OverlapIndex {
  readonly references: number;
  readonly #settings: OverlapSettings;
  readonly #units = new Units();
  #low = new Int32Array(0);
  #high = new Int32Array(0);
  /** Lengths of n-grams in use, ascending, and the multipliers' powers. */
  readonly #lengths: number[];
  readonly #powers: [number, number][];
  /** Open-addressing table of n-grams; -1 is empty. */
  readonly #keys: Float64Array;
  readonly #values: Uint32Array;
  /** References of n-gram g: `#of[#starts[g]…#starts[g + 1])`. */
  readonly #starts: Uint32Array;
  readonly #of: Uint32Array;
  /** N-grams of each reference that count. */
  readonly #total: Uint32Array;
  readonly #seen: Uint32Array;
  readonly #counts: Uint32Array;
  #stamp = 0;

  constructor(references: readonly (string | null)[], settings: OverlapSettings = OVERLAP) {
    this.references = references.length;
    this.#settings = settings;
    const sizes = new Set<number>();
    const grams: number[] = [];
    const of: number[] = [];
    references.forEach((text, reference) => {
      const n = this.#read(text) ? this.#sizeOf() : 0;
      if (n === 0) return;
      sizes.add(n);
      const own = new Set<number>();
      const power: [number, number] = [powerOf(FIRST, n), powerOf(SECOND, n)];
      for (let i = 0; i + n <= this.#units.count; i++) own.add(this.#gram(i, n, power));
      for (const gram of own) {
        grams.push(gram);
        of.push(reference);
      }
    });
    this.#lengths = [...sizes].sort((a, b) => a - b);
    this.#powers = this.#lengths.map((n) => [powerOf(FIRST, n), powerOf(SECOND, n)]);
    const order = Uint32Array.from(grams.keys()).sort((a, b) => grams[a] - grams[b] || of[a] - of[b]);
    let slots = 1024;
    while (slots < grams.length * 2) slots *= 2;
    this.#keys = new Float64Array(slots).fill(-1);
    this.#values = new Uint32Array(slots);
    this.#of = Uint32Array.from(order, (i) => of[i]);
    this.#total = new Uint32Array(references.length);
    const starts: number[] = [];
    for (let from = 0; from < order.length;) {
      let to = from + 1;
      while (to < order.length && grams[order[to]] === grams[order[from]]) to++;
      if (to - from <= COMMON) {
        this.#put(grams[order[from]], starts.length);
        for (let i = from; i < to; i++) this.#total[this.#of[i]]++;
      }
      starts.push(from);
      from = to;
    }
    this.#starts = Uint32Array.from([...starts, order.length]);
    this.#seen = new Uint32Array(starts.length);
    this.#counts = new Uint32Array(references.length);
  }

  /** What of the references stands in each text. Linear in the texts (times the lengths of n-grams, at most 20) and what is found. */
  find(texts: readonly (string | null)[]): Overlap {
    const share = new Float32Array(texts.length);
    const match = new Int32Array(texts.length).fill(-1);
    texts.forEach((text, row) => {
      if (!this.#read(text)) share[row] = NaN;
      else [share[row], match[row]] = this.#best();
    });
    return { share, match };
  }

  #best(): [number, number] {
    const counts = this.#counts;
    const touched: number[] = [];
    this.#stamp++;
    this.#lengths.forEach((n, l) => {
      for (let i = 0; i + n <= this.#units.count; i++) {
        const found = this.#get(this.#gram(i, n, this.#powers[l]));
        if (found < 0 || this.#seen[found] === this.#stamp) continue;
        this.#seen[found] = this.#stamp;
        for (let k = this.#starts[found]; k < this.#starts[found + 1]; k++)
          if (counts[this.#of[k]]++ === 0) touched.push(this.#of[k]);
      }
    });
    let best = 0;
    let at = -1;
    for (const reference of touched) {
      const value = counts[reference] / this.#total[reference];
      counts[reference] = 0;
      if (value < best || (value === best && reference > at)) continue;
      best = value;
      at = reference;
    }
    return [best, at];
  }

  /** Reads a text into units and their running hashes; false where it has none. */
  #read(text: string | null): boolean {
    if (!text) return false;
    const { count, low, high } = this.#units.read(text, this.#settings, true);
    if (this.#low.length <= count) {
      this.#low = new Int32Array(count * 2 + 1);
      this.#high = new Int32Array(count * 2 + 1);
    }
    for (let i = 0; i < count; i++) {
      this.#low[i + 1] = (Math.imul(this.#low[i], FIRST) + low[i]) | 0;
      this.#high[i + 1] = (Math.imul(this.#high[i], SECOND) + high[i]) | 0;
    }
    return count > 0;
  }

  /** Units of the n-grams of the reference at hand; 0 where it is too short. */
  #sizeOf(): number {
    const { words, chars, leastWords, leastChars } = this.#settings;
    const { count, kinds } = this.#units;
    let signs = 0;
    for (let i = 0; i < count; i++) if (kinds[i] === CHARACTER) signs++;
    const chinese = signs * 2 > count;
    return count < (chinese ? leastChars : leastWords) ? 0 : Math.min(count, chinese ? chars : words);
  }

  /** 48-bit hash of the n units from i on. */
  #gram(i: number, n: number, [low, high]: [number, number]): number {
    const a = mixed((this.#low[i + n] - Math.imul(this.#low[i], low) + n) | 0);
    const b = mixed((this.#high[i + n] - Math.imul(this.#high[i], high) - n) | 0);
    return (a >>> 0) * 0x10000 + (b & 0xffff);
  }

  #put(gram: number, value: number): void {
    const mask = this.#keys.length - 1;
    let slot = slotOf(gram, mask);
    while (this.#keys[slot] !== -1) slot = (slot + 1) & mask;
    this.#keys[slot] = gram;
    this.#values[slot] = value;
  }

  #get(gram: number): number {
    const mask = this.#keys.length - 1;
    for (let slot = slotOf(gram, mask); this.#keys[slot] !== -1; slot = (slot + 1) & mask)
      if (this.#keys[slot] === gram) return this.#values[slot];
    return -1;
  }
}

const slotOf = (gram: number, mask: number) => Math.floor(gram / 0x10000) & mask;

function powerOf(base: number, n: number): number {
  let power = 1;
  for (let i = 0; i < n; i++) power = Math.imul(power, base);
  return power;
}
