import { dragCounts, lookupDrag, snapDrag, type DragCounts } from '$lib/engine/drag';
import type { DragIndex, Views } from '$lib/engine/protocol';

/**
 * Counts of every linked view while one handle is held, looked up in the drag index into memory allocated once.
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
  /** Records that reach the dragged cut from every other cut; `reach - kept` is what it drops. */
  reach = $state<number | null>(null);
  /** Milliseconds of the last look-up. */
  work = 0;

  #index: DragIndex | null = null;
  #counts: DragCounts | null = null;

  begin(column: string, min: number | undefined, max: number | undefined): void {
    this.#index = null;
    this.#counts = null;
    this.kept = null;
    this.reach = null;
    this.column = column;
    this.min = min;
    this.max = max;
    this.tick = 1;
  }

  /** The worker's answers arrived; ignored when the hand has moved on to another column. */
  attach(index: DragIndex): void {
    if (index.column !== this.column) return;
    this.#index = index;
    this.#counts = dragCounts(index);
    this.reach = lookupDrag(index, undefined, undefined, this.#counts).kept;
    this.#look();
    this.tick++;
  }

  /** The value a handle takes at `value`: one for which the counts are exact. */
  snap(value: number): number {
    return this.#index ? snapDrag(this.#index, value) : value;
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
    this.#counts = null;
    this.column = null;
    this.kept = null;
    this.reach = null;
    this.tick = 0;
  }

  /** Kept counts per bin at this position (column id, or `category:BY`); null where the index has none. Reused. */
  bins(id: string): Uint32Array | null {
    return this.#counts?.views.get(id) ?? null;
  }

  #look(): void {
    if (!this.#index || !this.#counts) return;
    const start = performance.now();
    this.kept = lookupDrag(this.#index, this.min, this.max, this.#counts).kept;
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
