import { dragCounts, lookupDrag, lookupTokens, snapDrag, type DragCounts } from '$lib/engine/drag';
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
  /** Records that reach the dragged cut from every other cut. */
  reach = $state<number | null>(null);
  /** Of those, how many it drops; null until the index is there. */
  drops = $state<number | null>(null);
  /** Tokens of the records kept; null where they are not known before the handle is let go. */
  tokens = $state<number | null>(null);
  /** Milliseconds of the last look-up. */
  work = 0;

  /** The first knows what is kept; others hold views that came on screen later. */
  #parts: { index: DragIndex; counts: DragCounts }[] = [];

  begin(column: string, min: number | undefined, max: number | undefined): void {
    this.#parts = [];
    this.kept = null;
    this.tokens = null;
    this.reach = null;
    this.drops = null;
    this.column = column;
    this.min = min;
    this.max = max;
    this.tick = 1;
  }

  /** The worker's answers arrived; ignored when the hand has moved on to another column. */
  attach(index: DragIndex): void {
    if (index.column !== this.column) return;
    const counts = dragCounts(index);
    if (this.#parts.length === 0) this.reach = reached(lookupDrag(index, undefined, undefined, counts));
    this.#parts.push({ index, counts });
    this.#look();
    this.tick++;
  }

  /** The value a handle takes at `value`: one for which the counts are exact. */
  snap(value: number): number {
    return this.#parts.length > 0 ? snapDrag(this.#parts[0].index, value) : value;
  }

  move(min: number | undefined, max: number | undefined): void {
    if (this.column === null) return;
    this.min = min;
    this.max = max;
    this.#look();
    this.tick++;
  }

  end(): void {
    this.#parts = [];
    this.column = null;
    this.kept = null;
    this.tokens = null;
    this.reach = null;
    this.drops = null;
    this.tick = 0;
  }

  /** Kept counts per bin at this position (column id, or `category:BY`); null where the index has none. Reused. */
  bins(id: string): Uint32Array | null {
    for (const { counts } of this.#parts) {
      const found = counts.views.get(id);
      if (found) return found;
    }
    return null;
  }

  /** Of the records that the dragged step keeps, how many a later step drops; null where the index does not know. */
  dropped(step: number): number | null {
    return this.bins(`step:${step}`)?.[0] ?? null;
  }

  #look(): void {
    if (this.#parts.length === 0) return;
    const start = performance.now();
    for (const { index, counts } of this.#parts) lookupDrag(index, this.min, this.max, counts);
    const [{ counts }] = this.#parts;
    this.kept = counts.kept;
    this.drops = this.reach === null ? null : this.reach - reached(counts);
    this.tokens = lookupTokens(this.#parts[0].index, this.min, this.max);
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

/** Records at this position that only the dragged cut may drop. */
function reached({ kept, views }: DragCounts): number {
  return views.get('reach')?.[0] ?? kept;
}
