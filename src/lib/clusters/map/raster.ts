import type { Inks, Tints } from './colour';
import { columnOf, lineOf, type PointGrid } from './grid';
import { painter, type Painter } from './paint';
import { MARGIN, pointSize, REACH, stampOf, type Stamp } from './stamp';
import { toneOf, weightHistogram } from './tone';
import { toPlane, type Viewport } from './view';

/** Above this share of all points a recount in the grid's order is faster than single changes. */
const JUMP = 0.08;

/** Slots `from` (included) to `to` (excluded) of a list, and whether they are kept from now on. */
export interface Flip {
  from: number;
  to: number;
  keep: 0 | 1;
}

/**
 * A view of a grid of points as weights a pixel, and those as colours. What a moved cut changes is changed in place: weights
 * always equal those of a drawing from scratch.
 */
export class Raster {
  readonly grid: PointGrid;
  /** A byte a slot: does every cut keep its record? Changed through `flip` and `setKept` only. */
  readonly kept: Uint8Array;
  /** Size of the picture in device pixels. */
  width = 0;
  height = 0;
  /** Diameter of a point in device pixels. */
  size = 1;
  /** Points in view, kept or not. */
  inView = 0;
  /** Middle pixel of each slot in the raster with its margin; -1 outside. */
  #pixel: Int32Array;
  #stride = 0;
  #stamp: Stamp = stampOf(1, 0);
  #view: Viewport | null = null;
  #all = new Uint32Array(0);
  /** Weight of the kept alone or, where they are coloured, that and the weighted sums of red, green and blue. */
  #sums = new Uint32Array(0);
  #tints: Tints | null = null;
  /** By slot. */
  #tint: Uint8Array | null = null;
  #inks: Inks;
  #histogram: Uint32Array | null = null;
  #painter: Painter | null = null;
  #pixels = new Uint32Array(0);
  /** Must all pixels be painted again? */
  #stale = true;

  constructor(grid: PointGrid, inks: Inks) {
    this.grid = grid;
    this.#inks = inks;
    this.kept = new Uint8Array(grid.places.length).fill(1);
    this.#pixel = new Int32Array(grid.places.length);
  }

  /** Colours by something else; null: all kept alike. */
  setTints(tints: Tints | null): void {
    const { places } = this.grid;
    if (tints && tints.bytes.length !== this.grid.rows)
      throw new RangeError(`${tints.bytes.length} colours were given for ${this.grid.rows} records`);
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
    const before = this.#view;
    const same =
      before &&
      (['width', 'height', 'cx', 'cy', 'scale'] as const).every((key) => before[key] === view[key]) &&
      (before.ratio ?? 1) === (view.ratio ?? 1);
    if (same) return;
    this.#view = { ...view };
    this.#locate(view);
    const area = this.#stride * (this.height + 2 * MARGIN);
    if (this.#all.length === area) this.#all.fill(0);
    else this.#all = new Uint32Array(area);
    if (this.#pixels.length !== this.width * this.height) this.#pixels = new Uint32Array(this.width * this.height);
    this.#weigh();
    this.#histogram = weightHistogram(this.#all);
    this.#recolour(true);
  }

  /** The picture of the view drawn last: a pixel an entry, red in the lowest byte, alpha in the highest. Valid until the next change. */
  picture(): Uint32Array {
    if (this.#stale) this.#paint();
    return this.#pixels;
  }

  /** Weights of the kept and of all on each pixel of the picture (without its margin), and the weight of one point. */
  weights(): { kept: Uint32Array; all: Uint32Array; unit: number } {
    const size = this.width * this.height;
    const [kept, all] = [new Uint32Array(size), new Uint32Array(size)];
    const step = this.#tint ? 4 : 1;
    for (let i = 0; i < size; i++) {
      const p = (Math.floor(i / this.width) + MARGIN) * this.#stride + (i % this.width) + MARGIN;
      kept[i] = this.#sums[p * step];
      all[i] = this.#all[p];
    }
    return { kept, all, unit: this.#stamp.unit };
  }

  /** Finds the middle pixel of every slot in view or its margin, and the size of points. */
  #locate(view: Viewport): void {
    const ratio = view.ratio ?? 1;
    this.width = Math.max(1, Math.round(view.width * ratio));
    this.height = Math.max(1, Math.round(view.height * ratio));
    this.#stride = this.width + 2 * MARGIN;
    const { grid } = this;
    const scale = view.scale * ratio;
    const left = this.width / 2 - view.cx * scale + MARGIN;
    const top = this.height / 2 - view.cy * scale + MARGIN;
    const [right, bottom] = [this.#stride - REACH, this.height + 2 * MARGIN - REACH];
    const pixel = this.#pixel.fill(-1);
    const reach = REACH / ratio;
    const start = toPlane(view, -reach, -reach);
    const end = toPlane(view, view.width + reach, view.height + reach);
    const { x: xs, y: ys, starts, columns } = grid;
    const stride = this.#stride;
    const [first, last] = [columnOf(grid, start.x), columnOf(grid, end.x)];
    let inView = 0;
    for (let line = lineOf(grid, start.y); line <= lineOf(grid, end.y); line++) {
      const to = starts[line * columns + last + 1];
      for (let slot = starts[line * columns + first]; slot < to; slot++) {
        const x = xs[slot] * scale + left;
        const y = ys[slot] * scale + top;
        if (x < REACH || y < REACH || x >= right || y >= bottom) continue;
        pixel[slot] = (y | 0) * stride + (x | 0);
        inView++;
      }
    }
    this.inView = inView;
    this.size = pointSize(inView, view.width * view.height, ratio);
    this.#stamp = stampOf(this.size, this.#stride);
  }

  #weigh(): void {
    const pixel = this.#pixel;
    const all = this.#all;
    const { offsets, weights } = this.#stamp;
    const single = offsets.length === 1;
    for (let slot = 0; slot < pixel.length; slot++) {
      const p = pixel[slot];
      if (p < 0) continue;
      if (single) all[p]++;
      else for (let k = 0; k < offsets.length; k++) all[p + offsets[k]] += weights[k];
    }
  }

  /** Sums the kept anew, in the grid's order: neighbours in memory are neighbours in the picture. */
  #recount(): void {
    if (!this.#view) return;
    this.#stale = true;
    const cells = this.#all.length * (this.#tint ? 4 : 1);
    if (this.#sums.length === cells) this.#sums.fill(0);
    else this.#sums = new Uint32Array(cells);
    const { kept } = this;
    const pixel = this.#pixel;
    const sums = this.#sums;
    if (this.#stamp.offsets.length > 1) {
      for (let slot = 0; slot < pixel.length; slot++)
        if (kept[slot] && pixel[slot] >= 0) this.#add(slot, pixel[slot], 1);
    } else if (!this.#tint) {
      for (let slot = 0; slot < pixel.length; slot++) if (pixel[slot] >= 0) sums[pixel[slot]] += kept[slot];
    } else {
      const tint = this.#tint;
      const { palette } = this.#painter!;
      for (let slot = 0; slot < pixel.length; slot++) {
        if (pixel[slot] < 0 || !kept[slot]) continue;
        const at = 4 * pixel[slot];
        const c = 3 * tint[slot];
        sums[at]++;
        sums[at + 1] += palette[c];
        sums[at + 2] += palette[c + 1];
        sums[at + 3] += palette[c + 2];
      }
    }
  }

  #turn(slot: number, keep: 0 | 1): void {
    this.kept[slot] = keep;
    const p = this.#pixel[slot];
    if (this.#view && p >= 0) this.#add(slot, p, keep ? 1 : -1);
  }

  /** Adds (1) a point to the sums or takes it away (-1). */
  #add(slot: number, p: number, by: number): void {
    const { offsets, weights } = this.#stamp;
    const sums = this.#sums;
    if (!this.#tint) {
      for (let k = 0; k < offsets.length; k++) sums[p + offsets[k]] += by * weights[k];
      return;
    }
    const palette = this.#painter!.palette;
    const c = 3 * this.#tint[slot];
    for (let k = 0; k < offsets.length; k++) {
      const at = 4 * (p + offsets[k]);
      const weight = by * weights[k];
      sums[at] += weight;
      sums[at + 1] += weight * palette[c];
      sums[at + 2] += weight * palette[c + 1];
      sums[at + 3] += weight * palette[c + 2];
    }
  }

  #recolour(recount: boolean): void {
    if (!this.#histogram) return;
    const tone = toneOf(this.#histogram, this.#stamp.unit, this.#tints ? 0.55 : 0.3);
    this.#painter = painter(tone, this.#inks, this.#tints?.kind ?? null);
    this.#stale = true;
    if (recount) this.#recount();
  }

  /** Paints the pixels of some slots again, or all of them with the next picture where those are many. */
  #touched(slots: Int32Array, from: number, to: number): void {
    if (this.#stale || !this.#view) return;
    const { offsets } = this.#stamp;
    if ((to - from) * offsets.length * 16 > this.#pixels.length) {
      this.#stale = true;
      return;
    }
    const paint = this.#painter!.pixel;
    for (let i = from; i < to; i++) {
      const p = this.#pixel[slots[i]];
      if (p < 0) continue;
      for (let k = 0; k < offsets.length; k++) {
        const q = p + offsets[k];
        const y = Math.floor(q / this.#stride) - MARGIN;
        const x = (q % this.#stride) - MARGIN;
        if (x < 0 || y < 0 || x >= this.width || y >= this.height) continue;
        this.#pixels[y * this.width + x] = paint(this.#sums, q, this.#all[q]);
      }
    }
  }

  #paint(): void {
    this.#stale = false;
    if (!this.#painter) return;
    const paint = this.#painter.pixel;
    const [sums, all, pixels] = [this.#sums, this.#all, this.#pixels];
    for (let y = 0, i = 0; y < this.height; y++) {
      let p = (y + MARGIN) * this.#stride + MARGIN;
      for (let x = 0; x < this.width; x++, p++, i++) pixels[i] = all[p] === 0 ? 0 : paint(sums, p, all[p]);
    }
  }
}
