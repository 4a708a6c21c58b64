import { describe, expect, it } from 'vitest';
import { MapView, type Inks, type Viewport } from '$lib/engine/map';
import { toPixel } from '$lib/engine/viewport';

const inks: Inks = {
  kept: [0, 0, 0],
  dropped: [255, 0, 0],
  categories: [[0, 255, 0]],
  other: [9, 9, 9],
  none: [8, 8, 8],
  ramp: [
    [0, 0, 0],
    [255, 255, 255],
  ],
};
const view: Viewport = { width: 100, height: 50, cx: 5, cy: 5, scale: 5 };
const x = Float32Array.of(5, 0, 10, NaN, 5);
const y = Float32Array.of(5, 5, 5, 5, 8);
const at = (map: MapView, place: number): number[] => {
  const { width, pixels } = map.frame(view, inks)!;
  const p = toPixel(view, x[place], y[place]);
  const i = 4 * (Math.floor(p.y) * width + Math.floor(p.x));
  return [...pixels.subarray(i, i + 4)];
};
function made(): MapView {
  const map = new MapView();
  map.setPoints(x, y);
  return map;
}

describe('the map in the worker', () => {
  it('draws nothing before it has points', () => {
    const map = new MapView();
    expect(map.frame(view, inks)).toBeNull();
    expect(map.bounds()).toBeNull();
    expect(map.hit(view, 5, 5)).toBeNull();
    expect(map.moveDrag(1, 2)).toBe(false);
  });
  it('draws kept and dropped in their inks, whenever their fates were told', () => {
    const before = new MapView();
    before.setKept(Uint8Array.of(1, 0, 1, 1, 1));
    before.setPoints(x, y);
    expect(before.frame(view, inks)).toMatchObject({ width: 100, height: 50 });
    expect(at(before, 0).slice(0, 3)).toEqual([0, 0, 0]);
    expect(at(before, 1).slice(0, 3)).toEqual([255, 0, 0]);
    const after = made();
    expect(at(after, 1).slice(0, 3)).toEqual([0, 0, 0]);
    after.setKept(Uint8Array.of(1, 0, 1, 1, 1));
    expect(after.frame(view, inks)).toEqual(before.frame(view, inks));
    expect(before.size).toEqual({ rows: 5, placed: 4 });
  });
  it('draws the dropped in the muted colour of their own class where the classes say who is dropped', () => {
    const map = made();
    const twelve = {
      ...inks,
      categories: [
        [0, 200, 0],
        [100, 0, 0],
        [0, 0, 200],
      ] as const,
      none: [50, 50, 50] as const,
    };
    map.setKept(Uint8Array.of(1, 0, 1, 1, 0));
    // 0 is kept, 1 and 2 are two steps' own.
    const legend = map.setColour({ by: 'category', codes: Int32Array.of(0, 1, 0, 0, 2), dropped: [1, 2] });
    expect(legend).toMatchObject({ shown: [{ code: 0 }, { code: 1 }, { code: 2 }] });
    const seen = (place: number) => {
      const { width, pixels } = map.frame(view, twelve)!;
      const p = toPixel(view, x[place], y[place]);
      const i = 4 * (Math.floor(p.y) * width + Math.floor(p.x));
      return [...pixels.subarray(i, i + 3)];
    };
    // 55 % of the class's colour and 45 % of the grey.
    expect([seen(0), seen(1), seen(4)]).toEqual([
      [0, 200, 0],
      [78, 23, 23],
      [23, 23, 133],
    ]);
    // A handle in hand shows what goes as ever; coloured by something else the dropped are red again.
    map.beginDrag(Float32Array.of(1, 2, 3, 4, 5), Uint8Array.of(1, 0, 1, 1, 0));
    map.moveDrag(2, undefined);
    expect(seen(0)).toEqual([255, 0, 0]);
    map.cancelDrag();
    expect(seen(0)).toEqual([0, 200, 0]);
    map.setColour(null);
    expect([seen(0), seen(1)]).toEqual([
      [0, 0, 0],
      [255, 0, 0],
    ]);
  });
  it('follows a cut in hand, gives it up, and ends with the exact fates', () => {
    const map = made();
    map.setKept(Uint8Array.of(1, 0, 1, 1, 1));
    const rest = map.frame(view, inks);
    map.beginDrag(Float32Array.of(1, 2, 3, 4, NaN), Uint8Array.of(1, 1, 1, 1, 1));
    expect(map.frame(view, inks)).toEqual(rest);
    map.moveDrag(2, undefined);
    expect([0, 1, 2, 4].map((place) => at(map, place)[0])).toEqual([255, 0, 0, 0]);
    map.moveDrag(undefined, 2);
    expect([0, 1, 2, 4].map((place) => at(map, place)[0])).toEqual([0, 0, 255, 0]);
    map.cancelDrag();
    expect(map.frame(view, inks)).toEqual(rest);
    map.setKept(Uint8Array.of(0, 0, 1, 1, 1));
    expect(map.moveDrag(0, 9)).toBe(false);
    expect(at(map, 0)[0]).toBe(255);
  });
  it('lets the records pointed at stand out, and then all is as it was', () => {
    const map = made();
    map.setKept(Uint8Array.of(1, 0, 1, 1, 1));
    const rest = map.frame(view, inks);
    map.setPart(Uint8Array.of(0, 1, 0, 0, 0));
    expect([0, 1, 2].map((place) => at(map, place).slice(0, 3))).toEqual([
      [8, 8, 8],
      [0, 0, 0],
      [8, 8, 8],
    ]);
    map.setKept(Uint8Array.of(1, 1, 0, 1, 1));
    expect(at(map, 0).slice(0, 3)).toEqual([8, 8, 8]);
    map.setPart(null);
    expect([0, 1, 2].map((place) => at(map, place)[0])).toEqual([0, 0, 255]);
    map.setKept(Uint8Array.of(1, 0, 1, 1, 1));
    expect(map.frame(view, inks)).toEqual(rest);
  });
  it('colours by class and number, and says what the colours mean', () => {
    const map = made();
    expect(map.setColour({ by: 'category', codes: Int32Array.of(7, 7, 3, 9, -1) })).toEqual({
      by: 'category',
      shown: [
        { code: 7, count: 2 },
        { code: 3, count: 1 },
      ],
      other: { classes: 0, count: 0 },
      none: 1,
    });
    expect(at(map, 0).slice(0, 3)).toEqual([0, 255, 0]);
    expect(at(map, 2).slice(0, 3)).toEqual([9, 9, 9]);
    expect(at(map, 4).slice(0, 3)).toEqual([8, 8, 8]);
    const numbers = { by: 'column', values: Float32Array.of(0, 1, 2, 3, NaN), scale: 'linear' } as const;
    expect(map.setColour(numbers)).toEqual({ by: 'column', low: 0, high: 3, scale: 'linear' });
    expect(at(map, 0).slice(0, 3)).toEqual([0, 0, 0]);
    expect(at(map, 4).slice(0, 3)).toEqual([8, 8, 8]);
    expect(map.setColour(null)).toBeNull();
    expect(at(map, 4).slice(0, 3)).toEqual([0, 0, 0]);
    expect(() => map.setColour({ by: 'category', codes: new Int32Array(2) })).toThrow('2 colours');
  });
  it('answers what lies under the pointer and in a lasso, in pixels', () => {
    const map = made();
    expect(map.hit(view, 54, 26)).toEqual({ place: 0, x: 50, y: 25 });
    expect(map.hit(view, 60, 26)).toBeNull();
    expect([...map.lasso(view, [40, 20, 60, 20, 60, 45, 40, 45])]).toEqual([0, 4]);
    expect(map.locate(2)).toEqual({ x: 10, y: 5 });
    expect(map.locate(3)).toBeNull();
    expect(map.bounds()).toEqual({ left: 0, right: 10, top: 5, bottom: 8 });
  });
  it('hands over a picture of its own each time', () => {
    const map = made();
    const first = map.frame(view, inks)!;
    first.pixels.fill(0);
    expect(at(map, 0)[3]).toBeGreaterThan(0);
  });
});
