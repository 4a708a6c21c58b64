/**
 * All answers to "where may this handle go": prefix sums over the positions of a dragged column. Made in the worker on
 * pointer-down, moved to the page, looked up per move without allocating.
 */
import { bitOf, BLOCKED, SHARED, SINGLE_BITS, type Linked } from './linked';
import type { DragIndex } from './protocol';

/** As many positions as a handle's track has pixels, about. */
export const POSITIONS = 500;

/**
 * Positions a handle may take on an axis that gives every bin of `edges` the same width: each bin is divided evenly, whole
 * columns at whole numbers, others at decimals of two digits more than the bin's own width needs. The first is at or below
 * `min`, the last at or above `max`. `always`: values that must be among them (the cut as it stands, published cuts).
 */
export function dragSteps(
  edges: Float64Array,
  min: number,
  max: number,
  whole: boolean,
  always: readonly number[] = [],
  positions = POSITIONS,
): Float64Array {
  const steps = new Set<number>(always.filter((value) => Number.isFinite(value)));
  const bins = edges.length - 1;
  // Bins have round widths; so have their parts, and a handle let go leaves a round number in the recipe.
  const parts = [1, 2, 5, 10, 20, 50].find((n) => n * bins >= 0.7 * positions) ?? 100;
  for (let bin = 0; bin < bins; bin++) {
    const size = (edges[bin + 1] - edges[bin]) / parts;
    for (let part = 0; part <= parts; part++) {
      const value = edges[bin] + part * size;
      steps.add(whole ? Math.round(value) : rounded(value, size, Math.round));
    }
  }
  if (min === min) {
    const size = (edges[bins] - edges[0]) / positions;
    if (min < edges[0]) steps.add(whole ? Math.floor(min) : rounded(min, size, Math.floor));
    if (max > edges[bins]) steps.add(whole ? Math.ceil(max) : rounded(max, size, Math.ceil));
  }
  // Positions that are one float32 would tell apart what a cut does not.
  return Float64Array.from(steps)
    .sort()
    .filter((value, i, all) => i === 0 || Math.fround(value) > Math.fround(all[i - 1]));
}

/** To the decimals that tell steps of `size` apart with a digit to spare. */
function rounded(value: number, size: number, round: (value: number) => number): number {
  const digits = Math.min(15, Math.max(0, 1 - Math.floor(Math.log10(size))));
  return Number((round(Number((value * 10 ** digits).toPrecision(15))) / 10 ** digits).toFixed(digits));
}

/** What the layout calls a view; null leaves it out of the index. */
export type ViewNames = readonly (string | null)[];

/**
 * The index of one cut of `linked` (or, with `cut` -1, of a column not yet cut, whose values are given), at `steps`.
 * Rows that fail another cut count only in that cut's own view, as in `linked`.
 */
export function buildDrag(
  linked: Linked,
  cut: number,
  values: Float32Array,
  ownView: number,
  column: string,
  names: ViewNames,
  steps: Float64Array,
): DragIndex {
  const { table, mask } = linked;
  const { bins, width: views, rows } = table;
  const layout: DragIndex['layout'] = [{ id: 'kept', start: 0, length: 1 }];
  const target = new Int32Array(views);
  const shown: number[] = [];
  let width = 1;
  for (let view = 0; view < views; view++) {
    const name = view === ownView ? null : names[view];
    if (name === null) {
      target[view] = -1;
      continue;
    }
    const cells = table.starts[view + 1] - table.starts[view];
    layout.push({ id: name, start: width, length: cells - 1 });
    target[view] = width;
    width += cells;
    shown.push(view);
  }
  const classes = 2 * steps.length + 1;
  // Class `classes` is that of rows without a value.
  const sums = new Uint32Array((classes + 1) * width);
  const missing = new Uint32Array(width);
  const classOf = classifier(steps, values);
  const cellsOf = (group: number) =>
    group === classes ? missing : sums.subarray((group + 1) * width, (group + 2) * width);
  const own = cut < 0 ? 0 : bitOf(cut);
  const owner = ownerOf(linked, cut);
  const passing = new Int32Array(rows);
  const singles = new Int32Array(rows);
  let found = 0;
  let single = 0;
  for (let row = 0; row < rows; row++) {
    const others = own === SHARED ? owner.without(row, mask[row]) : mask[row] & ~own;
    const none = Number(others === 0);
    passing[found] = singles[single] = row;
    found += none;
    single += Number((others & (others - 1)) === 0) - none;
  }
  for (let i = 0; i < single; i++) {
    const row = singles[i];
    const view = owner.alone(row, own === SHARED ? owner.without(row, mask[row]) : mask[row] & ~own);
    if (view < 0 || target[view] < 0) continue;
    const group = classOf(row);
    const base = group < 0 ? 0 : (group + 1) * width;
    (group < 0 ? missing : sums)[base + target[view] + bins[row * views + view]]++;
  }
  const groups = new Uint16Array(found);
  const sizes = new Uint32Array(classes + 1);
  for (let i = 0; i < found; i++) {
    const group = classOf(passing[i]);
    groups[i] = group < 0 ? classes : group;
    sizes[groups[i]]++;
    passing[i] *= views;
  }
  // Only the classes that have rows: half of them at most, and what is counted into stays nearer.
  const used = Array.from(sizes.keys()).filter((group) => sizes[group] > 0);
  const place = new Uint16Array(classes + 1);
  used.forEach((group, i) => {
    place[group] = i;
    cellsOf(group)[0] = sizes[group];
  });
  for (let i = 0; i < found; i++) groups[i] = place[groups[i]];
  for (let i = 0; i < shown.length; i += 4) {
    const first = target[shown[i]];
    const cells = countFour(table, passing, groups, used.length, shown.slice(i, i + 4));
    const size = cells.length / used.length;
    used.forEach((group, k) => {
      const into = cellsOf(group);
      for (let cell = 0; cell < size; cell++) into[first + cell] += cells[k * size + cell];
    });
  }
  for (let i = width; i < sums.length; i++) sums[i] += sums[i - width];
  return { column, steps, table: sums, width, layout, missing };
}

/**
 * Counts rows (by their first byte) by group and bin for up to four views at once: for each group the cells of all views.
 * Four, since their counts still fit a second-level cache, and each row's bins are fetched a fourth as often.
 */
function countFour(
  { bins, starts }: Linked['table'],
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

/** Who owns a mask, where cut `dragged` is left out of account. */
function ownerOf(linked: Linked, dragged: number) {
  const { cuts } = linked;
  const shared = (row: number): number => {
    let failing = -1;
    for (let index = SINGLE_BITS; index < cuts.length; index++) {
      if (index === dragged) continue;
      const { values, min, max } = cuts[index];
      const value = values[row];
      if (!(value < min || value > max)) continue;
      if (failing !== -1) return -2;
      failing = index;
    }
    return failing;
  };
  return {
    /** The mask of a row without the dragged cut, where that one shares its bit. */
    without: (row: number, mask: number) => (mask & SHARED && shared(row) === -1 ? mask & ~SHARED : mask),
    alone: (row: number, others: number): number => {
      if (others === BLOCKED) return -1;
      if (others !== SHARED) return cuts[31 - Math.clz32(others)].view;
      const index = shared(row);
      return index < 0 ? -1 : cuts[index].view;
    },
  };
}

const float = new Float32Array(1);
const word = new Uint32Array(float.buffer);

/**
 * The class of a row's value among steps: 2k + 1 when it equals step k as float32, 2k when it lies below step k and above
 * step k - 1; -1 without a value. A table over the upper 16 bits of the float32 starts the search.
 */
function classifier(steps: Float64Array, values: Float32Array): (row: number) => number {
  const at = Float32Array.from(steps);
  const n = at.length;
  const first = new Uint16Array(65536);
  for (let high = 0; high < 65536; high++) {
    word[0] = high < 0x8000 ? high << 16 : (high << 16) | 0xffff;
    first[high] = float[0] !== float[0] ? 0 : lowerBound(at, float[0]);
  }
  const words = new Int32Array(values.buffer, values.byteOffset, values.length);
  return (row) => {
    const value = values[row];
    if (value !== value) return -1;
    let k = first[words[row] >>> 16];
    while (k < n && at[k] < value) k++;
    return k < n && at[k] === value ? 2 * k + 1 : 2 * k;
  };
}

/** Where `lookupDrag` writes; made once per drag. */
export interface DragCounts {
  /** Records kept by every cut. */
  kept: number;
  /** One row, laid out as the index says. */
  cells: Uint32Array;
  /** The part of `cells` of each view, by the layout's ids. */
  views: Map<string, Uint32Array>;
}

/** Memory for the answers of one index. */
export function dragCounts(index: DragIndex): DragCounts {
  const cells = new Uint32Array(index.width);
  return {
    kept: 0,
    cells,
    views: new Map(index.layout.map(({ id, start, length }) => [id, cells.subarray(start, start + length)])),
  };
}

/** The position nearest to `value`: the only values a handle may take while it is dragged. */
export function snapDrag(index: DragIndex, value: number): number {
  const { steps } = index;
  const k = lowerBound(steps, value);
  if (k === steps.length) return steps[k - 1];
  return k > 0 && value - steps[k - 1] <= steps[k] - value ? steps[k - 1] : steps[k];
}

/** Number of steps below `value`. */
function lowerBound(steps: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (steps[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Counts with the dragged column cut to [min, max] (∓Infinity or undefined for an open end), written into `into` and
 * returned. Exact where both ends are steps; else the nearest step stands for them.
 */
export function lookupDrag(
  index: DragIndex,
  min: number | undefined,
  max: number | undefined,
  into: DragCounts,
): DragCounts {
  const { steps, table, width, missing } = index;
  const { cells } = into;
  const n = steps.length;
  const low = min === undefined || min === -Infinity ? 0 : 2 * lowerBound(steps, snapDrag(index, min)) + 1;
  const high = max === undefined || max === Infinity ? 2 * n + 1 : 2 * lowerBound(steps, snapDrag(index, max)) + 2;
  const a = low * width;
  const b = Math.max(low, high) * width;
  for (let i = 0; i < width; i++) cells[i] = table[b + i] - table[a + i] + missing[i];
  into.kept = cells[0];
  return into;
}
