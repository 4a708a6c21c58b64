/** The map's worker as the page would have it, and the rival: both answer a move of a cut with a picture. */
import { MapView, type Inks } from '$lib/engine/map';
import { fit, type Viewport } from '$lib/engine/viewport';
import { makePoints, naive, type Points } from '../points';

export type MapRequest =
  | { kind: 'points'; rows: number; width: number; height: number }
  | { kind: 'colour'; by: 'nothing' | 'category' }
  | { kind: 'move' | 'naive'; min: number };
export interface MapReply {
  /** The worker's own milliseconds. */
  work: number;
  pixels: Uint8ClampedArray<ArrayBuffer> | null;
}

const inks: Inks = {
  kept: [69, 82, 90],
  dropped: [221, 141, 116],
  categories: Array.from({ length: 12 }, (_, i) => [20 * i, 100, 220 - 15 * i] as const),
  other: [165, 162, 153],
  none: [201, 198, 189],
  ramp: [
    [195, 211, 207],
    [28, 39, 72],
  ],
};
const map = new MapView();
let points: Points;
let view: Viewport;
let plain: ReturnType<typeof naive>;

function answer(request: MapRequest): MapReply['pixels'] {
  if (request.kind === 'points') {
    points = makePoints(request.rows);
    map.setPoints(points.x, points.y);
    view = fit(map.bounds()!, request.width, request.height);
    plain = naive(points, request.width, request.height);
    return null;
  }
  if (request.kind === 'colour') {
    map.setColour(request.by === 'category' ? { by: 'category', codes: points.codes } : null);
    map.frame(view, inks);
    map.beginDrag(points.values, new Uint8Array(points.x.length).fill(1));
    map.moveDrag(0, 1);
    return null;
  }
  if (request.kind === 'naive') return new Uint8ClampedArray(plain(view, request.min).slice().buffer as ArrayBuffer);
  map.moveDrag(request.min, 1);
  return map.frame(view, inks)!.pixels;
}

self.onmessage = ({ data }: MessageEvent<MapRequest>) => {
  const start = performance.now();
  const pixels = answer(data);
  const reply: MapReply = { work: performance.now() - start, pixels };
  self.postMessage(reply, { transfer: pixels ? [pixels.buffer] : [] });
};
