/** A made-up table for the linked views: columns of several kinds, with NaN, ties and exact float32 boundaries. */
import { binIndex, binning, type Binning } from '$lib/columns/histogram';
import { columnStats } from '$lib/columns/stats';
import type { Unit } from '$lib/columns/types';
import { fillView, linkedTable, type LinkedTable } from '$lib/engine/linked';

export interface Made {
  columns: Float32Array[];
  scales: Binning[];
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

const kinds: { unit: Unit; draw(r: () => number): number }[] = [
  { unit: 'turns', draw: (r) => Math.floor(r() * 40) },
  { unit: 'characters', draw: (r) => Math.floor(Math.exp(r() * 9)) },
  { unit: 'ratio', draw: (r) => Math.floor(r() * 21) / 20 },
  { unit: 'ratio', draw: (r) => r() },
  { unit: 'score', draw: (r) => (r() < 0.3 ? NaN : r() * 2 - 1) },
  { unit: 'flag', draw: (r) => (r() < 0.9 ? 0 : 1) },
  { unit: 'score', draw: (r) => Math.exp(r() * 14 - 7) },
];

/** Does a column of the table hold whole numbers? */
export function isWhole(column: number): boolean {
  return ['turns', 'characters', 'flag'].includes(kinds[column % kinds.length].unit);
}

export function make(rows: number, width: number, seed = 1): Made {
  const draw = random(seed);
  const columns = Array.from({ length: width }, (_, c) =>
    Float32Array.from({ length: rows }, () => kinds[c % kinds.length].draw(draw)),
  );
  const scales = columns.map((values, c) => binning(columnStats(values), { unit: kinds[c % kinds.length].unit }));
  const classes = { codes: Int32Array.from({ length: rows }, () => Math.floor(draw() * 7) - 1), names: 6 };
  const table = linkedTable(rows, [...scales.map(({ edges }) => edges.length - 1), classes.names]);
  columns.forEach((values, view) => fillView(table, view, binIndex(values, scales[view].edges)));
  for (let row = 0; row < rows; row++)
    table.bins[row * table.width + width] = classes.codes[row] < 0 ? classes.names : classes.codes[row];
  return { columns, scales, table, classes };
}

/** The bin of a value by search: the last whose lower edge (as float32) is not above it. */
function binOf(edges: Float64Array, value: number): number {
  let bin = 0;
  while (bin < edges.length - 2 && value >= Math.fround(edges[bin + 1])) bin++;
  return bin;
}

export interface Range {
  column: number;
  min: number;
  max: number;
}

/** Does every cut but one (-1: every cut) keep a row? */
function passing({ columns }: Made, cuts: Range[], blocked?: Uint8Array) {
  return (row: number, skip: number) =>
    !blocked?.[row] &&
    cuts.every(({ column, min, max }, i) => {
      const value = columns[column][row];
      return i === skip || Number.isNaN(value) || (value >= Math.fround(min) && value <= Math.fround(max));
    });
}

/** Sum of a column over the rows that every cut keeps; NaN adds nothing. */
export function slowSum(made: Made, values: Float32Array, cuts: Range[], blocked?: Uint8Array): number {
  const passes = passing(made, cuts, blocked);
  return values.reduce((sum, value, row) => (passes(row, -1) && !Number.isNaN(value) ? sum + value : sum), 0);
}

/** Per view the counts of rows that every cut on another column's view keeps, from first principles. */
export function slowCounts(made: Made, cuts: Range[], blocked?: Uint8Array): { views: number[][]; kept: number } {
  const { columns, scales, classes } = made;
  const rows = columns[0].length;
  const passes = passing(made, cuts, blocked);
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
