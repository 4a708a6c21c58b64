/**
 * Linked histograms. Every row has one byte per view (its bin) in row-major order and a mask with one bit per cut it fails.
 * A row touches all views while its mask is empty, and only the view of cut i while the mask is bit i alone: so each view
 * shows what every *other* cut keeps.
 */

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
  /** Number of views: bytes per row. */
  width: number;
  bins: Uint8Array;
  /** Per view its first cell among the counts; entry `width` is the number of cells. */
  starts: Uint32Array;
}

/** A table of views with `sizes[v]` bins each (at most 254); rows are to be filled in. */
export function linkedTable(rows: number, sizes: readonly number[]): LinkedTable {
  const starts = new Uint32Array(sizes.length + 1);
  sizes.forEach((size, view) => {
    if (size > 254) throw new RangeError(`A linked view has at most 254 bins, not ${size}.`);
    starts[view + 1] = starts[view] + size + 1;
  });
  return { rows, width: sizes.length, bins: new Uint8Array(rows * sizes.length), starts };
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
    for (let row = 0; row < table.rows; row++) {
      const value = values[row];
      if (value < min || value > max) mask[row] |= bit;
    }
  });
  if (blocked) {
    const { passing, failing } = blocked;
    for (let row = 0; row < table.rows; row++) if ((mask[row] === 0 ? passing : failing)[row]) mask[row] |= BLOCKED;
  }
  const linked: Linked = { table, cuts, mask, counts: new Uint32Array(table.starts[table.width]), kept: 0 };
  recount(linked);
  return linked;
}

/** The view a row with exactly this mask touches alone; -1 for none. */
function ownView(linked: Linked, mask: number, row: number): number {
  if (mask === BLOCKED) return -1;
  if (mask !== SHARED) return linked.cuts[31 - Math.clz32(mask)].view;
  let view = -1;
  for (let index = SINGLE_BITS; index < linked.cuts.length; index++) {
    const cut = linked.cuts[index];
    if (!fails(cut, cut.values[row])) continue;
    if (view !== -1) return -1;
    view = cut.view;
    if (view === -1) return -1;
  }
  return view;
}

/** Rows counted at a time: their bins stay in the second-level cache while all views are counted. */
const BLOCK = 4096;
const passing = new Int32Array(BLOCK);

/** Counts afresh from the masks. */
export function recount(linked: Linked): void {
  const { table, mask, counts } = linked;
  const { bins, width, rows } = table;
  counts.fill(0);
  let kept = 0;
  for (let from = 0; from < rows; from += BLOCK) {
    const to = Math.min(rows, from + BLOCK);
    let found = 0;
    for (let row = from; row < to; row++) {
      const m = mask[row];
      if (m === 0) passing[found++] = row * width;
      else if ((m & (m - 1)) === 0) {
        const view = ownView(linked, m, row);
        if (view >= 0) counts[table.starts[view] + bins[row * width + view]]++;
      }
    }
    countBlock(table, counts, found);
    kept += found;
  }
  linked.kept = kept;
}

/** Adds the rows noted in `passing` to every view: four views a pass, which is twice as fast as row by row. */
function countBlock({ bins, width, starts }: LinkedTable, counts: Uint32Array, found: number): void {
  let view = 0;
  for (; view + 4 <= width; view += 4) {
    const s0 = starts[view];
    const s1 = starts[view + 1];
    const s2 = starts[view + 2];
    const s3 = starts[view + 3];
    for (let i = 0; i < found; i++) {
      const at = passing[i] + view;
      counts[s0 + bins[at]]++;
      counts[s1 + bins[at + 1]]++;
      counts[s2 + bins[at + 2]]++;
      counts[s3 + bins[at + 3]]++;
    }
  }
  for (; view < width; view++) {
    const start = starts[view];
    for (let i = 0; i < found; i++) counts[start + bins[passing[i] + view]]++;
  }
}

/** Changing more rows than this share one by one costs more than counting afresh. */
const MANY = 1 / 10;

/**
 * Moves one cut to a new range, touching only the rows that change sides. Equal to `linkAll` with the new range.
 * Cuts that share a bit fall back to a full pass. Who is blocked is taken to stay.
 */
export function moveCut(linked: Linked, index: number, min: number, max: number): void {
  const cut = linked.cuts[index];
  const next = { ...cut, min, max };
  const { table, mask } = linked;
  linked.cuts = linked.cuts.with(index, next);
  if (index >= SINGLE_BITS) {
    remask(linked);
    return recount(linked);
  }
  const bit = bitOf(index);
  const { values, min: min0, max: max0 } = cut;
  const { rows } = table;
  const most = Math.ceil(rows * MANY);
  const changed = new Int32Array(most);
  let count = 0;
  for (let row = 0; row < rows; row++) {
    const value = values[row];
    const now = value < min || value > max;
    if ((value < min0 || value > max0) === now) continue;
    mask[row] ^= bit;
    if (count < most) changed[count] = row;
    count++;
  }
  if (count > most) recount(linked);
  else touch(linked, changed.subarray(0, count), bit, cut.view);
}

/** Takes rows whose bit has just changed out of the views or puts them in. */
function touch(linked: Linked, changed: Int32Array, bit: number, own: number): void {
  const { table, mask, counts } = linked;
  const { bins, width } = table;
  const starts = table.starts.subarray(0, width);
  for (const row of changed) {
    const by = (mask[row] & bit) !== 0 ? -1 : 1;
    const others = mask[row] & ~bit;
    if (others === 0) {
      linked.kept += by;
      for (let view = 0, at = row * width; view < width; view++, at++)
        if (view !== own) counts[starts[view] + bins[at]] += by;
    } else if ((others & (others - 1)) === 0) {
      const view = ownView(linked, others, row);
      if (view >= 0) counts[starts[view] + bins[row * width + view]] += by;
    }
  }
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
