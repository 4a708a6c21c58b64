import type { Bounds } from '$lib/clusters/map';
import { MapView } from '../map';

/** x and y of places that stand in turn. */
export function axes(places: Float32Array): { x: Float32Array; y: Float32Array } {
  return { x: places.filter((_, i) => i % 2 === 0), y: places.filter((_, i) => i % 2 === 1) };
}

/** A map while it grows: its picture keeps its size, however far its points have spread. */
export class Sketch {
  readonly map = new MapView();

  /** Places so far, rows × 2; what to show of them, from −1 to 1 in height. Null where no record has one. */
  grow(places: Float32Array): Bounds | null {
    const { x, y } = axes(places);
    this.map.setPoints(x, y);
    const bounds = this.map.bounds();
    if (!bounds) return null;
    const { left, right, top, bottom } = bounds;
    const half = (bottom - top) / 2 || 1;
    this.map.setPoints(
      x.map((value) => (value - (left + right) / 2) / half),
      y.map((value) => (value - (top + bottom) / 2) / half),
    );
    return { left: (left - right) / 2 / half, right: (right - left) / 2 / half, top: -1, bottom: 1 };
  }
}
