/** Counting the rows of a drag index by the class of their value. */
import type { LinkedTable } from './linked';

/** Sums of `values` by the group of their row, from entry 1 on; the last is that of rows whose group is `classes`. */
export function sumsOf(values: Float32Array, rows: Int32Array, groups: Uint16Array, classes: number): Float64Array {
  const sums = new Float64Array(classes + 2);
  for (let i = 0; i < rows.length; i++) {
    const value = values[rows[i]];
    if (value === value) sums[groups[i] + 1] += value;
  }
  return sums;
}

/**
 * Counts rows (by their first byte) by group and bin for up to four views at once: for each group the cells of all views.
 * Four, since their counts still fit a second-level cache, and each row's bins are fetched a fourth as often.
 */
export function countFour(
  { bins, starts }: LinkedTable,
  rows: Int32Array,
  groups: Uint16Array,
  used: number,
  views: number[],
): Uint32Array {
  const offsets: number[] = [];
  let size = 0;
  for (const view of views) {
    offsets.push(size);
    size += starts[view + 1] - starts[view];
  }
  const counts = new Uint32Array(used * size + 256);
  // Fewer than four: the last one is counted again, into cells behind the others that nobody reads.
  const [v0, v1, v2, v3] = [0, 1, 2, 3].map((i) => views[Math.min(i, views.length - 1)]);
  const [o1, o2, o3] = [1, 2, 3].map((i) => offsets[i] ?? used * size);
  const [g1, g2, g3] = [1, 2, 3].map((i) => (i < views.length ? size : 0));
  for (let i = 0; i < groups.length; i++) {
    const at = rows[i];
    const group = groups[i];
    counts[group * size + bins[at + v0]]++;
    counts[group * g1 + o1 + bins[at + v1]]++;
    counts[group * g2 + o2 + bins[at + v2]]++;
    counts[group * g3 + o3 + bins[at + v3]]++;
  }
  return counts.subarray(0, used * size);
}
