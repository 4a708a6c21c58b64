import { mixed } from '$lib/text/units';

/** Values of a signature. */
export const VALUES = 128;
const BIN_BITS = 7;
/** Bits of a value below the number of its round. */
const HASH_BITS = 24;

/**
 * MinHash signature of a set in one value a bin, by fast similarity sketching (Dahlgaard, Knudsen and Thorup, FOCS 2017,
 * arXiv:1704.04370): in each round every member falls into one bin and a bin keeps its least value; rounds go on until no bin is empty,
 * from the 128th on over all bins in turn. One-permutation hashing whose empty bins are filled by further hashes of the members and
 * not by copies of other bins: two sets agree in a bin with probability J, and small sets spread as little as with 128 hash
 * functions. Costs about 128 ln 128 + n hashes in place of 128 n.
 *
 * @param out 128 values, written over
 */
export function sketch(hashes: Uint32Array, from: number, to: number, seed: number, out: Uint32Array): void {
  out.fill(0xffffffff);
  let empty = VALUES;
  for (let round = 0; round < VALUES; round++) {
    const salt = mixed(seed + Math.imul(round, 0x9e3779b1));
    const high = (round << HASH_BITS) >>> 0;
    for (let i = from; i < to; i++) {
      const hash = mixed(hashes[i] ^ salt);
      const bin = hash >>> (32 - BIN_BITS);
      const value = high + (Math.imul(hash, 0x2c1b3c6d) >>> (32 - HASH_BITS));
      const before = out[bin];
      if (value < before) {
        if (before === 0xffffffff) empty--;
        out[bin] = value;
      }
    }
    if (empty === 0) return;
  }
  for (let bin = 0; bin < VALUES; bin++) {
    if (out[bin] !== 0xffffffff) continue;
    const salt = mixed(seed + Math.imul(VALUES + bin, 0x9e3779b1));
    let least = 0xffffffff;
    for (let i = from; i < to; i++) least = Math.min(least, mixed(hashes[i] ^ salt) >>> 1);
    out[bin] = least;
  }
}

/** How a signature is cut into bands: pairs that agree in all values of one band are candidates. */
export interface Banding {
  bands: number;
  rows: number;
}

/**
 * The longest bands (fewest false candidates) that still find a pair of that similarity with a probability of at least `recall`:
 * 1 - (1 - s^rows)^bands (Leskovec, Rajaraman and Ullman, Mining of Massive Datasets, 3.4).
 */
export function bandingFor(similarity: number, recall = 0.995): Banding {
  let best: Banding = { bands: VALUES, rows: 1 };
  for (let rows = 2; rows <= VALUES; rows++) {
    const bands = Math.floor(VALUES / rows);
    if (1 - (1 - similarity ** rows) ** bands < recall) break;
    best = { bands, rows };
  }
  return best;
}

/** Writes one 32-bit key a band to `keys` from `at` on. */
export function bandKeys(signature: Uint32Array, { bands, rows }: Banding, keys: Uint32Array, at: number): void {
  for (let band = 0, i = 0; band < bands; band++) {
    let hash = 0;
    for (let k = 0; k < rows; k++, i++) hash = mixed(Math.imul((hash << 5) ^ (hash >>> 27), 0x9e3779b1) ^ signature[i]);
    keys[at + band] = hash >>> 0;
  }
}
