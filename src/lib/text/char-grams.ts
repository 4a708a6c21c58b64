import type { Text } from './text';

let table = new Int32Array(1024);
let hashes = new Int32Array(512);
let places = new Int32Array(512);
let counts = new Int32Array(512);

function reserve(grams: number): number {
  let size = 256;
  while (size < grams * 2) size *= 2;
  if (table.length < size) table = new Int32Array(size);
  if (hashes.length < grams) {
    hashes = new Int32Array(grams * 2);
    places = new Int32Array(grams * 2);
    counts = new Int32Array(grams * 2);
  }
  return size;
}

/**
 * Share of the top-k character n-grams among all, k = min(⌊√distinct⌋, n-grams seen more than once), as Data-Juicer's
 * character_repetition_filter. A rolling hash finds candidates and every match is compared, so the result is exact;
 * time is linear in the text. 0 where the text is shorter than n.
 */
export function charRepetition(text: Text, n: number): number {
  const { codes, length } = text;
  const grams = length - n + 1;
  if (grams < 1) return 0;
  const size = reserve(grams);
  const mask = size - 1;
  table.fill(0, 0, size);
  let out = 1;
  for (let i = 1; i < n; i++) out = Math.imul(out, 0x01000193);
  let hash = 0;
  for (let i = 0; i < n - 1; i++) hash = (Math.imul(hash, 0x01000193) + codes[i]) | 0;
  let distinct = 0;
  let repeated = 0;
  for (let i = 0; i < grams; i++) {
    hash = (Math.imul(hash, 0x01000193) + codes[i + n - 1]) | 0;
    const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    let slot = (mixed ^ (mixed >>> 13)) & mask;
    for (; ; slot = (slot + 1) & mask) {
      const g = table[slot] - 1;
      if (g < 0) {
        table[slot] = distinct + 1;
        hashes[distinct] = hash;
        places[distinct] = i;
        counts[distinct++] = 1;
        break;
      }
      if (hashes[g] !== hash) continue;
      const from = places[g];
      let k = 0;
      while (k < n && codes[from + k] === codes[i + k]) k++;
      if (k === n) {
        if (counts[g]++ === 1) repeated++;
        break;
      }
    }
    hash = (hash - Math.imul(out, codes[i])) | 0;
  }
  if (!repeated) return 0;
  const often = new Int32Array(repeated);
  for (let g = 0, k = 0; g < distinct; g++) if (counts[g] > 1) often[k++] = counts[g];
  often.sort();
  const top = Math.min(Math.floor(Math.sqrt(distinct)), repeated);
  let sum = 0;
  for (let k = repeated - top; k < repeated; k++) sum += often[k];
  return sum / grams;
}
