import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildGrid, insidePolygon, nearestSlot } from '$lib/clusters/map';
import { clumps, generator } from './points';

const placedOf = ({ x, y }: { x: Float32Array; y: Float32Array }) =>
  [...x.keys()].filter((i) => Number.isFinite(x[i]) && Number.isFinite(y[i]));

/** W. Randolph Franklin's crossing test (pnpoly), one point at a time. */
function contains(polygon: number[], x: number, y: number): boolean {
  let inside = false;
  const n = polygon.length / 2;
  for (let i = 0, j = n - 1; i < n; j = i++) {
    const [xi, yi, xj, yj] = [polygon[2 * i], polygon[2 * i + 1], polygon[2 * j], polygon[2 * j + 1]];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

describe('the grid of points', () => {
  it('holds every record with a place once, with its position, in cells that cover all', () => {
    const points = clumps(3000, 1);
    const grid = buildGrid(points.x, points.y);
    expect([...grid.places].sort((a, b) => a - b)).toEqual(placedOf(points));
    grid.places.forEach((place, slot) => {
      expect([grid.x[slot], grid.y[slot]]).toEqual([points.x[place], points.y[place]]);
    });
    expect(grid.starts[grid.starts.length - 1]).toBe(grid.places.length);
    expect(grid.columns * grid.lines).toBeGreaterThan(grid.places.length / 16);
  });
  it('takes no points, one point, points on a line and all points in one', () => {
    const of = (x: number[], y: number[]) => buildGrid(Float32Array.from(x), Float32Array.from(y));
    expect(of([], []).places).toHaveLength(0);
    expect(of([NaN, 1], [1, NaN]).places).toHaveLength(0);
    expect([...of([7], [8]).places]).toEqual([0]);
    expect([...of([3, 3, 3], [2, 2, 2]).places]).toEqual([0, 1, 2]);
    const line = of(
      Array.from({ length: 500 }, () => 4),
      Array.from({ length: 500 }, (_, i) => 499 - i),
    );
    expect([...line.places].sort((a, b) => a - b)).toEqual(Array.from({ length: 500 }, (_, i) => i));
    expect(line.places[nearestSlot(line, 4.2, 100.3, 1)]).toBe(399);
    expect(() => of([1], [])).toThrow('1 and 0');
  });
  it('finds the point nearest to a place as a look at all points does, the preferred ones first', () => {
    const points = clumps(2000, 2);
    const grid = buildGrid(points.x, points.y);
    const random = generator(3);
    const preferred = Uint8Array.from(grid.places, (place) => Number(place % 3 === 0));
    for (let i = 0; i < 500; i++) {
      const [x, y, radius] = [random() * 20 - 8, random() * 10 - 1, random() * random() * 3];
      const near = (among: number[]) => {
        const inReach = among
          .map((place) => ({ place, d: (points.x[place] - x) ** 2 + (points.y[place] - y) ** 2 }))
          .filter(({ d }) => d <= radius * radius)
          .sort((a, b) => a.d - b.d || a.place - b.place);
        return inReach[0]?.place ?? -1;
      };
      const placed = placedOf(points);
      const slot = nearestSlot(grid, x, y, radius);
      expect(slot < 0 ? -1 : grid.places[slot]).toBe(near(placed));
      const first = near(placed.filter((place) => place % 3 === 0));
      const chosen = nearestSlot(grid, x, y, radius, preferred);
      expect(chosen < 0 ? -1 : grid.places[chosen]).toBe(first >= 0 ? first : near(placed));
    }
  });
});

describe('a lasso', () => {
  const points = clumps(1500, 4);
  const grid = buildGrid(points.x, points.y);
  it('holds what a test of every point says, whatever its shape', () => {
    const corner = fc.tuple(
      fc.double({ min: -12, max: 12, noNaN: true }),
      fc.double({ min: -4, max: 12, noNaN: true }),
    );
    fc.assert(
      fc.property(fc.array(corner, { minLength: 3, maxLength: 24 }), (corners) => {
        const polygon = corners.flat();
        const expected = placedOf(points).filter((i) => contains(polygon, points.x[i], points.y[i]));
        expect([...insidePolygon(grid, polygon)]).toEqual(expected);
      }),
      { numRuns: 200 },
    );
  });
  it('around everything holds everything, away from everything nothing, of two corners nothing', () => {
    expect([...insidePolygon(grid, [-99, -99, 99, -99, 99, 99, -99, 99])]).toEqual(placedOf(points));
    expect(insidePolygon(grid, [50, 50, 60, 50, 60, 60])).toHaveLength(0);
    expect(insidePolygon(grid, [-99, -99, 99, 99])).toHaveLength(0);
  });
});
