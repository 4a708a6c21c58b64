import type { Segmenter } from './segment';

/** Bits of the sieve: one look into half a megabyte that stays in the cache spares most looks into the table that would find nothing. */
const SIEVE = 22;

function hashOf(parent: number, code: number): number {
  const hash = Math.imul(parent, 0x9e3779b1) ^ Math.imul(code, 0x85ebca6b);
  return Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
}

/**
 * jieba's segmentation by dictionary (its `cut` without the hidden Markov model): of all ways to cut a run into words of the dictionary,
 * the one of greatest probability, the longer word on a tie; a character that begins no word stands alone.
 *
 * The dictionary is a trie in one hash table: a node's number is its slot, and a slot holds its parent, its character and the
 * logarithm of its word's probability, side by side so that a look-up touches one line of memory.
 */
export class Dictionary {
  private readonly mask: number;
  private readonly slots: Int32Array;
  private readonly weights: Float32Array;
  /** Slot of each first character; 0 where no word begins with it. */
  private readonly roots = new Int32Array(0x10000);
  private readonly sieve = new Uint32Array(1 << (SIEVE - 5));
  private readonly unknown: number;
  private score = new Float64Array(256);
  private next = new Int32Array(256);

  /** `words` in the form of lists/dictionary.ts, `total` the sum of all frequencies. */
  constructor(words: string, total: number, bits = 20) {
    const size = 1 << bits;
    this.mask = size - 1;
    const buffer = new ArrayBuffer(size * 12);
    this.slots = new Int32Array(buffer);
    this.weights = new Float32Array(buffer);
    const logTotal = Math.log(total);
    this.unknown = Math.fround(-logTotal);
    const path = new Int32Array(32);
    let filled = 0;
    for (let i = 0; i < words.length;) {
      let depth = words.charCodeAt(i++) - 97;
      let node = depth ? path[depth - 1] : 0;
      let code = words.charCodeAt(i);
      for (; code >= 0x2e80; code = words.charCodeAt(++i)) {
        node = this.insert(node, code);
        path[depth++] = node;
        if (++filled > size * 0.8) throw new Error('The dictionary is too large for its table.');
      }
      let frequency = 0;
      for (; code >= 48 && code < 58; code = words.charCodeAt(++i)) frequency = frequency * 10 + code - 48;
      this.weights[3 * node + 2] = Math.log(frequency || 3) - logTotal;
    }
  }

  private insert(parent: number, code: number): number {
    const { slots, mask } = this;
    const hash = hashOf(parent, code);
    const bit = hash >>> (32 - SIEVE);
    this.sieve[bit >>> 5] |= 1 << (bit & 31);
    let slot = (hash ^ (hash >>> 13)) & mask;
    while (slots[3 * slot + 1] || slot === 0) slot = (slot + 1) & mask;
    slots[3 * slot] = parent;
    slots[3 * slot + 1] = code;
    if (!parent) this.roots[code] = slot;
    return slot;
  }

  /** Cuts the runs of `codes` (see Segmenter). */
  readonly segment: Segmenter = (codes, runs, runCount, ends) => {
    const { slots, weights, mask, roots, sieve, unknown } = this;
    let count = 0;
    for (let r = 0; r < runCount; r++) {
      const start = runs[2 * r];
      const end = runs[2 * r + 1];
      const length = end - start;
      if (this.score.length <= length) {
        this.score = new Float64Array(2 * length);
        this.next = new Int32Array(2 * length);
      }
      const { score, next } = this;
      score[length] = 0;
      for (let i = length - 1; i >= 0; i--) {
        const first = codes[start + i];
        let node = first < 0x10000 ? roots[first] : 0;
        // A character alone is always a way, by its own weight if the dictionary has it.
        let best = (node && weights[3 * node + 2] ? weights[3 * node + 2] : unknown) + score[i + 1];
        let to = i + 1;
        for (let j = i + 1; node && j < length; j++) {
          const code = codes[start + j];
          const hash = hashOf(node, code);
          const bit = hash >>> (32 - SIEVE);
          if (!(sieve[bit >>> 5] & (1 << (bit & 31)))) break;
          let slot = (hash ^ (hash >>> 13)) & mask;
          let at = 3 * slot;
          while (slots[at + 1] && (slots[at + 1] !== code || slots[at] !== node)) {
            slot = (slot + 1) & mask;
            at = 3 * slot;
          }
          if (!slots[at + 1]) break;
          node = slot;
          const weight = weights[at + 2];
          if (weight && weight + score[j + 1] >= best) {
            best = weight + score[j + 1];
            to = j + 1;
          }
        }
        score[i] = best;
        next[i] = to;
      }
      for (let i = 0; i < length;) {
        i = next[i];
        ends[count++] = start + i;
      }
    }
    return count;
  };
}
