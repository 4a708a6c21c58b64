const BITS = 11;
const SIZE = 1 << BITS;

/**
 * Indices of the keys in ascending order: least significant digit first, three passes.
 * @param before the order of equal keys, written over; default: by index
 */
export function sortedOrder(keys: Uint32Array, before?: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> {
  const n = keys.length;
  let from = before ?? new Uint32Array(n).map((_, i) => i);
  let to = new Uint32Array(n);
  const counts = new Uint32Array(3 * SIZE);
  for (let i = 0; i < n; i++) {
    const key = keys[i];
    counts[key & (SIZE - 1)]++;
    counts[SIZE + ((key >>> BITS) & (SIZE - 1))]++;
    counts[2 * SIZE + (key >>> (2 * BITS))]++;
  }
  for (let pass = 0; pass < 3; pass++) {
    let sum = 0;
    for (let k = pass * SIZE; k < (pass + 1) * SIZE; k++) {
      const count = counts[k];
      counts[k] = sum;
      sum += count;
    }
    const shift = pass * BITS;
    for (let i = 0; i < n; i++) {
      const place = from[i];
      to[counts[pass * SIZE + ((keys[place] >>> shift) & (SIZE - 1))]++] = place;
    }
    [from, to] = [to, from];
  }
  return from;
}
