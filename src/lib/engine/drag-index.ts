/** The drag index: prefix sums over the positions of a dragged column. Made in the worker on pointer-down, moved to the page. */
import { lowerBound } from './drag';
import { bitOf, BLOCKED, SHARED, SINGLE_BITS, type Linked } from './linked';
import type { DragIndex } from './protocol';
import type { Twins } from './twins';

/** What the layout calls a view; null leaves it out of the index. */
export type ViewNames = readonly (string | null)[];

/** The steps that drop records, so that the funnel below the dragged step follows the handle too. */
export interface Funnel {
  /** The dragged step (a half between two where it is not in the recipe yet); those before it see nothing of the handle. */
  step: number;
  /** Step of each cut of `linked`. */
  cuts: readonly number[];
  /** The first step that drops records and is no cut; -1 where there is none. */
  blocking: number;
}

/** What is dragged, and what follows it. */
export interface Dragged {
  column: string;
  values: Float32Array;
  /** Which cut of `linked` it is; -1 for a column not yet cut. */
  cut: number;
  /** Its view in `linked`, which does not follow. */
  view: number;
  names: ViewNames;
  /** Positions that are to be exact, ascending. */
  steps: Float64Array;
  /** Does the upper end itself not belong to the range? */
  below?: boolean;
  funnel?: Funnel | null;
  /** One a row, summed over the rows that every cut keeps; NaN adds nothing. */
  tokens?: Float32Array | null;
  /** Where an `exact` step follows, who of equal records stays; `linked` then blocks those that stay nowhere. */
  twins?: (Twins & { failing: Uint8Array }) | null;
}

/**
 * The index of a handle over `linked`. Rows that fail another cut count only in that cut's own view, as in `linked`.
 */
export function buildDrag(linked: Linked, dragged: Dragged): DragIndex {
  const { column, values, cut, view: ownView, names, steps, funnel = null, tokens = null, twins = null } = dragged;
  const { table, mask } = linked;
  const { bins, width: views, rows } = table;
  const layout: DragIndex['layout'] = [{ id: 'kept', start: 0, length: 1 }];
  const target = new Int32Array(views);
  const shown: number[] = [];
  let width = 1;
  for (let view = 0; view < views; view++) {
    const name = view === ownView ? null : (names[view] ?? null);
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
  const known = funnel && linked.cuts.length <= SINGLE_BITS ? droppersOf(funnel, cut) : { later: [], earlier: 0 };
  const droppers = known.later.map((one) => ({ ...one, at: width++ }));
  for (const { step, at } of droppers) layout.push({ id: `step:${step}`, start: at, length: 1 });
  const reach = twins ? width++ : -1;
  if (reach >= 0) layout.push({ id: 'reach', start: reach, length: 1 });
  const classes = 2 * steps.length + 1;
  // Class `classes` is that of rows without a value.
  const sums = new Uint32Array((classes + 1) * width);
  const missing = new Uint32Array(width);
  const classOf = classifier(steps, values);
  const untilOf = twins && classifier(steps, twins.until);
  /** Counts one more (or less) in a cell from a class on; -1 is the class of rows without a value. */
  const note = (group: number, cell: number, by = 1) => {
    if (group < 0) missing[cell] += by;
    else sums[(group + 1) * width + cell] += by;
  };
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
    note(classOf(row), target[view] + bins[row * views + view]);
  }
  // Who fails several cuts is dropped by the first of them.
  for (let row = 0; row < rows && droppers.length > 0; row++) {
    const others = mask[row] & ~own;
    if ((others & known.earlier) !== 0 || twins?.gone[row]) continue;
    const falls = (bits: number) => droppers.find((one) => (bits & one.bits) !== 0)?.at ?? -1;
    if (!twins) {
      const at = others === 0 ? -1 : falls(others);
      if (at >= 0) note(classOf(row), at);
      continue;
    }
    const until = untilOf!(row);
    const at = falls(twins.never[row] ? BLOCKED : others & ~BLOCKED);
    if (at >= 0) note(classOf(row), at);
    if (until < 0) continue;
    note(until, falls(BLOCKED));
    if (at >= 0) note(until, at, -1);
  }
  for (let row = 0; twins && row < rows; row++)
    if ((mask[row] & ~own & ~BLOCKED) === 0 && !twins.failing[row]) note(classOf(row), reach);
  const groups = new Uint16Array(found);
  const sizes = new Uint32Array(classes + 1);
  for (let i = 0; i < found; i++) {
    const group = classOf(passing[i]);
    groups[i] = group < 0 ? classes : group;
    sizes[groups[i]]++;
  }
  const totals = tokens && sumsOf(tokens, passing.subarray(0, found), groups, classes);
  for (let i = 0; i < found; i++) passing[i] *= views;
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
  // A twin that stays from some value on: up to there what was counted of it does not count.
  for (let row = 0; untilOf && row < rows; row++) {
    const group = (mask[row] & ~own) === 0 ? untilOf(row) : -1;
    if (group < 0) continue;
    note(group, 0, -1);
    for (const view of shown) note(group, target[view] + bins[row * views + view], -1);
    if (tokens && totals && tokens[row] === tokens[row]) totals[group + 1] -= tokens[row];
  }
  for (let i = 1; totals && i <= classes; i++) totals[i] += totals[i - 1];
  for (let i = width; i < sums.length; i++) sums[i] += sums[i - width];
  return { column, steps, table: sums, width, layout, missing, tokens: totals, below: dragged.below ?? false };
}

/** Sums of `values` by the group of their row, from entry 1 on; the last is that of rows whose group is `classes`. */
function sumsOf(values: Float32Array, rows: Int32Array, groups: Uint16Array, classes: number): Float64Array {
  const sums = new Float64Array(classes + 2);
  for (let i = 0; i < rows.length; i++) {
    const value = values[rows[i]];
    if (value === value) sums[groups[i] + 1] += value;
  }
  return sums;
}

interface Dropper {
  step: number;
  bits: number;
}

/** Steps that drop records with their bits in the mask: those after the dragged one in order, and the bits of those before. */
function droppersOf({ step, cuts, blocking }: Funnel, dragged: number): { later: Dropper[]; earlier: number } {
  const all = cuts.map((cut, i) => ({ step: cut, bits: bitOf(i) })).filter((_, i) => i !== dragged);
  if (blocking >= 0) all.push({ step: blocking, bits: BLOCKED });
  return {
    later: all.filter((one) => one.step > step).sort((x, y) => x.step - y.step),
    earlier: all.reduce((bits, one) => (one.step < step ? bits | one.bits : bits), 0),
  };
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
