import { canonicalJson } from './json';
import type { Batch } from './types';

/** XXH64 of bytes (`$lib/text/hash`'s `Hash` is one). */
export interface Hasher {
  hash64(bytes: Uint8Array, seed?: bigint): bigint;
}

/** Per row: the xxHash64 of its canonical JSON as it came. */
export function recordHashes(batch: Batch, hasher: Hasher): BigUint64Array {
  const hashes = new BigUint64Array(batch.rows);
  for (let row = 0; row < batch.rows; row++) hashes[row] = hasher.hash64(canonicalJson(batch, row));
  return hashes;
}

/** Counts how often each hash was seen, in 12 bytes per slot (a Map of BigInts takes ten times that). */
export class Occurrences {
  #words: Uint32Array;
  #counts: Uint32Array;
  #used = 0;
  #mask: number;

  constructor(expected = 1024) {
    let slots = 1024;
    while (slots < expected * 2) slots *= 2;
    this.#words = new Uint32Array(slots * 2);
    this.#counts = new Uint32Array(slots);
    this.#mask = slots - 1;
  }

  /** How often this hash was added before. */
  add(hash: bigint): number {
    return this.#add(Number(hash & 0xffffffffn), Number(hash >> 32n));
  }

  /** `add` for each in order. */
  addAll(hashes: BigUint64Array): Uint32Array {
    const words = new Uint32Array(hashes.buffer, hashes.byteOffset, hashes.length * 2);
    const out = new Uint32Array(hashes.length);
    // Both ways in must agree on which word is the low one, whatever the machine's byte order.
    const low = new Uint32Array(BigUint64Array.of(1n).buffer)[0] === 1 ? 0 : 1;
    for (let i = 0; i < hashes.length; i++) out[i] = this.#add(words[2 * i + low], words[2 * i + 1 - low]);
    return out;
  }

  #add(low: number, high: number): number {
    if (this.#used * 2 > this.#mask) this.#grow();
    const words = this.#words;
    let slot = (low ^ Math.imul(high, 0x9e3779b1)) & this.#mask;
    while (this.#counts[slot] !== 0) {
      if (words[2 * slot] === low && words[2 * slot + 1] === high) return this.#counts[slot]++;
      slot = (slot + 1) & this.#mask;
    }
    words[2 * slot] = low;
    words[2 * slot + 1] = high;
    this.#counts[slot] = 1;
    this.#used++;
    return 0;
  }

  #grow(): void {
    const words = this.#words;
    const counts = this.#counts;
    const slots = counts.length * 2;
    this.#words = new Uint32Array(slots * 2);
    this.#counts = new Uint32Array(slots);
    this.#mask = slots - 1;
    for (let i = 0; i < counts.length; i++) {
      if (counts[i] === 0) continue;
      let slot = (words[2 * i] ^ Math.imul(words[2 * i + 1], 0x9e3779b1)) & this.#mask;
      while (this.#counts[slot] !== 0) slot = (slot + 1) & this.#mask;
      this.#words[2 * slot] = words[2 * i];
      this.#words[2 * slot + 1] = words[2 * i + 1];
      this.#counts[slot] = counts[i];
    }
  }
}

/** Per hash: how often it occurred before it in the list. */
export function occurrences(hashes: BigUint64Array): Uint32Array {
  return new Occurrences(hashes.length).addAll(hashes);
}

/** The record's key: 16 hexadecimal digits, `-`, the occurrence. */
export function keyText(hash: bigint, occurrence: number): string {
  return `${hash.toString(16).padStart(16, '0')}-${occurrence}`;
}
