/** The linked charts of one table: bins of every shown column and category, kept from recipe to recipe. */
import { binning, type Binning } from '$lib/columns/histogram';
import type { ColumnStats } from '$lib/columns/types';
import type { Classes } from '$lib/recipe/measured';
import { BLOCK, byteFiller, classFiller, valueFiller, type Filler } from './fillers';
import {
  hasRoom,
  insertCut,
  linkAll,
  linkedTable,
  moveCut,
  removeCut,
  type Blocked,
  type Linked,
  type LinkedTable,
  type MaskCut,
} from './linked';
import { flagStats, quickStats } from './statistics';
import { definitionOf } from './table';
import { breathe } from './turns';

/** Categories of more classes are counted, but not linked bin by bin. */
export const MOST_CLASSES = 254;

export interface ChartColumn {
  id: string;
  /** Equal versions mean equal values. */
  version: string;
  values(): Float32Array;
  /** A flag's bytes, which are its bins, where the values are at hand so. */
  bytes(): Uint8Array | null;
}

export interface ChartCategory {
  by: string;
  version: string;
  classes(): Classes;
}

/** What is known of a column's distribution over all records. */
export interface Distribution {
  version: string;
  stats: ColumnStats;
  scale: Binning;
  all: Uint32Array;
  values(): Float32Array;
}

/** A cut of the recipe as the charts see it. */
export interface ChartCut {
  step: number;
  column: string;
  min: number;
  max: number;
  /** Version of its values: the same as the column's where the view shows the same stage. */
  version: string;
  values(): Float32Array;
}

export class Charts {
  readonly distributions = new Map<string, Distribution>();
  /** Names of the views in the order of the table: column ids, then `category:BY`. */
  names: string[] = [];
  linked: Linked | null = null;
  #table: LinkedTable | null = null;
  #filled: string[] = [];
  #cuts: ChartCut[] = [];
  #blocked: Blocked | null = null;

  constructor(readonly rows: number) {}

  get table(): LinkedTable {
    if (!this.#table) throw new Error('The charts were not prepared.');
    return this.#table;
  }

  /** Index of a view, or -1. */
  view(name: string): number {
    return this.names.indexOf(name);
  }

  /** Brings statistics and bins up to date; only what changed is measured again. */
  async prepare(columns: ChartColumn[], categories: ChartCategory[], signal?: AbortSignal): Promise<void> {
    const linkable = categories
      .map((category) => ({ ...category, classes: category.classes() }))
      .filter(({ classes }) => classes.names.length <= MOST_CLASSES);
    const names = [...columns.map(({ id }) => id), ...linkable.map(({ by }) => `category:${by}`)];
    const versions = [...columns, ...linkable].map(({ version }) => version);
    const before = new Map(this.names.map((name, i) => [name, this.#filled[i]]));
    for (const column of columns) {
      if (this.distributions.get(column.id)?.version === column.version) continue;
      this.#describe(column);
      if (this.rows > 50_000) await breathe(signal);
    }
    const sizes = [
      ...columns.map(({ id }) => this.distributions.get(id)!.scale.edges.length - 1),
      ...linkable.map(({ classes }) => classes.names.length),
    ];
    const same = this.#table && names.length === this.names.length && names.every((name, i) => name === this.names[i]);
    const stale = names.flatMap((name, view) => (same && before.get(name) === versions[view] ? [] : [view]));
    if (stale.length === 0) return;
    const table = linkedTable(same ? 0 : this.rows, sizes);
    table.rows = this.rows;
    if (same) table.bins = this.#table!.bins;
    const fillers = stale.map((view): Filler => {
      const missing = sizes[view];
      if (view >= columns.length) return classFiller(linkable[view - columns.length].classes, view, missing);
      const column = columns[view];
      const { all, scale } = this.distributions.get(column.id)!;
      all.fill(0);
      const bytes = column.bytes();
      return bytes
        ? byteFiller(bytes, view, missing, all)
        : valueFiller(column.values(), scale.edges, view, missing, all);
    });
    // Block by block, so that a block of rows stays in the cache while all its views are written.
    this.#filled = [];
    for (let from = 0; from < this.rows; from += BLOCK) {
      const to = Math.min(this.rows, from + BLOCK);
      for (const fill of fillers) fill(table, from, to);
      if ((from / BLOCK) % 16 === 15) await breathe(signal);
    }
    this.#table = table;
    this.names = names;
    this.#filled = versions;
    this.linked = null;
  }

  #describe(column: ChartColumn): void {
    const bytes = column.bytes();
    const stats = bytes ? flagStats(bytes) : quickStats(column.values());
    const scale = binning(stats, definitionOf(column.id));
    const all = new Uint32Array(scale.edges.length - 1);
    this.distributions.set(column.id, { version: column.version, stats, scale, all, values: column.values });
  }

  /** Masks and counts for these cuts; a change of one cut alone is done by the rows that change sides. */
  link(cuts: ChartCut[], blocked: Blocked | null): Linked {
    const step = this.linked && !blocked && !this.#blocked ? change(this.#cuts, cuts) : null;
    this.#cuts = cuts;
    this.#blocked = blocked;
    const masks = this.maskCuts(cuts);
    if (!this.linked || !step || !hasRoom(this.linked)) this.linked = linkAll(this.table, masks, blocked);
    else if (step.kind === 'moved') moveCut(this.linked, step.index, masks[step.index].min, masks[step.index].max);
    else if (step.kind === 'more') insertCut(this.linked, step.index, masks[step.index]);
    else if (step.kind === 'less') removeCut(this.linked, step.index);
    return this.linked;
  }

  /** Cuts with their values; a column's first cut owns its view. */
  maskCuts(cuts: readonly ChartCut[]): MaskCut[] {
    return cuts.map((cut, i) => ({
      values: cut.values(),
      min: cut.min,
      max: cut.max,
      view: cuts.findIndex(({ column }) => column === cut.column) === i ? this.view(cut.column) : -1,
    }));
  }

  /** Cells of a view: its bins, and last the one of records without a value. */
  cells(name: string): Uint32Array | null {
    const view = this.view(name);
    const { linked } = this;
    if (view < 0 || !linked) return null;
    return linked.counts.subarray(linked.table.starts[view], linked.table.starts[view + 1]);
  }
}

type Change = { kind: 'none' } | { kind: 'moved' | 'more' | 'less'; index: number };

/** How cuts differ, where one range was moved, or one cut came or went whose column has no other; null for any other way. */
function change(before: readonly ChartCut[], after: readonly ChartCut[]): Change | null {
  const like = (a: ChartCut, b: ChartCut) => a.column === b.column && a.version === b.version;
  const equal = (a: ChartCut, b: ChartCut) => like(a, b) && a.min === b.min && a.max === b.max;
  let index = 0;
  while (index < before.length && index < after.length && equal(before[index], after[index])) index++;
  const rest = (list: readonly ChartCut[], from: number) => list.slice(from);
  const alike = (a: readonly ChartCut[], b: readonly ChartCut[]) =>
    a.length === b.length && a.every((cut, i) => equal(cut, b[i]));
  const alone = (list: readonly ChartCut[]) => list.filter(({ column }) => column === list[index].column).length === 1;
  const grown = after.length - before.length;
  if (grown === 0) {
    if (index === after.length) return { kind: 'none' };
    const moved = like(before[index], after[index]) && alike(rest(before, index + 1), rest(after, index + 1));
    return moved ? { kind: 'moved', index } : null;
  }
  if (grown === 1 && alike(rest(before, index), rest(after, index + 1)) && alone(after)) return { kind: 'more', index };
  if (grown === -1 && alike(rest(before, index + 1), rest(after, index)) && alone(before))
    return { kind: 'less', index };
  return null;
}
