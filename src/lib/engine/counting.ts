/** Counting rows into the cells of linked views: all of them, those that change sides, or a few. */
import { BLOCKED, fails, SHARED, SINGLE_BITS, type Linked, type LinkedTable } from './linked';

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
const others = new Int32Array(BLOCK);

/** Counts afresh from the masks. */
export function recount(linked: Linked): void {
  const { table, mask, counts } = linked;
  const { width, rows } = table;
  counts.fill(0);
  linked.kept = 0;
  for (let from = 0; from < rows; from += BLOCK) {
    const to = Math.min(rows, from + BLOCK);
    let found = 0;
    let single = 0;
    for (let row = from; row < to; row++) {
      const m = mask[row];
      passing[found] = row * width;
      found += Number(m === 0);
      others[single] = row;
      single += Number((m & (m - 1)) === 0) - Number(m === 0);
    }
    countRows(table, counts, passing, found, 1);
    for (let i = 0; i < single; i++) countAlone(linked, others[i], mask[others[i]], 1);
    linked.kept += found;
  }
}

/** Adds a row `by` times to the one view it touches with a mask of one bit. */
function countAlone(linked: Linked, row: number, mask: number, by: number): void {
  const { bins, width, starts } = linked.table;
  const view = ownView(linked, mask, row);
  if (view >= 0) linked.counts[starts[view] + bins[row * width + view]] += by;
}

/**
 * Adds rows (by their first byte) to every view, `by` times: four views a pass, whose bins are one word, which is more than
 * twice as fast as row by row.
 */
function countRows({ bins, width, starts }: LinkedTable, counts: Uint32Array, list: Int32Array, n: number, by: number) {
  const words = new Int32Array(bins.buffer, bins.byteOffset, bins.length >> 2);
  for (let view = 0; view < width; view += 4) {
    const s0 = starts[view];
    const s1 = starts[view + 1];
    const s2 = starts[view + 2];
    const s3 = starts[view + 3];
    for (let i = 0; i < n; i++) {
      const word = words[(list[i] + view) >> 2];
      counts[s0 + (word & 255)] += by;
      counts[s1 + ((word >>> 8) & 255)] += by;
      counts[s2 + ((word >>> 16) & 255)] += by;
      counts[s3 + (word >>> 24)] += by;
    }
  }
}

const leaving = new Int32Array(BLOCK);

/** Takes rows whose bit has just changed out of the views or puts them in. */
export function touch(linked: Linked, changed: Int32Array, bit: number, own: number): void {
  const { table, mask, counts } = linked;
  const { width, starts } = table;
  // The cut's own view does not change by its own cut.
  const before = own < 0 ? null : counts.slice(starts[own], starts[own + 1]);
  for (let from = 0; from < changed.length; from += BLOCK) {
    const to = Math.min(changed.length, from + BLOCK);
    let coming = 0;
    let going = 0;
    let single = 0;
    for (let i = from; i < to; i++) {
      const row = changed[i];
      const m = mask[row];
      const rest = m & ~bit;
      passing[coming] = leaving[going] = row * width;
      coming += Number(m === 0);
      going += Number(m === bit);
      others[single] = row;
      single += Number((rest & (rest - 1)) === 0) - Number(rest === 0);
    }
    countRows(table, counts, passing, coming, 1);
    countRows(table, counts, leaving, going, -1);
    for (let i = 0; i < single; i++) {
      const m = mask[others[i]];
      countAlone(linked, others[i], m & ~bit, (m & bit) === 0 ? 1 : -1);
    }
  }
  if (before) counts.set(before, starts[own]);
}

/** Counts of some rows of the table. */
export interface Subset {
  /** Per cell: all of these rows. */
  all: Uint32Array;
  /** Per cell: those that every other cut keeps. */
  counts: Uint32Array;
  /** Those that every cut keeps. */
  kept: number;
}

/** Counts the given rows alone. */
export function countSubset(linked: Linked, rows: Int32Array): Subset {
  const { table, mask, cuts } = linked;
  const { width, starts } = table;
  const subset = { all: new Uint32Array(starts[width]), counts: new Uint32Array(starts[width]), kept: 0 };
  const target = { table, mask, cuts, ...subset };
  for (let from = 0; from < rows.length; from += BLOCK) {
    const to = Math.min(rows.length, from + BLOCK);
    let found = 0;
    for (let i = from; i < to; i++) {
      const row = rows[i];
      const m = mask[row];
      passing[found] = row * width;
      found += Number(m === 0);
      leaving[i - from] = row * width;
      if (m !== 0 && (m & (m - 1)) === 0) countAlone(target, row, m, 1);
    }
    countRows(table, subset.all, leaving, to - from, 1);
    countRows(table, subset.counts, passing, found, 1);
    subset.kept += found;
  }
  return subset;
}
