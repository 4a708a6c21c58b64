import type { Text } from './text';

let seen = new Uint8Array(8192);
let rolled = new Int32Array(512);
let table = new Int32Array(512);
let places = new Int32Array(256);
let counts = new Int32Array(256);

function powerAbove(least: number): number {
  let size = 512;
  while (size < least) size *= 2;
  return size;
}

/** Hash of every n-gram into `rolled`, and into `seen` how many (2: or more) fell on each slot; returns the slots' mask. */
function rollAll(codes: Uint32Array, n: number, grams: number): number {
  const size = powerAbove(grams * 16);
  if (seen.length < size) seen = new Uint8Array(size);
  if (rolled.length < grams) rolled = new Int32Array(grams * 2);
  seen.fill(0, 0, size);
  // The loops read constants: a variable of the module is loaded and checked at every use.
  const slots = seen;
  const into = rolled;
  let out = 1;
  for (let i = 1; i < n; i++) out = Math.imul(out, 0x01000193);
  let hash = 0;
  for (let i = 0; i < n - 1; i++) hash = (Math.imul(hash, 0x01000193) + codes[i]) | 0;
  for (let i = 0; i < grams; i++) {
    hash = (Math.imul(hash, 0x01000193) + codes[i + n - 1]) | 0;
    let mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    mixed ^= mixed >>> 13;
    into[i] = mixed;
    const slot = mixed & (size - 1);
    // 0, 1, 2, 2, … without a branch, which would be mispredicted.
    slots[slot] = (slots[slot] + 3) >> 1;
    hash = (hash - Math.imul(out, codes[i])) | 0;
  }
  return size - 1;
}

/** Puts the n-grams that share a slot in front of `rolled`, their places beside them; returns how many. */
function gather(grams: number, mask: number): number {
  if (places.length < grams) {
    places = new Int32Array(grams * 2);
    counts = new Int32Array(grams * 2);
  }
  const slots = seen;
  const hashes = rolled;
  const at = places;
  let found = 0;
  for (let i = 0; i < grams; i++) {
    const hash = hashes[i];
    hashes[found] = hash;
    at[found] = i;
    found += slots[hash & mask] >> 1;
  }
  return found;
}

/**
 * Share of the top-k character n-grams among all, k = min(⌊√distinct⌋, n-grams seen more than once), as Data-Juicer's
 * character_repetition_filter. Most n-grams stand once and have a slot for themselves; the others are counted in a table where every
 * match is compared, so the result is exact. Linear in the text; 0 where it is shorter than n.
 */
export function charRepetition(text: Text, n: number): number {
  const { codes, length } = text;
  const grams = length - n + 1;
  if (grams < 1) return 0;
  const found = gather(grams, rollAll(codes, n, grams));
  const size = powerAbove(found * 2);
  if (table.length < size) table = new Int32Array(size);
  table.fill(0, 0, size);
  const slots = table;
  const hashes = rolled;
  const firsts = places;
  const often = counts;
  let distinct = 0;
  let repeated = 0;
  for (let f = 0; f < found; f++) {
    const hash = hashes[f];
    const place = firsts[f];
    // Higher bits: those that share a slot agree in the lower ones.
    let slot = (hash >>> 12) & (size - 1);
    for (; ; slot = (slot + 1) & (size - 1)) {
      const g = slots[slot] - 1;
      if (g < 0) {
        slots[slot] = distinct + 1;
        hashes[distinct] = hash;
        firsts[distinct] = place;
        often[distinct++] = 1;
        break;
      }
      if (hashes[g] !== hash) continue;
      const from = firsts[g];
      let k = 0;
      while (k < n && codes[from + k] === codes[place + k]) k++;
      if (k === n) {
        if (often[g]++ === 1) repeated++;
        break;
      }
    }
  }
  if (!repeated) return 0;
  const again = new Int32Array(repeated);
  for (let g = 0, k = 0; g < distinct; g++) if (often[g] > 1) again[k++] = often[g];
  again.sort();
  const top = Math.min(Math.floor(Math.sqrt(grams - found + distinct)), repeated);
  let sum = 0;
  for (let k = repeated - top; k < repeated; k++) sum += again[k];
  return sum / grams;
}
