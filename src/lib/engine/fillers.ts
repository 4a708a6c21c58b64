/** Writing the bins of one view into the rows of the linked table. */
import { NO_BIN } from '$lib/columns/histogram';
import type { Classes } from '$lib/recipe/measured';
import type { LinkedTable } from './linked';

/** Rows whose bins are written before the next view's: 4096 × 80 bytes stay in the second-level cache. */
export const BLOCK = 4096;

/** Writes one view's bins of rows [from, to). */
export type Filler = (table: LinkedTable, from: number, to: number) => void;

/** A category's codes; records of no class go to the cell of missing ones. */
export function classFiller({ codes }: Classes, view: number, missing: number): Filler {
  return ({ bins, width }, from, to) => {
    for (let row = from, at = from * width + view; row < to; row++, at += width)
      bins[at] = codes[row] < 0 ? missing : codes[row];
  };
}

/** A flag's bytes, which are its bins; counted into `all` on the way. */
export function byteFiller(bytes: Uint8Array, view: number, missing: number, all: Uint32Array): Filler {
  return ({ bins, width }, from, to) => {
    for (let row = from, at = from * width + view; row < to; row++, at += width) {
      const byte = bytes[row];
      if (byte === NO_BIN) bins[at] = missing;
      else {
        bins[at] = byte;
        all[byte]++;
      }
    }
  };
}

const single = new Float32Array(1);
const bitsOf = new Int32Array(single.buffer);

/**
 * Bins as `binIndex` of the columns gives them: a table over the upper 16 bits of a positive float32 (its sign and first
 * digits) gives the bin at once, or the one before.
 */
export function valueFiller(
  values: Float32Array,
  edges: Float64Array,
  view: number,
  missing: number,
  all: Uint32Array,
): Filler {
  const last = edges.length - 2;
  const limits = Float32Array.from(edges);
  const first = new Uint8Array(32768);
  if (values.length > BLOCK)
    for (let high = 0, bin = 0; high < 32768; high++) {
      bitsOf[0] = high << 16;
      while (bin < last && single[0] >= limits[bin + 1]) bin++;
      first[high] = bin;
    }
  const words = new Int32Array(values.buffer, values.byteOffset, values.length);
  return ({ bins, width }, from, to) => {
    for (let row = from, at = from * width + view; row < to; row++, at += width) {
      const value = values[row];
      if (value !== value) {
        bins[at] = missing;
        continue;
      }
      let bin = words[row] < 0 ? 0 : first[words[row] >>> 16];
      while (bin < last && value >= limits[bin + 1]) bin++;
      bins[at] = bin;
      all[bin]++;
    }
  };
}
