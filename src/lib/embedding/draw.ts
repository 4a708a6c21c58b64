/** 32 bits drawn by the seed and two numbers: the same numbers, the same bits, whatever else is drawn. */
export function bits32(seed: number, a: number, b: number): number {
  let hash = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b);
  for (const value of [a, b]) {
    hash ^= Math.imul(value + 0x7f4a7c15, 0xcc9e2d51);
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return hash >>> 0;
}

/** A number in [0, 1) of 53 bits drawn by the seed and each key. */
export function drawKeys(keys: BigUint64Array, seed: number): Float64Array {
  const words = new Uint32Array(keys.buffer, keys.byteOffset, keys.length * 2);
  const draws = new Float64Array(keys.length);
  for (let i = 0; i < draws.length; i++) {
    const high = bits32(seed, words[2 * i], words[2 * i + 1]);
    const low = bits32(high, words[2 * i + 1], words[2 * i]);
    draws[i] = (high * 0x200000 + (low >>> 11)) / 0x20000000000000;
  }
  return draws;
}

/**
 * At most `size` rows, each key once (its first row), those with the smallest draws, in the order of the draws: the same
 * records in the same order, however the rows stand.
 */
export function sampleRows(keys: BigUint64Array, size: number, seed: number): Uint32Array {
  const draws = drawKeys(keys, seed);
  const sorted = draws.slice().sort();
  let distinct = 0;
  let last = -1;
  for (const draw of sorted) {
    if (draw === last) continue;
    if (distinct === size) break;
    distinct++;
    last = draw;
  }
  const rows: number[] = [];
  for (let i = 0; i < draws.length; i++) if (draws[i] <= last) rows.push(i);
  rows.sort((i, j) => draws[i] - draws[j] || i - j);
  return Uint32Array.from(rows.filter((row, i) => i === 0 || draws[row] !== draws[rows[i - 1]]));
}
