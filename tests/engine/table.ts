/** A made-up table for the linked views: columns of several kinds, with NaN, ties and exact float32 boundaries. */
import { binOf, fillBins, scaleFor, type Scale } from '$lib/engine/bins';
import { linkedTable, type LinkedTable } from '$lib/engine/linked';

export interface Made {
  columns: Float32Array[];
  scales: Scale[];
  table: LinkedTable;
  classes: { codes: Int32Array; names: number };
}

/** mulberry32, so that every run sees the same rows. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const kinds: ((r: () => number) => number)[] = [
  (r) => Math.floor(r() * 40),
  (r) => Math.floor(Math.exp(r() * 9)),
  (r) => Math.floor(r() * 21) / 20,
  (r) => r(),
  (r) => (r() < 0.3 ? NaN : r() * 2 - 1),
  (r) => (r() < 0.9 ? 0 : 1),
  (r) => Math.exp(r() * 14 - 7),
];

export function make(rows: number, width: number, seed = 1): Made {
  const draw = random(seed);
  const columns = Array.from({ length: width }, (_, c) =>
    Float32Array.from({ length: rows }, () => kinds[c % kinds.length](draw)),
  );
  const scales = columns.map((values) => {
    const seen = Float32Array.from(values.filter((value) => value === value)).sort();
    const at = (q: number) => seen[Math.floor((seen.length - 1) * q)];
    return scaleFor(at(0), at(0.5), at(0.99), at(1), seen.every(Number.isInteger));
  });
  const classes = { codes: Int32Array.from({ length: rows }, () => Math.floor(draw() * 7) - 1), names: 6 };
  const table = linkedTable(rows, [...scales.map(({ edges }) => edges.length - 1), classes.names]);
  columns.forEach((values, view) =>
    fillBins(scales[view], values, 0, rows, table.bins, table.width, view, scales[view].edges.length - 1),
  );
  for (let row = 0; row < rows; row++)
    table.bins[row * table.width + width] = classes.codes[row] < 0 ? classes.names : classes.codes[row];
  return { columns, scales, table, classes };
}

export interface Range {
  column: number;
  min: number;
  max: number;
}

/** Per view the counts of rows that every cut on another column's view keeps, from first principles. */
export function slowCounts(made: Made, cuts: Range[], blocked?: Uint8Array): { views: number[][]; kept: number } {
  const { columns, scales, classes } = made;
  const rows = columns[0].length;
  const passes = (row: number, skip: number) =>
    !blocked?.[row] &&
    cuts.every(({ column, min, max }, i) => {
      const value = columns[column][row];
      return i === skip || Number.isNaN(value) || (value >= Math.fround(min) && value <= Math.fround(max));
    });
  const views = columns.map((values, view) => {
    const counts: number[] = new Array(scales[view].edges.length - 1).fill(0);
    const own = cuts.findIndex(({ column }) => column === view);
    values.forEach((value, row) => {
      if (!Number.isNaN(value) && passes(row, own)) counts[binOf(scales[view].edges, value)]++;
    });
    return counts;
  });
  const byClass: number[] = new Array(classes.names).fill(0);
  let kept = 0;
  for (let row = 0; row < rows; row++) {
    if (!passes(row, -1)) continue;
    kept++;
    if (classes.codes[row] >= 0) byClass[classes.codes[row]]++;
  }
  return { views: [...views, byClass], kept };
}
