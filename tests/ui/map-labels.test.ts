import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Newest } from '$lib/ui/newest';
import { placeLabels, WIDEST, type MapLabel } from '$lib/ui/map-labels';
import type { Viewport } from '$lib/engine/viewport';

const view: Viewport = { width: 400, height: 200, cx: 0, cy: 0, scale: 10 };
/** Han a square of the font's size, other letters half of it. */
const measure = (text: string, font: 11 | 13) =>
  [...text].reduce((sum, c) => sum + (c.charCodeAt(0) > 0x2e80 ? font : font / 2), 0);
const label = (x: number, y: number, text: string, size: number): MapLabel => ({ x, y, text, size });

describe('names on the map', () => {
  it('stand over their points: middle on middle', () => {
    const [one] = placeLabels([label(0, 0, '还款、账单', 10)], view, measure);
    expect(one).toEqual({ index: 0, left: 168, top: 85, width: 65, height: 30, font: 13 });
  });
  it('never touch, stay within the view, and are left out largest last', () => {
    const point = fc.record({
      x: fc.double({ min: -25, max: 25, noNaN: true }),
      y: fc.double({ min: -12, max: 12, noNaN: true }),
      text: fc.constantFrom('poem', 'numbers, calculate, sum', '信用卡、账单、还款', 'a', '挂失'),
      size: fc.integer({ min: 1, max: 50 }),
    });
    fc.assert(
      fc.property(fc.array(point, { minLength: 1, maxLength: 60 }), (labels) => {
        const placed = placeLabels(labels, view, measure);
        for (const [i, a] of placed.entries()) {
          expect(a.left >= 0 && a.top >= 0 && a.left + a.width <= 400 && a.top + a.height <= 200).toBe(true);
          for (const b of placed.slice(i + 1)) {
            const apart =
              a.left + a.width < b.left ||
              b.left + b.width < a.left ||
              a.top + a.height < b.top ||
              b.top + b.height < a.top;
            expect(apart).toBe(true);
          }
        }
        const sizes = placed.map(({ index }) => labels[index].size);
        expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
        expect(placed.reduce((sum, { width, height }) => sum + width * height, 0)).toBeLessThan(0.25 * 400 * 200);
      }),
    );
  });
  it('move aside for a larger one, and are left out where there is no room', () => {
    const at = (y: number, size: number) => label(0, y, 'word, sentence', size);
    const two = placeLabels([at(0, 5), at(0.3, 9)], view, measure);
    expect(two.map(({ index }) => index)).toEqual([1, 0]);
    expect(two[1].top + two[1].height).toBeLessThan(two[0].top + 1);
    const crowd = placeLabels(
      Array.from({ length: 30 }, () => at(0, 3)),
      view,
      measure,
    );
    expect(crowd.length).toBeLessThan(8);
  });
  it('leave free what is taken', () => {
    const buttons = { left: 360, top: 0, width: 40, height: 120 };
    const far = Array.from({ length: 20 }, (_, i) => label(10 + (i % 5) * 2.4, -10 + i, '还款、账单', 20 - i));
    const placed = placeLabels(far, view, measure, [buttons]);
    expect(placed.length).toBeGreaterThan(3);
    expect(placed.every(({ left, top, width }) => left + width < 360 || top > 120)).toBe(true);
    expect(placeLabels(far, view, measure).some(({ left, top, width }) => left + width >= 360 && top <= 120)).toBe(
      true,
    );
  });
  it('are cut to a width, and not shown outside the view', () => {
    const [long] = placeLabels([label(0, 0, 'x'.repeat(200), 1)], view, measure);
    expect(long.width).toBe(WIDEST);
    expect(placeLabels([label(90, 0, 'far', 1), label(0, 0, '', 1)], view, measure)).toEqual([]);
  });
});

describe('the newest wish', () => {
  const turn = () => new Promise((resolve) => setTimeout(resolve, 0));
  it('is asked after the one in flight, those between never', async () => {
    const asked: number[] = [];
    const shown: number[] = [];
    const open: (() => void)[] = [];
    let wish = 0;
    const newest = new Newest(
      () => {
        const mine = wish;
        asked.push(mine);
        return new Promise<number>((resolve) => open.push(() => resolve(mine)));
      },
      (answer) => shown.push(answer),
    );
    for (wish = 1; wish < 5; wish++) newest.want();
    wish = 4;
    expect(asked).toEqual([1]);
    open.shift()!();
    await turn();
    expect([asked, shown]).toEqual([[1, 4], [1]]);
    open.shift()!();
    await turn();
    expect([asked, shown, open.length]).toEqual([[1, 4], [1, 4], 0]);
  });
  it('goes on after a failure, and shows nothing once closed', async () => {
    const failures: unknown[] = [];
    const shown: number[] = [];
    let n = 0;
    const newest = new Newest(
      () => (n++ === 0 ? Promise.reject(new Error('gone')) : Promise.resolve(n)),
      (answer) => shown.push(answer),
      (error) => failures.push(error),
    );
    newest.want();
    await turn();
    expect(failures).toHaveLength(1);
    newest.want();
    await turn();
    expect(shown).toEqual([2]);
    newest.want();
    newest.close();
    await turn();
    expect(shown).toEqual([2]);
  });
});
