import type { DragIndex, Views } from '$lib/engine/protocol';

/** First index of `steps` whose value is not below (or, with `above`, is above) `value`. */
export function bound(steps: Float64Array, value: number, above: boolean): number {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (above ? steps[middle] <= value : steps[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * Counts of every linked view while one handle is held: two rows of the drag index subtracted into arrays allocated once.
 * Charts read `tick` (so that they redraw) and then `bins`.
 */
export class Live {
  /** Grows with every move; 0 while nothing is dragged. */
  tick = $state(0);
  column = $state<string | null>(null);
  min = $state<number | undefined>(undefined);
  max = $state<number | undefined>(undefined);
  /** Records kept at this position; null until the index is there. */
  kept = $state<number | null>(null);
  /** Records that reach the dragged cut from every other cut, and how many of them it drops. */
  reach = $state<number | null>(null);
  /** Milliseconds of the last look-up. */
  work = 0;

  #index: DragIndex | null = null;
  #row = new Uint32Array(0);
  #parts = new Map<string, Uint32Array>();
  #keptAt = -1;
  #reach = 0;

  begin(column: string, min: number | undefined, max: number | undefined): void {
    this.column = column;
    this.min = min;
    this.max = max;
    this.tick = 1;
  }

  /** The worker's answers arrived; ignored when the hand has moved on to another column. */
  attach(index: DragIndex): void {
    if (index.column !== this.column) return;
    this.#index = index;
    this.#row = new Uint32Array(index.width);
    this.#parts = new Map();
    this.#keptAt = -1;
    for (const part of index.layout) {
      if (part.id === 'kept') this.#keptAt = part.start;
      this.#parts.set(part.id, this.#row.subarray(part.start, part.start + part.length));
    }
    this.#reach = this.#cell(index, index.steps.length, this.#keptAt);
    this.#look();
    this.tick++;
  }

  move(min: number | undefined, max: number | undefined): void {
    if (this.column === null) return;
    this.min = min;
    this.max = max;
    this.#look();
    this.tick++;
  }

  end(): void {
    this.#index = null;
    this.#parts = new Map();
    this.column = null;
    this.kept = null;
    this.reach = null;
    this.tick = 0;
  }

  /** Kept counts per bin of a view at this position; null where the index does not hold it. The array is reused. */
  bins(id: string): Uint32Array | null {
    return this.#index ? (this.#parts.get(id) ?? null) : null;
  }

  #cell(index: DragIndex, row: number, cell: number): number {
    return cell < 0 ? 0 : index.table[row * index.width + cell] + index.missing[cell];
  }

  #look(): void {
    const index = this.#index;
    if (!index) return;
    const start = performance.now();
    const { steps, table, width, missing } = index;
    const low = this.min === undefined ? 0 : bound(steps, Math.fround(this.min), false);
    const high = this.max === undefined ? steps.length : bound(steps, Math.fround(this.max), true);
    const from = low * width;
    const to = Math.max(low, high) * width;
    const row = this.#row;
    if (this.min === undefined) for (let i = 0; i < width; i++) row[i] = table[to + i] + missing[i];
    else for (let i = 0; i < width; i++) row[i] = table[to + i] - table[from + i] + missing[i];
    this.kept = this.#keptAt < 0 ? null : row[this.#keptAt];
    this.reach = this.#reach;
    this.work = performance.now() - start;
  }
}

/** Kept counts of a column's bins: live ones while a handle is held, else those of the views. */
export function keptBins(live: Live, views: Views | null, id: string): Uint32Array | null {
  if (live.tick > 0) {
    const bins = live.bins(id);
    if (bins) return bins;
  }
  return views?.columns.find((view) => view.id === id)?.kept ?? null;
}
