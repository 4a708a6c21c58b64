import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildGrid, categoryTints, fit, MapDrag, Raster, toPixel, valueTints, type Viewport } from '$lib/clusters/map';
import { sortByValue } from '$lib/text/radix';
import { pointSize, stampOf } from '$lib/clusters/map/stamp';
import { clumps, generator, inks } from './points';

const many = clumps(6000, 11);
const view: Viewport = { width: 60, height: 40, cx: -1, cy: 3, scale: 3.7 };

function drawn(kept: Uint8Array | null, of: Viewport = view, tints: Parameters<Raster['setTints']>[0] = null) {
  const raster = new Raster(buildGrid(many.x, many.y), inks);
  if (kept) raster.setKept(kept);
  raster.setTints(tints);
  raster.draw(of);
  return raster;
}
const bytes = (seed: number, share = 0.5) => {
  const random = generator(seed);
  return Uint8Array.from(many.x, () => Number(random() < share));
};
/** Whole arrays, faster than `toEqual` element by element. */
const differ = (a: Uint32Array, b: Uint32Array) => (a.length === b.length ? a.findIndex((v, i) => v !== b[i]) : -2);
function expectSame(raster: Raster, fresh: Raster): void {
  const [a, b] = [raster.weights(), fresh.weights()];
  expect([differ(a.kept, b.kept), differ(a.all, b.all), a.unit]).toEqual([-1, -1, b.unit]);
  expect(differ(raster.picture(), fresh.picture())).toBe(-1);
}
const pixel = (picture: Uint32Array, i: number) => [0, 8, 16, 24].map((shift) => (picture[i] >>> shift) & 255);

describe('the raster', () => {
  it('counts the points of each pixel, and the kept ones, as a plain loop does', () => {
    const kept = bytes(5);
    const raster = drawn(kept);
    expect(raster.size).toBe(1);
    const expected = { all: new Uint32Array(2400), kept: new Uint32Array(2400) };
    many.x.forEach((x, i) => {
      const at = toPixel(view, x, many.y[i]);
      const [px, py] = [Math.floor(at.x), Math.floor(at.y)];
      if (!(px >= 0 && py >= 0 && px < 60 && py < 40)) return;
      expected.all[py * 60 + px]++;
      expected.kept[py * 60 + px] += kept[i];
    });
    expect(raster.weights()).toEqual({ ...expected, unit: 1 });
    expect(Math.max(...expected.all)).toBeGreaterThan(3);
    const picture = raster.picture();
    expected.all.forEach((n, i) => expect(pixel(picture, i)[3] > 0).toBe(n > 0));
  });
  it('is the same after any moves as drawn from scratch: plain, by class and by number, small and large points', () => {
    const codes = Int32Array.from(many.x, (_, i) => (i * i) % 17) as Int32Array;
    const values = Float32Array.from(many.x, (_, i) => (i % 50 === 0 ? NaN : Math.sin(i) * 10));
    const ways = [null, categoryTints(codes).tints, valueTints(values).tints];
    const views = [view, { ...view, scale: 40 }, { ...view, scale: 400, cx: -6.5, cy: 0.5 }, { ...view, ratio: 2 }];
    const grid = buildGrid(many.x, many.y);
    const random = generator(8);
    const sizes = new Set<number>();
    for (const tints of ways)
      for (const of of views) {
        const raster = new Raster(grid, inks);
        raster.setTints(tints);
        raster.draw(of);
        for (let step = 0; step < 6; step++) {
          const kept = raster.kept.slice();
          const fates = new Uint8Array(many.x.length);
          grid.places.forEach((place, slot) => (fates[place] = kept[slot]));
          // A few, then many: both ways of changing are taken.
          for (let i = 0; i < (step % 2 ? 40 : 3000); i++) fates[Math.floor(random() * fates.length)] ^= 1;
          raster.setKept(fates);
          const fresh = drawn(fates, of, tints);
          expectSame(raster, fresh);
        }
        sizes.add(raster.size);
      }
    expect(sizes.size).toBeGreaterThan(2);
  });
  it('draws other inks and other views on the same raster as on a new one', () => {
    const kept = bytes(6);
    const raster = drawn(kept, view, categoryTints(Int32Array.from(many.x, (_, i) => i % 3)).tints);
    const other = { ...view, cx: 2, ratio: 2 };
    raster.draw(other);
    raster.setTints(null);
    expect(raster.picture()).toEqual(drawn(kept, other).picture());
    raster.setInks({ ...inks, kept: [1, 2, 3] });
    const i = raster.weights().kept.findIndex((n, k) => n > 0 && n === raster.weights().all[k]);
    expect(pixel(raster.picture(), i).slice(0, 3)).toEqual([1, 2, 3]);
  });
  it('shows one point in its colour, and one whose middle lies just outside in part', () => {
    const raster = new Raster(buildGrid(Float32Array.of(0, -2), Float32Array.of(0, 0)), inks);
    raster.setTints(categoryTints(Int32Array.of(4, -1)).tints);
    raster.draw({ width: 11, height: 11, cx: 3.5, cy: 0, scale: 1 });
    // The middle of the picture is 3.5: the point at 0 lies at pixel 2, that at -2 on the edge, at pixel 0.
    expect(pixel(raster.picture(), 5 * 11 + 2).slice(0, 3)).not.toEqual([0, 0, 0]);
    raster.setKept(Uint8Array.of(1, 0));
    raster.draw({ width: 40, height: 11, cx: 22, cy: 0, scale: 1, ratio: 1 });
    expect(raster.inView).toBe(2);
    expect(pixel(raster.picture(), 5 * 40 + 0)[3]).toBeGreaterThan(0);
    raster.draw({ width: 9, height: 9, cx: 0, cy: 0, scale: 100 });
    expect(pixel(raster.picture(), 4 * 9 + 4).slice(0, 3)).toEqual([255, 0, 0]);
    expect(raster.inView).toBe(1);
  });
  it('mixes what shares a pixel by its mean, with the dropped below', () => {
    const same = new Float32Array(4);
    const raster = new Raster(buildGrid(same, same), inks);
    raster.setTints(categoryTints(Int32Array.of(0, 0, 1, 2)).tints);
    raster.draw({ width: 9, height: 9, cx: 0, cy: 0, scale: 1 });
    // Two red, one green, one blue, all opaque: their mean.
    expect(pixel(raster.picture(), 40)).toEqual([128, 64, 64, 255]);
    raster.setKept(Uint8Array.of(1, 1, 0, 0));
    const [r, g, b, a] = pixel(raster.picture(), 40);
    expect(a).toBeGreaterThan(200);
    // Red over the dropped ink (200, 100, 50).
    expect(r).toBeGreaterThan(240);
    expect(g).toBeGreaterThan(b);
    raster.setKept(new Uint8Array(4));
    expect(pixel(raster.picture(), 40).slice(0, 3)).toEqual([200, 100, 50]);
  });
  it('names what is wrong with the number of fates or colours', () => {
    const raster = drawn(null);
    expect(() => raster.setKept(new Uint8Array(3))).toThrow('3 fates were given for 6000 records');
    expect(() => raster.setTints({ kind: 'values', bytes: new Uint8Array(2) })).toThrow('2 colours');
  });
});

describe('a cut in hand', () => {
  it('shows after any moves what a drawing from scratch shows', () => {
    const random = generator(21);
    const values = Float32Array.from(many.x, () => (random() < 0.05 ? NaN : Math.round(random() * 40) - 20));
    const move = fc.tuple(
      fc.option(fc.integer({ min: -22, max: 22 }), { nil: undefined }),
      fc.option(fc.integer({ min: -22, max: 22 }), { nil: undefined }),
    );
    const codes = categoryTints(Int32Array.from(many.x, (_, i) => i % 5)).tints;
    fc.assert(
      fc.property(
        fc.array(move, { minLength: 1, maxLength: 8 }),
        fc.integer(),
        fc.boolean(),
        (moves, seed, coloured) => {
          const candidates = bytes(seed, 0.8);
          const raster = drawn(bytes(seed + 1), view, coloured ? codes : null);
          const drag = new MapDrag(raster, values, candidates);
          for (const [min, max] of moves) {
            drag.move(min, max);
            raster.picture();
            const fates = candidates.map((byte, i) =>
              Number(byte !== 0 && !(values[i] < (min ?? -Infinity) || values[i] > (max ?? Infinity))),
            );
            const fresh = drawn(fates, view, coloured ? codes : null);
            expectSame(raster, fresh);
          }
        },
      ),
      { numRuns: 25 },
    );
  });
  it('keeps values equal to a bound, compared as float32', () => {
    const x = Float32Array.of(0, 1, 2);
    const raster = new Raster(buildGrid(x, x), inks);
    const drag = new MapDrag(raster, Float32Array.of(0.1, 0.2, 0.3), Uint8Array.of(1, 1, 1));
    const kept = () => [...raster.grid.places.keys()].filter((s) => raster.kept[s]).map((s) => raster.grid.places[s]);
    drag.move(0.2, 0.3);
    expect(kept().sort()).toEqual([1, 2]);
    drag.move(0.1, 0.2);
    expect(kept().sort()).toEqual([0, 1]);
    drag.move(0.3, 0.1);
    expect(kept()).toEqual([]);
  });
});

describe('parts of it', () => {
  it('sorts items by float values as a stable comparison does', () => {
    const random = generator(4);
    const values = Float32Array.from({ length: 5000 }, (_, i) =>
      i % 97 === 0 ? [-Infinity, Infinity, 0, 1e-40][(i / 97) % 4] : Math.round((random() - 0.5) * 900) / 7 + 0,
    );
    const order = [...values.keys()].sort((a, b) => values[a] - values[b] || a - b);
    const items = Int32Array.from(values.keys());
    const sorted = values.slice();
    sortByValue(items, sorted);
    expect([...items]).toEqual(order);
    expect([...sorted]).toEqual(order.map((i) => values[i]));
  });
  it('gives the twelve most frequent classes a colour, the rest one, and none its own', () => {
    const codes = Int32Array.from([...Array.from({ length: 15 }, (_, c) => Array<number>(20 - c).fill(c)).flat(), -1]);
    const { tints, shown, other, none } = categoryTints(codes);
    expect(shown.map(({ code }) => code)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    expect(shown[3].count).toBe(17);
    expect(other.map(({ code }) => code)).toEqual([12, 13, 14]);
    expect(none).toBe(1);
    expect(tints.bytes[codes.indexOf(11)]).toBe(11);
    expect(tints.bytes[codes.indexOf(14)]).toBe(12);
    expect(tints.bytes[codes.length - 1]).toBe(13);
    const among = Uint8Array.from(codes, (code) => Number(code === 14 || code === 13));
    expect(categoryTints(codes, among).shown).toEqual([
      { code: 13, count: 7 },
      { code: 14, count: 6 },
    ]);
  });
  it('spreads numbers between the 1st and 99th percentile', () => {
    const values = Float32Array.from({ length: 1001 }, (_, i) => i);
    const { tints, low, high } = valueTints(Float32Array.from([...values, NaN]));
    expect([low, high]).toEqual([10, 990]);
    expect([0, 10, 500, 990, 1000, 1001].map((i) => tints.bytes[i])).toEqual([0, 0, 127, 254, 254, 255]);
  });
  it('makes points smaller as more are in view, and a disc cover its area', () => {
    const sizes = [10, 1000, 5000, 50_000, 1_000_000].map((n) => pointSize(n, 540_000, 1));
    expect(sizes).toEqual([6, 6, 5, 1.5, 1]);
    expect(pointSize(5000, 540_000, 2)).toBe(10);
    for (const d of [2, 3.5, 6, 12]) {
      const { weights, unit } = stampOf(d, 100);
      const covered = weights.reduce((sum, w) => sum + w, 0) / unit;
      expect(Math.abs(covered / ((Math.PI * d * d) / 4) - 1)).toBeLessThan(0.12);
    }
  });
  it('fits all points into the view', () => {
    const of = fit({ left: -4, right: 6, top: 1, bottom: 3 }, 240, 120, 20);
    expect(of).toMatchObject({ cx: 1, cy: 2, scale: 20 });
    expect(fit({ left: 2, right: 2, top: 5, bottom: 5 }, 100, 100).scale).toBe(1);
  });
});
