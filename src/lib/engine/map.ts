/** The cluster map's picture: made in the engine's worker, so that the page holds pixels and no points. */
import {
  buildGrid,
  categoryTints,
  insidePolygon,
  MapDrag,
  nearestSlot,
  Raster,
  toPixel,
  toPlane,
  valueTints,
  type Bounds,
  type Inks,
  type PointGrid,
  type ShownClass,
  type Viewport,
} from '$lib/clusters/map';

export type { Bounds, Inks, Rgb, ShownClass, Viewport } from '$lib/clusters/map';

/** A picture of a view: 4 bytes a device pixel, as ImageData takes them. */
export interface MapFrame {
  width: number;
  height: number;
  pixels: Uint8ClampedArray<ArrayBuffer>;
}

/** The record under the pointer, and the pixel at which it is drawn. */
export interface MapHit {
  place: number;
  x: number;
  y: number;
}

/**
 * What the map is coloured by; null: kept or dropped alone. `dropped`: the classes themselves say who is dropped, these codes mean
 * it. Every point then has its class's colour, muted for those.
 */
export type MapColour =
  | { by: 'category'; codes: Int32Array; dropped?: readonly number[] }
  | { by: 'column'; values: Float32Array; scale: 'linear' | 'log' }
  | null;

/** What the colours mean, for a legend. */
export type MapLegend =
  | { by: 'category'; shown: ShownClass[]; other: { classes: number; count: number }; none: number }
  | { by: 'column'; low: number; high: number; scale: 'linear' | 'log' }
  | null;

/** Records of a sample that decide which part of the map is shown at first. */
const SAMPLE = 20_000;
/** Pixels around the pointer within which a point answers. */
const NEAR = 8;

export class MapView {
  #grid: PointGrid | null = null;
  #raster: Raster | null = null;
  #drag: MapDrag | null = null;
  #inks = '';
  #kept: Uint8Array | null = null;
  #part: Uint8Array | null = null;
  #colour: MapColour = null;

  /** Records given and records with a place on the map. */
  get size(): { rows: number; placed: number } {
    return { rows: this.#grid?.rows ?? 0, placed: this.#grid?.places.length ?? 0 };
  }

  /** New positions, one a record, NaN where it has none. Fates and colours of as many records stay. */
  setPoints(x: Float32Array, y: Float32Array): void {
    this.#grid = buildGrid(x, y);
    this.#raster = null;
    this.#drag = null;
    this.#part = null;
    if (this.#kept && this.#kept.length !== x.length) this.#kept = null;
    if (this.#colour && lengthOf(this.#colour) !== x.length) this.#colour = null;
  }

  /** Colours by a class or a measured number; what the colours then mean. Counts are of records on the map. */
  setColour(colour: MapColour): MapLegend {
    if (colour && this.#grid && lengthOf(colour) !== this.#grid.rows)
      throw new RangeError(`${lengthOf(colour)} colours were given for ${this.#grid.rows} records of the map`);
    this.#colour = colour;
    const { tints, legend } = this.#tinted();
    this.#raster?.setTints(tints);
    if (!this.#drag) this.#raster?.setKept(this.#fates());
    return legend;
  }

  /** Which records the recipe keeps: a byte a record. Ends a drag. */
  setKept(kept: Uint8Array): void {
    this.#drag = null;
    this.#kept = kept.slice();
    this.#raster?.setKept(this.#fates());
  }

  /** Only these records stand out (a byte a record), all others step back, until it is called with null: what is pointed at elsewhere. */
  setPart(part: Uint8Array | null): void {
    this.#drag = null;
    this.#part = part?.slice() ?? null;
    this.#raster?.setKept(this.#fates());
  }

  /** A cut was taken in hand; `candidates`: a byte a record, does every other cut keep it? Nothing changes before the first `moveDrag`. */
  beginDrag(values: Float32Array, candidates: Uint8Array): void {
    if (this.#part) this.setPart(null);
    this.#drag = this.#raster && new MapDrag(this.#raster, values, candidates);
  }

  /** The cut in hand moved; without one in hand nothing happens. Did something? */
  moveDrag(min?: number, max?: number): boolean {
    this.#drag?.move(min, max);
    return this.#drag !== null;
  }

  /** The cut was given up: the fates told last hold again. One that was let go ends with `setKept`. */
  cancelDrag(): void {
    if (!this.#drag) return;
    this.#drag = null;
    this.#raster?.setKept(this.#fates());
  }

  /** The picture of a view in a theme's colours; null before there are points. */
  frame(view: Viewport, inks: Inks): MapFrame | null {
    if (!this.#grid || !(view.width > 0) || !(view.height > 0)) return null;
    // Red says that something is cut; what is only not pointed at is grey.
    const used = this.#part ? { ...inks, dropped: inks.none } : inks;
    const wanted = JSON.stringify(used);
    if (!this.#raster) {
      this.#raster = new Raster(this.#grid, used);
      this.#raster.setKept(this.#fates());
      this.#raster.setTints(this.#tinted().tints);
    } else if (wanted !== this.#inks) this.#raster.setInks(used);
    this.#inks = wanted;
    this.#raster.draw(view);
    const { width, height } = this.#raster;
    return { width, height, pixels: new Uint8ClampedArray(this.#raster.picture().slice().buffer) };
  }

  /** The record drawn nearest to a pixel, within 8; those kept come first. */
  hit(view: Viewport, px: number, py: number, reach = NEAR): MapHit | null {
    if (!this.#grid) return null;
    const at = toPlane(view, px, py);
    const slot = nearestSlot(this.#grid, at.x, at.y, reach / view.scale, this.#raster?.kept);
    if (slot < 0) return null;
    const { x, y } = toPixel(view, this.#grid.x[slot], this.#grid.y[slot]);
    return { place: this.#grid.places[slot], x, y };
  }

  /** Where a record is on the plane; null where it has no place. */
  locate(place: number): { x: number; y: number } | null {
    const slot = this.#grid ? this.#grid.places.indexOf(place) : -1;
    return slot < 0 ? null : { x: this.#grid!.x[slot], y: this.#grid!.y[slot] };
  }

  /** The records inside a polygon of pixels (x and y of each corner in turn), ascending, kept or not. */
  lasso(view: Viewport, polygon: ArrayLike<number>): Int32Array {
    if (!this.#grid) return new Int32Array(0);
    const corners = Float64Array.from(polygon);
    for (let i = 0; i + 1 < corners.length; i += 2) {
      const { x, y } = toPlane(view, corners[i], corners[i + 1]);
      corners[i] = x;
      corners[i + 1] = y;
    }
    return insidePolygon(this.#grid, corners);
  }

  /** What to show at first: all points, but for a few that lie far from all others. Null before there are points. */
  bounds(): Bounds | null {
    if (!this.#grid || this.#grid.places.length === 0) return null;
    const { x, y, bounds } = this.#grid;
    const [left, right] = middleOf(x);
    const [top, bottom] = middleOf(y);
    return {
      left: Math.max(bounds.left, left),
      right: Math.min(bounds.right, right),
      top: Math.max(bounds.top, top),
      bottom: Math.min(bounds.bottom, bottom),
    };
  }

  /** What stands out: the records pointed at, else the kept ones; all where their colours say who is kept. */
  #fates(): Uint8Array {
    const told = this.#colour?.by === 'category' && this.#colour.dropped;
    return this.#part ?? (told ? null : this.#kept) ?? new Uint8Array(this.#grid!.rows).fill(1);
  }

  #tinted() {
    const colour = this.#colour;
    if (!colour) return { tints: null, legend: null };
    if (colour.by === 'column') {
      const { tints, low, high } = valueTints(colour.values, colour.scale);
      return { tints, legend: { by: 'column', low, high, scale: colour.scale } as const };
    }
    const onMap = this.#grid && new Uint8Array(this.#grid.rows);
    if (onMap) for (const place of this.#grid!.places) onMap[place] = 1;
    const { tints, shown, other, none } = categoryTints(colour.codes, onMap ?? undefined);
    const pale = shown.flatMap(({ code }, i) => (colour.dropped?.includes(code) ? [i] : []));
    const rest = { classes: other.length, count: other.reduce((sum, { count }) => sum + count, 0) };
    return { tints: { ...tints, pale }, legend: { by: 'category', shown, other: rest, none } as const };
  }
}

function lengthOf(colour: NonNullable<MapColour>): number {
  return colour.by === 'category' ? colour.codes.length : colour.values.length;
}

/** From the 2nd to the 98th percentile of a sample, and a sixth more on each side. */
function middleOf(values: Float32Array): [number, number] {
  const step = Math.max(1, Math.floor(values.length / SAMPLE));
  const sample = values.filter((_, i) => i % step === 0).sort();
  const skip = Math.floor(sample.length * 0.02);
  const [low, high] = [sample[skip], sample[sample.length - 1 - skip]];
  const more = (high - low) / 6;
  return [low - more, high + more];
}
