const BITS = 11;
const SIZE = 1 << BITS;

/**
 * Items in ascending order of their values, equal ones in the order given (minus zero before zero): least significant digit first over the float32's bits.
 * @param items one a value; reordered in place.
 * @param values finite or infinite, no NaN; reordered in place with `items`.
 */
export function sortByValue(items: Int32Array<ArrayBuffer>, values: Float32Array<ArrayBuffer>): void {
  const n = values.length;
  let keys = new Uint32Array(values.buffer, values.byteOffset, n);
  let other = new Uint32Array(n);
  let from = items;
  let to = new Int32Array(n);
  const counts = new Uint32Array(3 * SIZE);
  for (let i = 0; i < n; i++) {
    // Negative numbers turned over, positive ones above them: the order of unsigned integers is then that of the floats.
    const bits = keys[i];
    const key = (bits ^ (bits >>> 31 ? 0xffffffff : 0x80000000)) >>> 0;
    keys[i] = key;
    counts[key & (SIZE - 1)]++;
    counts[SIZE + ((key >>> BITS) & (SIZE - 1))]++;
    counts[2 * SIZE + (key >>> (2 * BITS))]++;
  }
  for (let pass = 0; pass < 3; pass++) {
    const start = pass * SIZE;
    for (let k = start, sum = 0; k < start + SIZE; k++) {
      const count = counts[k];
      counts[k] = sum;
      sum += count;
    }
    const shift = pass * BITS;
    for (let i = 0; i < n; i++) {
      const at = counts[start + ((keys[i] >>> shift) & (SIZE - 1))]++;
      other[at] = keys[i];
      to[at] = from[i];
    }
    [keys, other] = [other, keys];
    [from, to] = [to, from];
  }
  // Three passes: what is sorted lies in the arrays made here.
  items.set(from);
  const bits = new Uint32Array(values.buffer, values.byteOffset, n);
  for (let i = 0; i < n; i++) bits[i] = keys[i] ^ (keys[i] >>> 31 ? 0x80000000 : 0xffffffff);
}
