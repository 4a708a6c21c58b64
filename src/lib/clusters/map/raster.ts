import type { Inks, Tints } from './colour';
import type { PointGrid } from './grid';
import { painter, type Painter } from './paint';
import { MARGIN } from './stamp';
import { toneOf, weightHistogram } from './tone';
import { sameView, type Viewport } from './view';
import { Weights, type Colours } from './weights';

/** Above this share of all points a count anew, in the grid's order, is faster than single changes. */
const JUMP = 0.08;
/** Painting all pixels in order costs about as much as this share of them one by one. */
const SCATTERED = 1 / 16;
/** Opacity of a single point among many: colours that mean something need more than one ink. */
const FAINT = { plain: 0.3, coloured: 0.55 };

/** Slots `from` (included) to `to` (excluded) of a list, and whether they are kept from now on. */
export interface Flip {
  from: number;
  to: number;
  keep: 0 | 1;
}

/**
 * The picture of a view of a grid of points. What a moved cut changes is changed in place: weights and pixels always equal those of
 * a drawing from scratch.
 */
export class Raster {
  readonly grid: PointGrid;
  /** A byte a slot: does every cut keep its record? Changed through `flip` and `setKept` only. */
  readonly kept: Uint8Array;
  readonly #weights: Weights;
  #view: Viewport | null = null;
  #inks: Inks;
  #tints: Tints | null = null;
  #tint: Uint8Array | null = null;
  #colours: Colours | null = null;
  #histogram: Uint32Array | null = null;
  #painter: Painter | null = null;
  #pixels = new Uint32Array(0);
  /** Must all pixels be painted again? */
  #stale = true;

  constructor(grid: PointGrid, inks: Inks) {
    this.grid = grid;
    this.#inks = inks;
    this.kept = new Uint8Array(grid.places.length).fill(1);
    this.#weights = new Weights(grid);
  }

  /** Size of the picture in device pixels, diameter of a point in it, points in view. */
  get width(): number {
    return this.#weights.width;
  }
  get height(): number {
    return this.#weights.height;
  }
  get size(): number {
    return this.#weights.size;
  }
  get inView(): number {
    return this.#weights.inView;
  }

  /** Colours by something else; null: all kept alike. */
  setTints(tints: Tints | null): void {
    const { places, rows } = this.grid;
    if (tints && tints.bytes.length !== rows)
      throw new RangeError(`${tints.bytes.length} colours were given for ${rows} records`);
    this.#tints = tints;
    this.#tint = tints && new Uint8Array(places.length);
    if (tints && this.#tint)
      for (let slot = 0; slot < places.length; slot++) this.#tint[slot] = tints.bytes[places[slot]];
    this.#recolour(true);
  }

  /** Another theme. */
  setInks(inks: Inks): void {
    this.#inks = inks;
    this.#recolour(this.#tint !== null);
  }

  /** Which records every cut keeps: a byte a record. Only what differs is changed. */
  setKept(bytes: Uint8Array): void {
    const { places, rows } = this.grid;
    if (bytes.length !== rows) throw new RangeError(`${bytes.length} fates were given for ${rows} records`);
    const changed = new Int32Array(places.length);
    let n = 0;
    for (let slot = 0; slot < places.length; slot++) {
      changed[n] = slot;
      n += Number((bytes[places[slot]] !== 0) !== (this.kept[slot] !== 0));
    }
    if (n > places.length * JUMP) {
      for (let slot = 0; slot < places.length; slot++) this.kept[slot] = bytes[places[slot]] ? 1 : 0;
      this.#recount();
      return;
    }
    for (let i = 0; i < n; i++) this.#turn(changed[i], this.kept[changed[i]] ? 0 : 1);
    this.#touched(changed, 0, n);
  }

  /** Keeps or drops the slots of each range of a list; those that are so already stay. */
  flip(slots: Int32Array, ranges: readonly Flip[]): void {
    const count = ranges.reduce((sum, { from, to }) => sum + to - from, 0);
    if (count > this.kept.length * JUMP) {
      for (const { from, to, keep } of ranges) for (let i = from; i < to; i++) this.kept[slots[i]] = keep;
      this.#recount();
      return;
    }
    for (const { from, to, keep } of ranges)
      for (let i = from; i < to; i++) if (this.kept[slots[i]] !== keep) this.#turn(slots[i], keep);
    for (const { from, to } of ranges) this.#touched(slots, from, to);
  }

  /** Draws a view from scratch, unless it is the one that stands. */
  draw(view: Viewport): void {
    if (this.#view && sameView(this.#view, view)) return;
    this.#view = { ...view };
    this.#weights.look(view);
    const size = this.width * this.height;
    if (this.#pixels.length !== size) this.#pixels = new Uint32Array(size);
    this.#histogram = weightHistogram(this.#weights.all);
    this.#recolour(true);
  }

  /** The picture of the view drawn last: a pixel an entry, red in the lowest byte, alpha in the highest. Valid until the next change. */
  picture(): Uint32Array {
    if (this.#stale) this.#paint();
    return this.#pixels;
  }

  /** Weights of the kept and of all on each pixel of the picture, and the weight of one point. */
  weights(): { kept: Uint32Array; all: Uint32Array; unit: number } {
    const { width, height, stride, sums, all, stamp } = this.#weights;
    const found = { kept: new Uint32Array(width * height), all: new Uint32Array(width * height), unit: stamp.unit };
    const step = this.#colours ? 4 : 1;
    for (let i = 0; i < width * height; i++) {
      const p = (Math.floor(i / width) + MARGIN) * stride + (i % width) + MARGIN;
      found.kept[i] = sums[p * step];
      found.all[i] = all[p];
    }
    return found;
  }

  #turn(slot: number, keep: 0 | 1): void {
    this.kept[slot] = keep;
    if (this.#view) this.#weights.add(slot, keep ? 1 : -1, this.#colours);
  }

  #recount(): void {
    if (!this.#view) return;
    this.#weights.count(this.kept, this.#colours);
    this.#stale = true;
  }

  #recolour(recount: boolean): void {
    if (!this.#histogram) return;
    const tone = toneOf(this.#histogram, this.#weights.stamp.unit, this.#tints ? FAINT.coloured : FAINT.plain);
    this.#painter = painter(tone, this.#inks, this.#tints);
    this.#colours = this.#tint && { tint: this.#tint, palette: this.#painter.palette };
    this.#stale = true;
    if (recount) this.#recount();
  }

  /** Paints the pixels of some slots again, or all of them with the next picture where those are many. */
  #touched(slots: Int32Array, from: number, to: number): void {
    if (this.#stale || !this.#view) return;
    const { pixel, stride, width, height, sums, all } = this.#weights;
    const { offsets } = this.#weights.stamp;
    if ((to - from) * offsets.length > this.#pixels.length * SCATTERED) {
      this.#stale = true;
      return;
    }
    const paint = this.#painter!.pixel;
    for (let i = from; i < to; i++) {
      const p = pixel[slots[i]];
      for (let k = 0; p >= 0 && k < offsets.length; k++) {
        const q = p + offsets[k];
        const y = Math.floor(q / stride) - MARGIN;
        const x = (q % stride) - MARGIN;
        if (x < 0 || y < 0 || x >= width || y >= height) continue;
        this.#pixels[y * width + x] = paint(sums, q, all[q]);
      }
    }
  }

  #paint(): void {
    this.#stale = false;
    if (!this.#painter) return;
    const paint = this.#painter.pixel;
    const pixels = this.#pixels;
    const { width, height, stride, sums, all } = this.#weights;
    for (let y = 0, i = 0; y < height; y++) {
      let p = (y + MARGIN) * stride + MARGIN;
      for (let x = 0; x < width; x++, p++, i++) pixels[i] = all[p] === 0 ? 0 : paint(sums, p, all[p]);
    }
  }
}
