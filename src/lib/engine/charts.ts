/** The linked charts of one table: bins of every shown column and category, kept from recipe to recipe. */
import { binIndex, binning, NO_BIN, type Binning } from '$lib/columns/histogram';
import type { ColumnStats } from '$lib/columns/types';
import type { Classes } from '$lib/recipe/measured';
import {
  fillView,
  linkAll,
  linkedTable,
  moveCut,
  type Blocked,
  type Linked,
  type LinkedTable,
  type MaskCut,
} from './linked';
import { quickStats } from './statistics';
import { definitionOf } from './table';
import { breathe } from './turns';

/** Categories of more classes are counted, but not linked bin by bin. */
export const MOST_CLASSES = 254;

export interface ChartColumn {
  id: string;
  /** Equal versions mean equal values. */
  version: string;
  values(): Float32Array;
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
      .map((c) => ({ ...c, classes: c.classes() }))
      .filter((c) => c.classes.names.length <= MOST_CLASSES);
    const names = [...columns.map(({ id }) => id), ...linkable.map(({ by }) => `category:${by}`)];
    const bins = new Map<number, Uint8Array>();
    const versions = [...columns, ...linkable].map(({ version }) => version);
    for (const [view, column] of columns.entries()) {
      const known = this.distributions.get(column.id);
      if (known?.version === column.version) continue;
      bins.set(view, this.#measure(column));
      this.#filled[this.names.indexOf(column.id)] = '';
      if (this.rows > 50_000) await breathe(signal);
    }
    const sizes = [
      ...columns.map(({ id }) => this.distributions.get(id)!.scale.edges.length - 1),
      ...linkable.map(({ classes }) => classes.names.length),
    ];
    const same = this.#table && names.length === this.names.length && names.every((name, i) => name === this.names[i]);
    const table = linkedTable(same ? 0 : this.rows, sizes);
    table.rows = this.rows;
    if (same) table.bins = this.#table!.bins;
    let changed = !same;
    for (const [view, version] of versions.entries()) {
      if (same && this.#filled[view] === version) continue;
      changed = true;
      let own = bins.get(view);
      if (!own && view < columns.length)
        own = binIndex(columns[view].values(), this.distributions.get(columns[view].id)!.scale.edges);
      fillView(table, view, own ?? classBins(linkable[view - columns.length].classes));
      if (this.rows > 50_000 && view % 4 === 3) await breathe(signal);
    }
    this.#table = table;
    this.names = names;
    this.#filled = versions;
    if (changed) this.linked = null;
  }

  #measure(column: ChartColumn): Uint8Array {
    const values = column.values();
    const stats = quickStats(values);
    const scale = binning(stats, definitionOf(column.id));
    const bins = binIndex(values, scale.edges);
    const all = new Uint32Array(scale.edges.length - 1);
    for (let row = 0; row < bins.length; row++) if (bins[row] !== NO_BIN) all[bins[row]]++;
    this.distributions.set(column.id, { version: column.version, stats, scale, all, values: column.values });
    return bins;
  }

  /** Masks and counts for these cuts; a change of one range alone is done by the rows that change sides. */
  link(cuts: ChartCut[], blocked: Blocked | null): Linked {
    const before = this.#cuts;
    this.#cuts = cuts;
    const moved = cuts.flatMap((cut, i) =>
      before[i] && (before[i].min !== cut.min || before[i].max !== cut.max) ? [i] : [],
    );
    const alike =
      cuts.length === before.length &&
      cuts.every((cut, i) => cut.column === before[i].column && cut.version === before[i].version);
    if (this.linked && alike && moved.length <= 1 && !blocked && !this.#blocked) {
      for (const i of moved) moveCut(this.linked, i, cuts[i].min, cuts[i].max);
    } else {
      this.linked = linkAll(this.table, this.maskCuts(cuts), blocked);
    }
    this.#blocked = blocked;
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

function classBins({ codes }: Classes): Uint8Array {
  const bins = new Uint8Array(codes.length);
  for (let row = 0; row < codes.length; row++) bins[row] = codes[row] < 0 ? NO_BIN : codes[row];
  return bins;
}
