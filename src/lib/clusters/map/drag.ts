import type { Flip, Raster } from './raster';
import { sortByValue } from '../../text/radix';

/** A cut in hand over a raster: the records it alone decides on, in order of their values, so that a move flips only those it passes. */
export class MapDrag {
  readonly #raster: Raster;
  /** Slots of the candidates with a value, ascending by it. */
  readonly #slots: Int32Array<ArrayBuffer>;
  readonly #values: Float32Array<ArrayBuffer>;
  /** Does the raster show the slots from `#low` to `#high`, and no others but those without a value? */
  #low = -1;
  #high = -1;
  readonly #open: Uint8Array;

  /**
   * @param values of the dragged column, one a record; no cut drops a record whose value is NaN.
   * @param candidates a byte a record: do all other cuts keep it?
   */
  constructor(raster: Raster, values: Float32Array, candidates: Uint8Array) {
    const { places, rows } = raster.grid;
    if (values.length !== rows || candidates.length !== rows)
      throw new RangeError(
        `${values.length} values and ${candidates.length} candidates were given for ${rows} records`,
      );
    this.#raster = raster;
    const slots = new Int32Array(places.length);
    const sorted = new Float32Array(places.length);
    this.#open = new Uint8Array(rows);
    let n = 0;
    for (let slot = 0; slot < places.length; slot++) {
      const place = places[slot];
      if (!candidates[place]) continue;
      const value = values[place];
      if (value !== value) {
        this.#open[place] = 1;
        continue;
      }
      slots[n] = slot;
      sorted[n++] = value;
    }
    this.#slots = slots.slice(0, n);
    this.#values = sorted.slice(0, n);
    sortByValue(this.#slots, this.#values);
  }

  /** Keeps the candidates from `min` to `max`, both included, compared as float32. */
  move(min = -Infinity, max = Infinity): void {
    const low = firstAbove(this.#values, Math.fround(min), true);
    const high = Math.max(low, firstAbove(this.#values, Math.fround(max), false));
    const raster = this.#raster;
    const slots = this.#slots;
    if (this.#low < 0) {
      const kept = this.#open;
      for (let i = low; i < high; i++) kept[raster.grid.places[slots[i]]] = 1;
      raster.setKept(kept);
    } else raster.flip(slots, flips(this.#low, this.#high, low, high));
    this.#low = low;
    this.#high = high;
  }
}

/** What changes when the kept range [a, b) becomes [c, d). */
function flips(a: number, b: number, c: number, d: number): Flip[] {
  const middle: Flip[] =
    c >= b || d <= a
      ? [
          { from: a, to: b, keep: 0 },
          { from: c, to: d, keep: 1 },
        ]
      : [
          { from: Math.min(a, c), to: Math.max(a, c), keep: c < a ? 1 : 0 },
          { from: Math.min(b, d), to: Math.max(b, d), keep: d > b ? 1 : 0 },
        ];
  return middle.filter(({ from, to }) => to > from);
}

/** The first position whose value is above `bound`, or (`equal`) not below it. */
function firstAbove(values: Float32Array, bound: number, equal: boolean): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (equal ? values[middle] < bound : values[middle] <= bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
