import { describe, expect, it } from 'vitest';
import {
  fillView,
  insertCut,
  linkAll,
  linkedTable,
  moveCut,
  removeCut,
  type Linked,
  type MaskCut,
} from '$lib/engine/linked';
import { make, random, slowCounts, type Made, type Range } from './table';

function masks(made: Made, cuts: Range[]): MaskCut[] {
  return cuts.map(({ column, min, max }) => ({
    values: made.columns[column],
    min: Math.fround(min),
    max: Math.fround(max),
    view: column,
  }));
}

function shown(linked: Linked): { views: number[][]; kept: number } {
  const { starts, width } = linked.table;
  const views = Array.from({ length: width }, (_, v) => [...linked.counts.subarray(starts[v], starts[v + 1] - 1)]);
  // Views without bins only fill a row up to whole words.
  return { views: views.filter((bins) => bins.length > 0), kept: linked.kept };
}

const cuts: Range[] = [
  { column: 0, min: 3, max: 30 },
  { column: 2, min: 0.1, max: 0.95 },
  { column: 4, min: -0.5, max: Infinity },
  { column: 6, min: -Infinity, max: 100 },
];

describe('linked', () => {
  it('counts by hand: each view without its own cut', () => {
    const a = Float32Array.of(1, 2, 3, NaN);
    const b = Float32Array.of(10, 20, 10, 20);
    const table = linkedTable(4, [3, 2]);
    fillView(table, 0, Uint8Array.of(0, 1, 2, 255));
    fillView(table, 1, Uint8Array.of(0, 1, 0, 1));
    const linked = linkAll(table, [
      { values: a, min: 2, max: Infinity, view: 0 },
      { values: b, min: -Infinity, max: 10, view: 1 },
    ]);
    expect([...linked.mask]).toEqual([1, 2, 0, 2]);
    // View 0 sees b ≤ 10: rows 0 and 2. View 1 sees a ≥ 2 or none: rows 1, 2, 3.
    expect(shown(linked)).toEqual({
      views: [
        [1, 0, 1],
        [1, 2],
      ],
      kept: 1,
    });
  });

  it('equals a count from first principles, with blocked rows too', () => {
    const made = make(3000, 7);
    expect(shown(linkAll(made.table, masks(made, cuts)))).toEqual(slowCounts(made, cuts));
    const blocked = Uint8Array.from({ length: 3000 }, (_, row) => (row % 5 === 0 ? 1 : 0));
    expect(shown(linkAll(made.table, masks(made, cuts), { passing: blocked, failing: blocked }))).toEqual(
      slowCounts(made, cuts, blocked),
    );
  });

  it('moves one cut as a full pass would, over many moves', () => {
    const made = make(2000, 7, 3);
    const blocked = Uint8Array.from({ length: 2000 }, (_, row) => (row % 7 === 0 ? 1 : 0));
    const linked = linkAll(made.table, masks(made, cuts), { passing: blocked, failing: blocked });
    const now = cuts.map((cut) => ({ ...cut }));
    const draw = random(9);
    for (let move = 0; move < 60; move++) {
      const i = Math.floor(draw() * cuts.length);
      const [a, b] = [made.columns[cuts[i].column][Math.floor(draw() * 2000)], draw() * 40];
      now[i] = { column: cuts[i].column, min: Math.min(a || 0, b), max: draw() < 0.3 ? Infinity : Math.max(a || 0, b) };
      moveCut(linked, i, Math.fround(now[i].min), Math.fround(now[i].max));
    }
    expect(shown(linked)).toEqual(slowCounts(made, now, blocked));
    expect(linked.mask).toEqual(linkAll(made.table, masks(made, now), { passing: blocked, failing: blocked }).mask);
  });

  it('takes a cut in and out as a full pass would', () => {
    const made = make(2000, 7, 4);
    const linked = linkAll(made.table, masks(made, cuts));
    const draw = random(11);
    let now = cuts;
    const more: Range[] = [
      { column: 1, min: 2, max: 4000 },
      { column: 3, min: 0.2, max: 0.9 },
      { column: 5, min: 0.5, max: Infinity },
    ];
    for (const cut of more) {
      const at = Math.floor(draw() * (now.length + 1));
      now = now.toSpliced(at, 0, cut);
      insertCut(linked, at, masks(made, [cut])[0]);
      expect(shown(linked)).toEqual(slowCounts(made, now));
    }
    while (now.length > 0) {
      const at = Math.floor(draw() * now.length);
      now = now.toSpliced(at, 1);
      removeCut(linked, at);
      expect(shown(linked)).toEqual(slowCounts(made, now));
    }
    expect(linked.mask.some((m) => m !== 0)).toBe(false);
  });

  it('stays exact beyond the single bits', () => {
    const made = make(1500, 36, 5);
    const many = made.columns.map((values, column): Range => {
      const seen = values.filter((value) => value === value).sort();
      return { column, min: seen[Math.floor(seen.length * 0.02)], max: seen[Math.floor(seen.length * 0.99)] };
    });
    const linked = linkAll(made.table, masks(made, many));
    expect(shown(linked)).toEqual(slowCounts(made, many));
    expect(linked.kept).toBeGreaterThan(0);
    many[33] = { ...many[33], max: many[33].min };
    moveCut(linked, 33, Math.fround(many[33].min), Math.fround(many[33].max));
    many[2] = { ...many[2], min: 0.3 };
    moveCut(linked, 2, Math.fround(0.3), Math.fround(many[2].max));
    expect(shown(linked)).toEqual(slowCounts(made, many));
  });

  it('refuses a view of more bins than a byte can say', () => {
    expect(() => linkedTable(1, [255])).toThrow('at most 254');
  });
});
