/**
 * Linked histograms. Every row has one byte per view (its bin) in row-major order and a mask with one bit per cut it fails.
 * A row touches all views while its mask is empty, and only the view of cut i while the mask is bit i alone: so each view
 * shows what every *other* cut keeps.
 */
import { recount, touch } from './counting';

/** One bit each for the first 30 cuts, one for steps that are no cut (`exact`), and the last shared by all further cuts. */
export const SINGLE_BITS = 30;
export const BLOCKED = 1 << 30;
export const SHARED = 1 << 31;

/** A range over a float32 column; values outside fail, NaN never does. */
export interface MaskCut {
  values: Float32Array;
  /** Already rounded to float32; open ends are ∓Infinity. */
  min: number;
  max: number;
  /** Index of the view it belongs to; -1 where no view shows it. */
  view: number;
}

/** Bins of all views. A view's cells are its bins and, last, the one of rows without a value. */
export interface LinkedTable {
  rows: number;
  /** Bytes per row: one a view, filled up to whole words of four by views without bins. */
  width: number;
  bins: Uint8Array;
  /** Per view its first cell among the counts; entry `width` is the number of cells. */
  starts: Uint32Array;
}

/** A table of views with `sizes[v]` bins each (at most 254); rows are to be filled in. */
export function linkedTable(rows: number, sizes: readonly number[]): LinkedTable {
  const width = Math.ceil(sizes.length / 4) * 4;
  const starts = new Uint32Array(width + 1);
  for (let view = 0; view < width; view++) {
    const size = sizes[view] ?? 0;
    if (size > 254) throw new RangeError(`A linked view has at most 254 bins, not ${size}.`);
    starts[view + 1] = starts[view] + size + 1;
  }
  return { rows, width, bins: new Uint8Array(rows * width), starts };
}

/** Writes one view's bins (one a row, 255 where there is none) into the rows of the table, from row `first` on. */
export function fillView(table: LinkedTable, view: number, bins: Uint8Array, first = 0): void {
  const { width, starts } = table;
  const missing = starts[view + 1] - starts[view] - 1;
  const out = table.bins;
  for (let i = 0, at = first * width + view; i < bins.length; i++, at += width)
    out[at] = bins[i] === 255 ? missing : bins[i];
}

/** Bit of the i-th cut. */
export function bitOf(cut: number): number {
  return cut < SINGLE_BITS ? 1 << cut : SHARED;
}

/** Does `value` fail the cut? */
export function fails(cut: MaskCut, value: number): boolean {
  return value < cut.min || value > cut.max;
}

export interface Linked {
  table: LinkedTable;
  cuts: MaskCut[];
  /** Per row one bit per cut that it fails. */
  mask: Int32Array;
  /** Per cell: rows every other cut keeps. */
  counts: Uint32Array;
  /** Rows that every cut keeps. */
  kept: number;
}

/** Rows dropped by steps that are no cuts: among those every cut keeps, and among the others were there no cuts. */
export interface Blocked {
  passing: Uint8Array;
  failing: Uint8Array;
}

/** Masks and counts by a full pass. Blocked rows are in no view, for no view owns their bit. */
export function linkAll(table: LinkedTable, cuts: MaskCut[], blocked: Blocked | null = null): Linked {
  const mask = new Int32Array(table.rows);
  cuts.forEach((cut, index) => {
    const { values, min, max } = cut;
    const bit = bitOf(index);
    for (let row = 0; row < table.rows; row++) mask[row] |= bit & -outside(values[row], min, max);
  });
  if (blocked) {
    const { passing, failing } = blocked;
    for (let row = 0; row < table.rows; row++) if ((mask[row] === 0 ? passing : failing)[row]) mask[row] |= BLOCKED;
  }
  const linked: Linked = { table, cuts, mask, counts: new Uint32Array(table.starts[table.width]), kept: 0 };
  recount(linked);
  return linked;
}

/** 1 where a value fails a range. Without a branch: where half of the rows fail, a guess that fails costs more than the test. */
function outside(value: number, min: number, max: number): number {
  return Number(value < min) | Number(value > max);
}

/** Kept from move to move: to get so much memory anew costs as much as to read it. */
let scratch = new Int32Array(0);

/**
 * Moves one cut to a new range, counting the rows that change sides or those that are left, whichever are fewer. Equal to
 * `linkAll` with the new range. Cuts that share a bit fall back to a full pass. Who is blocked is taken to stay.
 */
export function moveCut(linked: Linked, index: number, min: number, max: number): void {
  const cut = linked.cuts[index];
  const { mask } = linked;
  linked.cuts = linked.cuts.with(index, { ...cut, min, max });
  if (index >= SINGLE_BITS) {
    remask(linked);
    return recount(linked);
  }
  const bit = bitOf(index);
  const { values, min: min0, max: max0 } = cut;
  if (scratch.length <= mask.length) scratch = new Int32Array(mask.length + 1);
  const changed = scratch;
  let count = 0;
  for (let row = 0; row < mask.length; row++) {
    const value = values[row];
    changed[count] = row;
    count += outside(value, min0, max0) ^ outside(value, min, max);
  }
  let coming = 0;
  let going = 0;
  for (let i = 0; i < count; i++) {
    const m = (mask[changed[i]] ^= bit);
    coming += Number(m === 0);
    going += Number(m === bit);
  }
  const kept = linked.kept + coming - going;
  if (coming + going > kept) return recount(linked);
  linked.kept = kept;
  touch(linked, changed.subarray(0, count), bit, cut.view);
}

/** Is there a bit of its own for one cut more? */
export function hasRoom({ cuts }: Linked): boolean {
  return cuts.length < SINGLE_BITS;
}

/** Puts a cut before the `index`-th, counting only the rows that it drops. Nobody is blocked, and there is room. */
export function insertCut(linked: Linked, index: number, cut: MaskCut): void {
  const { mask } = linked;
  const below = bitOf(index) - 1;
  for (let row = 0; row < mask.length; row++) mask[row] = (mask[row] & below) | ((mask[row] & ~below) << 1);
  linked.cuts = linked.cuts.toSpliced(index, 0, { ...cut, min: -Infinity, max: Infinity });
  moveCut(linked, index, cut.min, cut.max);
}

/** Takes the `index`-th cut away, counting only the rows that come back. Nobody is blocked, and no cuts share a bit. */
export function removeCut(linked: Linked, index: number): void {
  moveCut(linked, index, -Infinity, Infinity);
  const { mask } = linked;
  const below = bitOf(index) - 1;
  for (let row = 0; row < mask.length; row++) mask[row] = (mask[row] & below) | ((mask[row] >>> 1) & ~below);
  linked.cuts = linked.cuts.toSpliced(index, 1);
}

function remask(linked: Linked): void {
  const { mask, cuts } = linked;
  for (let row = 0; row < mask.length; row++) {
    let failsAny = false;
    for (let index = SINGLE_BITS; index < cuts.length && !failsAny; index++)
      failsAny = fails(cuts[index], cuts[index].values[row]);
    mask[row] = failsAny ? mask[row] | SHARED : mask[row] & ~SHARED;
  }
}
