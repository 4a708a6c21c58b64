import { columnOf, lineOf, type PointGrid } from './grid';
import { MARGIN, pointSize, REACH, stampOf, type Stamp } from './stamp';
import { toPlane, type Viewport } from './view';

/** A byte a slot and the colours those stand for (red, green and blue of each in turn); null where all have one ink. */
export interface Colours {
  tint: Uint8Array;
  palette: Uint8Array;
}

/**
 * What lies on each pixel of a view: the weight of all points and of the kept ones, the latter with the sums of their colours.
 * Pixels are those of the raster, which is larger than the picture by a margin.
 */
export class Weights {
  readonly grid: PointGrid;
  /** Size of the picture in device pixels. */
  width = 0;
  height = 0;
  /** Pixels from a line of the raster to the next. */
  stride = 0;
  /** Diameter of a point in device pixels. */
  size = 1;
  /** Points in view, kept or not. */
  inView = 0;
  stamp: Stamp = stampOf(1, 0);
  /** Middle pixel of each slot; -1 outside. */
  readonly pixel: Int32Array;
  all = new Uint32Array(0);
  /** Weight of the kept alone or, where they are coloured, that and the weighted sums of red, green and blue in turn. */
  sums = new Uint32Array(0);

  constructor(grid: PointGrid) {
    this.grid = grid;
    this.pixel = new Int32Array(grid.places.length);
  }

  /** Takes another view: where every point lies in it, and the weight of all. `sums` is that of the old view until `count`. */
  look(view: Viewport): void {
    this.#locate(view);
    const area = this.stride * (this.height + 2 * MARGIN);
    if (this.all.length === area) this.all.fill(0);
    else this.all = new Uint32Array(area);
    const { pixel, all } = this;
    const { offsets, weights } = this.stamp;
    const single = offsets.length === 1;
    for (let slot = 0; slot < pixel.length; slot++) {
      const p = pixel[slot];
      if (p < 0) continue;
      if (single) all[p]++;
      else for (let k = 0; k < offsets.length; k++) all[p + offsets[k]] += weights[k];
    }
  }

  /** Sums the kept anew, in the grid's order: neighbours in memory are neighbours in the picture. */
  count(kept: Uint8Array, colours: Colours | null): void {
    const cells = this.all.length * (colours ? 4 : 1);
    if (this.sums.length === cells) this.sums.fill(0);
    else this.sums = new Uint32Array(cells);
    const { pixel, sums } = this;
    if (this.stamp.offsets.length > 1) {
      for (let slot = 0; slot < pixel.length; slot++) if (kept[slot]) this.add(slot, 1, colours);
    } else if (!colours) {
      for (let slot = 0; slot < pixel.length; slot++) if (pixel[slot] >= 0) sums[pixel[slot]] += kept[slot];
    } else {
      const { tint, palette } = colours;
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

  /** Adds (1) a point to the sums of the kept or takes it away (-1). */
  add(slot: number, by: 1 | -1, colours: Colours | null): void {
    const p = this.pixel[slot];
    if (p < 0) return;
    const { offsets, weights } = this.stamp;
    const { sums } = this;
    if (!colours) {
      for (let k = 0; k < offsets.length; k++) sums[p + offsets[k]] += by * weights[k];
      return;
    }
    const { tint, palette } = colours;
    const c = 3 * tint[slot];
    for (let k = 0; k < offsets.length; k++) {
      const at = 4 * (p + offsets[k]);
      const weight = by * weights[k];
      sums[at] += weight;
      sums[at + 1] += weight * palette[c];
      sums[at + 2] += weight * palette[c + 1];
      sums[at + 3] += weight * palette[c + 2];
    }
  }

  /** Finds the middle pixel of every slot in view or its margin, and the size of points. */
  #locate(view: Viewport): void {
    const { grid, pixel } = this;
    const ratio = view.ratio ?? 1;
    this.width = Math.max(1, Math.round(view.width * ratio));
    this.height = Math.max(1, Math.round(view.height * ratio));
    const stride = (this.stride = this.width + 2 * MARGIN);
    const scale = view.scale * ratio;
    const left = this.width / 2 - view.cx * scale + MARGIN;
    const top = this.height / 2 - view.cy * scale + MARGIN;
    const [right, bottom] = [stride - REACH, this.height + 2 * MARGIN - REACH];
    pixel.fill(-1);
    const reach = REACH / ratio;
    const start = toPlane(view, -reach, -reach);
    const end = toPlane(view, view.width + reach, view.height + reach);
    const { x: xs, y: ys, starts, columns } = grid;
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
    this.stamp = stampOf(this.size, stride);
  }
}
