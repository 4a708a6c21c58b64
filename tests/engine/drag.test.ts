import { describe, expect, it } from 'vitest';
import { dragCounts, lookupDrag, lookupTokens, snapDrag } from '$lib/engine/drag';
import { classesOf } from '$lib/engine/drag-classes';
import { dropsOfCuts } from '$lib/engine/drag-funnel';
import { buildDrag } from '$lib/engine/drag-index';
import { dragSteps } from '$lib/engine/drag-steps';
import { linkAll, type MaskCut } from '$lib/engine/linked';
import { isWhole, make, slowCounts, slowSum, type Made, type Range } from './table';

const masks = (made: Made, cuts: Range[]): MaskCut[] =>
  cuts.map(({ column, min, max }) => ({
    values: made.columns[column],
    min: Math.fround(min),
    max: Math.fround(max),
    view: column,
  }));

function stepsOf(made: Made, column: number, positions: number): Float64Array {
  const seen = made.columns[column].filter((value) => value === value).sort();
  return dragSteps(made.scales[column].edges, seen[0], seen[seen.length - 1], isWhole(column), [], positions);
}

/** Every position of both handles (or a sample of pairs) against a count from first principles. */
function compare(made: Made, cuts: Range[], dragged: number, column: number, positions: number, blocked?: Uint8Array) {
  const linked = linkAll(made.table, masks(made, cuts), blocked ? { passing: blocked, failing: blocked } : null);
  const steps = stepsOf(made, column, positions);
  const names = [...made.columns.map((_, view) => `c${view}`), 'category:label'];
  const index = buildDrag(linked, {
    column: `c${column}`,
    classes: classesOf(steps, made.columns[column]),
    cut: dragged,
    view: column,
    names,
    steps,
    tokens: made.columns[4],
  });
  const into = dragCounts(index);
  const pairs: [number, number][] = [[-Infinity, Infinity]];
  steps.forEach((step, k) =>
    pairs.push([step, Infinity], [-Infinity, step], [step, steps[Math.min(steps.length - 1, k + 7)]]),
  );
  for (const [min, max] of pairs) {
    const now = dragged < 0 ? [...cuts, { column, min, max }] : cuts.with(dragged, { column, min, max });
    const slow = slowCounts(made, now, blocked);
    lookupDrag(index, min, max, into);
    expect([min, max, into.kept]).toEqual([min, max, slow.kept]);
    expect(lookupTokens(index, min, max)).toBeCloseTo(slowSum(made, made.columns[4], now, blocked), 6);
    names.forEach((name, view) => {
      if (view !== column) expect([name, ...into.views.get(name)!]).toEqual([name, ...slow.views[view]]);
    });
  }
  return steps;
}

const cuts: Range[] = [
  { column: 0, min: 3, max: 30 },
  { column: 1, min: 2, max: 4000 },
  { column: 2, min: 0.1, max: 0.95 },
  { column: 3, min: 0.2, max: 0.9 },
  { column: 4, min: -0.5, max: Infinity },
  { column: 6, min: -Infinity, max: 300 },
];

describe('drag index', () => {
  const made = make(500, 7);
  it.each([
    ['whole numbers', 0],
    ['whole numbers on a log axis', 1],
    ['ratios with ties on the positions', 2],
    ['reals', 3],
    ['a column with NaN', 4],
    ['a log axis', 5],
  ])('equals a full pass at every position: %s', (_, dragged) => {
    compare(made, cuts, dragged, cuts[dragged].column, 40);
  });

  it('works for a column that has no cut yet, and with blocked rows', () => {
    const blocked = Uint8Array.from({ length: 500 }, (_, row) => (row % 6 === 0 ? 1 : 0));
    compare(made, cuts, -1, 5, 40);
    compare(made, cuts.slice(1), -1, 0, 40, blocked);
    compare(made, cuts, 2, 2, 40, blocked);
  });

  it('says what each later step drops of the records that the dragged one keeps', () => {
    const linked = linkAll(made.table, masks(made, cuts));
    // Steps of the recipe: cut i stands at 2i + 1. Cut 2 is dragged.
    const steps = stepsOf(made, 2, 40);
    const classes = classesOf(steps, made.columns[2]);
    const drops = dropsOfCuts(
      linked,
      cuts.map((_, i) => 2 * i + 1),
      2,
      classes,
    );
    const index = buildDrag(linked, {
      column: 'c2',
      classes,
      cut: 2,
      view: 2,
      names: [],
      steps,
      drops,
    });
    expect(index.layout.map(({ id }) => id)).toEqual(['kept', 'step:7', 'step:9', 'step:11']);
    const into = dragCounts(index);
    for (const min of steps) {
      lookupDrag(index, min, undefined, into);
      const dropped = cuts.map(() => 0);
      for (let row = 0; row < 500; row++) {
        const at = cuts.findIndex(({ column, min: low, max: high }, i) => {
          const value = made.columns[column][row];
          const [a, b] = i === 2 ? [min, Infinity] : [low, high];
          return value < Math.fround(a) || value > Math.fround(b);
        });
        if (at >= 0) dropped[at]++;
      }
      expect([min, ...[7, 9, 11].map((step) => into.views.get(`step:${step}`)![0])]).toEqual([
        min,
        ...dropped.slice(3),
      ]);
    }
  });

  it('stays exact where cuts share a bit', () => {
    const wide = make(300, 36, 5);
    const many = wide.columns.map((values, column): Range => {
      const seen = values.filter((value) => value === value).sort();
      return { column, min: seen[Math.floor(seen.length * 0.02)], max: seen[Math.floor(seen.length * 0.99)] };
    });
    compare(wide, many, 33, 33, 12);
    compare(wide, many, 3, 3, 12);
  });

  it('keeps float32 boundaries: 0.35 as float32 lies at, not beside, the position 0.35', () => {
    const values = Float32Array.of(0.35, 0.35, 0.34999, 0.35001);
    const one: Made = { ...make(4, 1), columns: [values] };
    one.table.bins.fill(0);
    const steps = Float64Array.of(0, 0.35, 1);
    const index = buildDrag(linkAll(one.table, []), {
      column: 'c',
      classes: classesOf(steps, values),
      cut: -1,
      view: 0,
      names: ['c', 'k'],
      steps,
    });
    const into = dragCounts(index);
    expect(lookupDrag(index, 0.35, undefined, into).kept).toBe(3);
    expect(lookupDrag(index, undefined, 0.35, into).kept).toBe(3);
    expect(lookupDrag(index, 0.35, 0.35, into).kept).toBe(2);
    expect(lookupDrag(index, 1, 0, into).kept).toBe(0);
  });

  it('gives whole and round positions that cover the column', () => {
    const small = Float64Array.from({ length: 9 }, (_, i) => i);
    expect([...dragSteps(small, 0, 7, true)]).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    const ratio = dragSteps(
      Float64Array.from({ length: 51 }, (_, i) => i / 50),
      0,
      1,
      false,
    );
    expect(ratio.length).toBe(501);
    expect([ratio[1], ratio[175]]).toEqual([0.002, 0.35]);
    const tail = dragSteps(Float64Array.of(0, 1, 10, 100, 1000, 10_000, 100_000), 0, 250_000, true, [37.5]);
    expect([tail[0], tail[1], tail.at(-1)]).toEqual([0, 1, 250_000]);
    expect(tail).toContain(37.5);
    expect(tail.length).toBeGreaterThan(300);
    expect(tail.length).toBeLessThan(510);
    const narrow = dragSteps(Float64Array.of(0.2, 0.3, 0.4), -0.123456, 0.98765432, false);
    expect(narrow[0]).toBeLessThanOrEqual(-0.123456);
    expect(narrow.at(-1)).toBeGreaterThanOrEqual(0.98765432);
    expect(narrow).toContain(0.25);
    expect([...dragSteps(Float64Array.of(0, 1), NaN, NaN, false, [], 2)]).toEqual([0, 0.5, 1]);
  });

  it('snaps to the nearest position', () => {
    const index = { steps: Float64Array.of(0, 1, 3) } as unknown as Parameters<typeof snapDrag>[0];
    expect([-5, 0.4, 0.6, 1.9, 2.1, 9].map((value) => snapDrag(index, value))).toEqual([0, 0, 1, 1, 3, 3]);
  });
});
