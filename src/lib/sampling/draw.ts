/**
 * Draws: the project's only source of chance. A draw is MurmurHash3 (x86, 32 bits; Appleby, public domain) of the twelve
 * bytes low word, high word, occurrence (little-endian) of a record's key, seeded by the recipe's seed and the step's kind.
 */

function rotate(x: number, by: number): number {
  return (x << by) | (x >>> (32 - by));
}

function stir(hash: number, word: number): number {
  const k = Math.imul(rotate(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593);
  return (Math.imul(rotate(hash ^ k, 13), 5) + 0xe6546b64) | 0;
}

function finish(hash: number, length: number): number {
  let h = hash ^ length;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** MurmurHash3 x86 32 of bytes; an unsigned 32-bit number. */
export function murmur3(bytes: Uint8Array, seed = 0): number {
  const whole = bytes.length & ~3;
  let hash = seed | 0;
  for (let i = 0; i < whole; i += 4)
    hash = stir(hash, bytes[i] | (bytes[i + 1] << 8) | (bytes[i + 2] << 16) | (bytes[i + 3] << 24));
  let tail = 0;
  for (let i = bytes.length - 1; i >= whole; i--) tail = (tail << 8) | bytes[i];
  if (bytes.length > whole) hash ^= Math.imul(rotate(Math.imul(tail, 0xcc9e2d51), 15), 0x1b873593);
  return finish(hash, bytes.length);
}

/** The hash seed of a recipe's draws for one kind of step: draws of different kinds are independent. */
export function drawSeed(seed: number, kind: string): number {
  return murmur3(new TextEncoder().encode(`${seed}/${kind}`));
}

/** One draw from a key's two words and its occurrence number; an unsigned 32-bit number. */
export function draw(seed: number, low: number, high: number, occurrence: number): number {
  return finish(stir(stir(stir(seed | 0, low), high), occurrence), 12);
}

/** Draws of many 64-bit keys; `occurrences` absent means 0 throughout. */
export function draws(keys: BigUint64Array, occurrences: Uint32Array | null, seed: number): Uint32Array {
  const words = new Uint32Array(keys.buffer, keys.byteOffset, keys.length * 2);
  const out = new Uint32Array(keys.length);
  for (let i = 0; i < out.length; i++)
    out[i] = draw(seed, words[2 * i], words[2 * i + 1], occurrences === null ? 0 : occurrences[i]);
  return out;
}

/** Places in ascending order of their draws, equal draws by place (a stable radix sort, two passes of 16 bits). */
export function drawOrder(values: Uint32Array): Uint32Array {
  const rows = values.length;
  let from = new Uint32Array(rows);
  let to = new Uint32Array(rows);
  for (let i = 0; i < rows; i++) from[i] = i;
  const starts = new Uint32Array(65537);
  for (let shift = 0; shift < 32; shift += 16) {
    starts.fill(0);
    for (let i = 0; i < rows; i++) starts[((values[i] >>> shift) & 0xffff) + 1]++;
    for (let d = 0; d < 65536; d++) starts[d + 1] += starts[d];
    for (let i = 0; i < rows; i++) to[starts[(values[from[i]] >>> shift) & 0xffff]++] = from[i];
    [from, to] = [to, from];
  }
  return from;
}
