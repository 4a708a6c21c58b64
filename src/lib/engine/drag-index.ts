/** The drag index: prefix sums over the positions of a dragged column. Made in the worker on pointer-down, moved to the page. */
import type { Alone } from './drag-alone';
import type { DragClasses } from './drag-classes';
import { countFour, sumsOf } from './drag-counting';
import type { Drops } from './drag-funnel';
import type { DragTwins } from './drag-twins';
import { bitOf, BLOCKED, SHARED, SINGLE_BITS, type Linked } from './linked';
import type { DragIndex } from './protocol';

/** What the layout calls a view; null leaves it out of the index. */
export type ViewNames = readonly (string | null)[];

/** What is dragged, and what follows it. */
export interface Dragged {
  column: string;
  /** Positions that are to be exact, ascending. */
  steps: Float64Array;
  /** Where each row's value stands among them. */
  classes: DragClasses;
  /** Which cut of `linked` it is; -1 where it is none of them. */
  cut: number;
  /** Its view in `linked`, which does not follow. */
  view: number;
  names: ViewNames;
  /** Does the upper end itself not belong to the range? */
  below?: boolean;
  /** What later steps drop, so that the funnel below the dragged step follows the handle too. */
  drops?: readonly Drops[];
  /** One a row, summed over the rows that every cut keeps; NaN adds nothing. */
  tokens?: Float32Array | null;
  /** Rows that `linked` blocks and that count at some positions all the same: where records are compared. */
  turns?: DragTwins['turns'] | null;
  /** 1 for rows that were duplicates were there no cuts: all others inside make up the cell `reach`. */
  failing?: Uint8Array | null;
  /** Where it differs for rows that fail one other cut: the class of their value, and at which positions they count. */
  alone?: Pick<Alone, 'classes' | 'turns'> | null;
}

/**
 * The index of a handle over `linked`. Rows that fail another cut count only in that cut's own view, as in `linked`.
 */
export function buildDrag(linked: Linked, dragged: Dragged): DragIndex {
  const { column, steps, cut, drops = [], tokens = null, turns = null, failing = null, alone = null } = dragged;
  const { of: classOf, count: classes } = dragged.classes;
  const { table, mask } = linked;
  const { bins, width: views, rows } = table;
  const { layout, target, shown, width, cellOf } = layoutOf(linked, dragged);
  // The last class is that of rows without a value.
  const sums = new Uint32Array((classes + 1) * width);
  const missing = new Uint32Array(width);
  const cellsOf = (group: number) =>
    group === classes ? missing : sums.subarray((group + 1) * width, (group + 2) * width);
  /** Counts one more (or less) in a cell from a class on. */
  const note = (group: number, cell: number, by = 1) => {
    if (group === classes) missing[cell] += by;
    else sums[(group + 1) * width + cell] += by;
  };
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
  const aloneOf = (alone?.classes ?? dragged.classes).of;
  for (let i = 0; i < single; i++) {
    const row = singles[i];
    const view = owner.alone(row, own === SHARED ? owner.without(row, mask[row]) : mask[row] & ~own);
    if (view < 0 || target[view] < 0) continue;
    note(aloneOf[row], target[view] + bins[row * views + view]);
  }
  for (const { step, byClass } of drops) byClass.forEach((count, group) => note(group, cellOf(`step:${step}`), count));
  for (let row = 0; failing && row < rows; row++)
    if ((mask[row] & ~own & ~BLOCKED) === 0 && !failing[row]) note(classOf[row], cellOf('reach'));
  const groups = new Uint16Array(found);
  const sizes = new Uint32Array(classes + 1);
  for (let i = 0; i < found; i++) sizes[(groups[i] = classOf[passing[i]])]++;
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
  for (let i = 0; turns && i < turns.row.length; i++) {
    const row = turns.row[i];
    const group = turns.group[i];
    const by = turns.by[i];
    note(group, 0, by);
    for (const view of shown) note(group, target[view] + bins[row * views + view], by);
    if (tokens && totals && tokens[row] === tokens[row]) totals[group + 1] += by * tokens[row];
  }
  for (let i = 0; alone && i < alone.turns.row.length; i++) {
    const row = alone.turns.row[i];
    const others = mask[row] & ~own & ~BLOCKED;
    const view = others !== 0 && (others & (others - 1)) === 0 ? owner.alone(row, others) : -1;
    if (view >= 0 && target[view] >= 0)
      note(alone.turns.group[i], target[view] + bins[row * views + view], alone.turns.by[i]);
  }
  for (let i = 1; totals && i <= classes; i++) totals[i] += totals[i - 1];
  for (let i = width; i < sums.length; i++) sums[i] += sums[i - width];
  return { column, steps, table: sums, width, layout, missing, tokens: totals, below: dragged.below ?? false };
}

/** Where the cells of an index's row begin: what is kept, every view that follows, what later steps drop, `reach`. */
function layoutOf({ table }: Linked, { view: own, names, drops = [], failing = null }: Dragged) {
  const layout: DragIndex['layout'] = [];
  const target = new Int32Array(table.width).fill(-1);
  const shown: number[] = [];
  let width = 0;
  const add = (id: string, length: number, more = 0) => {
    layout.push({ id, start: width, length });
    width += length + more;
  };
  add('kept', 1);
  for (let view = 0; view < table.width; view++) {
    const name = view === own ? null : (names[view] ?? null);
    if (name === null) continue;
    target[view] = width;
    shown.push(view);
    // A view's last cell is that of rows without a value, which nobody is shown.
    add(name, table.starts[view + 1] - table.starts[view] - 1, 1);
  }
  for (const { step } of drops) add(`step:${step}`, 1);
  if (failing) add('reach', 1);
  return { layout, target, shown, width, cellOf: (id: string) => layout.find((one) => one.id === id)!.start };
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
