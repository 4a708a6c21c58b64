import { CHARACTER, mixed, Units, type Likeness } from './units';

export interface ShingleSettings extends Likeness {
  /** Words of a shingle outside Han and kana. */
  words: number;
  /** Characters of a shingle in Han and kana. */
  chars: number;
}

/**
 * Pairs of words, triples of characters. Prompts are short: published tools take 5 words for web pages (Data-Juicer, datatrove), but
 * one word changed among 12 then leaves a Jaccard similarity of 0.23, with pairs 0.69. A Chinese word has 1.5 to 2 characters, so
 * three of them say about as much as two words; Chinese fine-tuning recipes take 3 or 4.
 */
export const SHINGLES: ShingleSettings = {
  words: 2,
  chars: 3,
  case: true,
  width: true,
  punctuation: true,
  numbers: false,
};

/**
 * Shingle sets of several texts. Shingles of row i are `[offsets[i], offsets[i + 1])`, distinct and ascending by `hashes`, then
 * `checks`. A shingle is known by both together, 48 bits: two different ones in two texts of 500 shingles each are taken for one with
 * a probability below 1e-9.
 */
export interface ShingleSets {
  /** rows + 1 entries. */
  offsets: Uint32Array<ArrayBuffer>;
  hashes: Uint32Array<ArrayBuffer>;
  checks: Uint16Array<ArrayBuffer>;
}

/** Shingles for which room is kept from one text to the next. */
const LARGE = 1 << 18;

const units = new Units();
/** 48-bit shingles of the text at hand: whole numbers below 2^48, which a double holds. */
let found = new Float64Array(1024);

/**
 * Shingles of each text over its units (see Units): a Chinese text is its characters, Latin letters and digits among them included;
 * an English one its words; in one that has a little Chinese among English, Chinese characters stand among the words. From every unit
 * on, the next `chars` units make one shingle where it is a character, the next `words` where it is a word. What is left at the end and
 * in no shingle yet is one of its own; so **a text shorter than n is one whole shingle**. A text without any unit (null, empty, white
 * space) has none. Linear in the text but for sorting.
 */
export function shingleSets(texts: readonly (string | null)[], settings: ShingleSettings): ShingleSets {
  const offsets = new Uint32Array(texts.length + 1);
  let hashes = new Uint32Array(texts.length * 32);
  let checks = new Uint16Array(hashes.length);
  let end = 0;
  for (let row = 0; row < texts.length; row++) {
    const text = texts[row];
    if (text) {
      const count = distinct(shinglesOf(units.read(text, settings), settings));
      if (end + count > hashes.length) {
        const size = Math.max(end + count, Math.ceil(hashes.length * 1.5));
        hashes = grown(hashes, new Uint32Array(size));
        checks = grown(checks, new Uint16Array(size));
      }
      for (let k = 0; k < count; k++, end++) {
        const shingle = found[k];
        const hash = Math.floor(shingle / 0x10000);
        hashes[end] = hash;
        checks[end] = shingle - hash * 0x10000;
      }
    }
    offsets[row + 1] = end;
  }
  return { offsets, hashes: hashes.slice(0, end), checks: checks.slice(0, end) };
}

function grown<T extends Uint32Array | Uint16Array>(from: T, into: T): T {
  into.set(from);
  return into;
}

/** Puts the shingles of the units into `found`, in their order; returns how many. */
function shinglesOf({ count, low, high, kinds }: Units, { words, chars }: ShingleSettings): number {
  if (found.length < count || (found.length > LARGE && count * 8 < found.length))
    found = new Float64Array(Math.max(count, Math.min(2 * count, LARGE), 1024));
  const out = found;
  let made = 0;
  let covered = 0;
  for (let i = 0; i < count; i++) {
    let end = i + (kinds[i] === CHARACTER ? chars : words);
    if (end > count) {
      if (covered === count) continue;
      end = count;
    }
    if (end > covered) covered = end;
    let a = low[i];
    let b = high[i];
    for (let k = i + 1; k < end; k++) {
      a = mixed(Math.imul((a << 7) ^ (a >>> 25), 0x9e3779b1) ^ low[k]);
      b = mixed(Math.imul((b << 11) ^ (b >>> 21), 0x85ebca77) ^ high[k]);
    }
    out[made++] = (a >>> 0) * 0x10000 + (b & 0xffff);
  }
  return made;
}

/** Sorts the first n of `found` and drops repetitions; returns how many are left. */
function distinct(n: number): number {
  const all = found;
  if (n > 48) all.subarray(0, n).sort();
  else
    for (let i = 1; i < n; i++) {
      const value = all[i];
      let k = i - 1;
      for (; k >= 0 && all[k] > value; k--) all[k + 1] = all[k];
      all[k + 1] = value;
    }
  let kept = n === 0 ? 0 : 1;
  for (let i = 1; i < n; i++) if (all[i] !== all[kept - 1]) all[kept++] = all[i];
  return kept;
}

/** Sets of several batches as one, rows in order. */
export function joinShingles(parts: readonly ShingleSets[]): ShingleSets {
  let rows = 0;
  let total = 0;
  for (const { offsets, hashes } of parts) {
    rows += offsets.length - 1;
    total += hashes.length;
  }
  const joined: ShingleSets = {
    offsets: new Uint32Array(rows + 1),
    hashes: new Uint32Array(total),
    checks: new Uint16Array(total),
  };
  let row = 0;
  let end = 0;
  for (const { offsets, hashes, checks } of parts) {
    for (let i = 1; i < offsets.length; i++) joined.offsets[++row] = end + offsets[i];
    joined.hashes.set(hashes, end);
    joined.checks.set(checks, end);
    end += hashes.length;
  }
  return joined;
}

/** The buffers of sets, for `postMessage`'s transfer list. */
export function shingleBuffers({ offsets, hashes, checks }: ShingleSets): ArrayBuffer[] {
  return [offsets.buffer, hashes.buffer, checks.buffer];
}

/** Exact Jaccard similarity of rows a and b: shared shingles by all of both; NaN where neither has any. */
export function jaccard(sets: ShingleSets, a: number, b: number): number {
  const shared = sharedShingles(sets, a, b, 0);
  const { offsets } = sets;
  return shared / (offsets[a + 1] - offsets[a] + offsets[b + 1] - offsets[b] - shared);
}

/** How many shingles rows a and b share; -1 as soon as it is certain that they are fewer than `least`. */
export function sharedShingles({ offsets, hashes, checks }: ShingleSets, a: number, b: number, least: number): number {
  let i = offsets[a];
  let k = offsets[b];
  const endA = offsets[a + 1];
  const endB = offsets[b + 1];
  let spareA = endA - i - least;
  let spareB = endB - k - least;
  let shared = 0;
  while (i < endA && k < endB) {
    const x = hashes[i];
    const y = hashes[k];
    if (x < y || (x === y && checks[i] < checks[k])) {
      i++;
      if (--spareA < 0) return -1;
    } else if (x > y || checks[i] !== checks[k]) {
      k++;
      if (--spareB < 0) return -1;
    } else {
      shared++;
      i++;
      k++;
    }
  }
  return shared < least ? -1 : shared;
}
