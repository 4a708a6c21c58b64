import { describe, expect, it } from 'vitest';
import { NO_SET } from '$lib/duplicates/sets';
import { follow, type Stage } from '$lib/engine/follow';
import { minus, plus, Positions, type Ranges } from '$lib/engine/positions';
import { joinedBy } from '$lib/engine/twins';
import { KEPT } from '$lib/recipe/types';
import { random } from './table';

/** The positions of a set one by one. */
function each(ranges: Ranges): number[] {
  const out: number[] = [];
  for (let i = 0; i < ranges.length; i += 2) for (let p = ranges[i] + 1; p <= ranges[i + 1]; p++) out.push(p);
  return out;
}

/** Ranges of positions in any order. */
function rangesOf(positions: Iterable<number>): number[] {
  const out: number[] = [];
  for (const p of [...positions].sort((a, b) => a - b))
    if (out.length > 0 && out[out.length - 1] === p - 1) out[out.length - 1] = p;
    else out.push(p - 1, p);
  return out;
}

interface Edge {
  a: number;
  b: number;
  similarity: number;
}

/** A step as a recipe has it: what a cut drops, or who is compared and from which similarity on. */
type Made = { drops: boolean[] } | { set: number[]; sets: number; edges: Edge[]; at: number; rank: number[] | null };

interface Case {
  rows: number;
  last: number;
  /** Up to which position each record lies inside; 0: nowhere. */
  inside: number[];
  steps: Made[];
}

function madeUp(seed: number): Case {
  const draw = random(seed);
  const below = (n: number) => Math.floor(draw() * n);
  const rows = 5 + below(40);
  const last = 1 + below(12);
  const inside = Array.from({ length: rows }, () => below(last + 1));
  const steps = Array.from({ length: 1 + below(5) }, (): Made => {
    if (draw() < 0.3) return { drops: Array.from({ length: rows }, () => draw() < 0.2) };
    const sets = 1 + below(rows);
    const set = Array.from({ length: rows }, () => (draw() < 0.1 ? NO_SET : below(sets)));
    const edges: Edge[] = [];
    const most = draw() < 0.3 ? 0 : 0.2;
    for (let a = 0; a < sets; a++)
      for (let b = a + 1; b < sets; b++) if (draw() < most) edges.push({ a, b, similarity: Math.fround(draw()) });
    const rank = Array.from({ length: rows }, (_, row) => row);
    for (let i = rows - 1; i > 0; i--) {
      const j = below(i + 1);
      [rank[i], rank[j]] = [rank[j], rank[i]];
    }
    return { set, sets, edges, at: draw(), rank: draw() < 0.5 ? rank : null };
  });
  return { rows, last, inside, steps };
}

/** Where every record goes at one position, each step looking at every pair: the step that drops it, KEPT, or -1 for outside. */
function decided({ rows, inside, steps }: Case, position: number): number[] {
  const fate: number[] = inside.map((up) => (position <= up ? KEPT : -1));
  steps.forEach((step, index) => {
    const reaches = fate.map((one) => one === KEPT);
    for (let row = 0; row < rows; row++) {
      if (!reaches[row]) continue;
      if ('drops' in step) {
        if (step.drops[row]) fate[row] = index;
        continue;
      }
      const { set, edges, at } = step;
      const rank = step.rank ?? set.map((_, i) => i);
      for (let twin = 0; twin < rows; twin++) {
        if (!reaches[twin] || rank[twin] >= rank[row] || set[row] === NO_SET || set[twin] === NO_SET) continue;
        const joined = edges.some(
          ({ a, b, similarity }) =>
            similarity >= Math.fround(at) && [a, b].includes(set[row]) && [a, b].includes(set[twin]),
        );
        if (set[row] === set[twin] || (joined && set[row] !== set[twin])) fate[row] = index;
      }
    }
  });
  return fate;
}

function followed({ rows, last, inside, steps }: Case) {
  const alive = new Positions(rows);
  inside.forEach((up, row) => alive.set(row, up > 0 ? [0, up] : []));
  const fate = new Uint16Array(rows).fill(KEPT);
  const stages = steps.map((step, index): Stage => {
    if ('drops' in step) {
      step.drops.forEach((drops, row) => {
        if (drops && fate[row] === KEPT) fate[row] = index;
      });
      return { step: index, rivals: null };
    }
    const { set, sets, edges, at, rank } = step;
    const joined = joinedBy(
      {
        a: Uint32Array.from(edges, ({ a }) => a),
        b: Uint32Array.from(edges, ({ b }) => b),
        similarity: Float32Array.from(edges, ({ similarity }) => similarity),
      },
      Math.fround(at),
      sets,
    );
    return { step: index, rivals: { set: Uint32Array.from(set), sets, joined, rank: rank && Uint32Array.from(rank) } };
  });
  return follow(alive, last, fate, stages);
}

describe('sets of positions', () => {
  it('are taken from one another and put together as sets of numbers are', () => {
    const draw = random(3);
    const some = () => new Set(Array.from({ length: 12 }, (_, i) => i + 1).filter(() => draw() < 0.5));
    for (let round = 0; round < 300; round++) {
      const [a, b] = [some(), some()];
      const [x, y] = [rangesOf(a), rangesOf(b)];
      expect(minus(x, y)).toEqual(rangesOf([...a].filter((p) => !b.has(p))));
      expect(plus(x, y)).toEqual(rangesOf(new Set([...a, ...b])));
      if ([...a].every((p) => !b.has(p))) expect(minus(x, y)).toBe(x);
    }
  });

  it('are read as they were written', () => {
    const positions = new Positions(2);
    for (const ranges of [[0, 7], [2, 7], [0, 3, 5, 7], [], [0, 1]]) {
      positions.set(1, ranges);
      expect([positions.get(0), positions.get(1)]).toEqual([[], ranges]);
    }
  });
});

describe('records that are compared, while a handle is held', () => {
  it('follow the better of three equal ones: who falls away last stands in the way', () => {
    // Ranked 2, 0, 1; inside up to 5, 2, 4: the second stays up to 2, the third beyond 2 up to 4, the first beyond 4.
    const one = { rows: 3, last: 6, inside: [5, 2, 4] };
    const equal = { set: [0, 0, 0], sets: 1, edges: [], at: 1, rank: [2, 0, 1] };
    const { kept, dropped, touched } = followed({ ...one, steps: [equal] });
    expect([0, 1, 2].map((row) => kept.get(row))).toEqual([
      [4, 5],
      [0, 2],
      [2, 4],
    ]);
    expect([...touched]).toEqual([1, 0, 1]);
    expect([...dropped[0].at].slice(1)).toEqual([0, 1, 0, 1, 0, 0]);
    // The first two are alike in a second step too: only where both come through does the one ranked before stay.
    const then = { set: [0, 1, 0], sets: 2, edges: [], at: 1, rank: [0, 1, 2] };
    const second = followed({ ...one, inside: [5, 2, 6], steps: [equal, then] });
    expect([0, 1, 2].map((row) => second.kept.get(row))).toEqual([[], [0, 2], [2, 6]]);
  });

  it('stay and are dropped at every position as a judgement of every pair says', () => {
    let listed = 0;
    let several = 0;
    for (let seed = 1; seed <= 400; seed++) {
      const made = madeUp(seed);
      const { kept, dropped, touched } = followed(made);
      for (let position = 1; position <= made.last; position++) {
        const fate = decided(made, position);
        const stays = fate.map((_, row) => each(kept.get(row)).includes(position));
        expect([seed, position, ...stays]).toEqual([seed, position, ...fate.map((one) => one === KEPT)]);
        const drops = dropped.map(({ at }) => at.slice(position).reduce((sum, by) => sum + by, 0));
        const slow = made.steps.map((_, index) => fate.filter((one) => one === index).length);
        expect([seed, position, ...drops]).toEqual([seed, position, ...slow]);
        // Who is not touched goes where cuts send it, wherever it lies inside.
        fate.forEach((one, row) => {
          if (!touched[row] && one !== -1) expect(one === KEPT || 'drops' in made.steps[one]).toBe(true);
        });
      }
      for (let row = 0; row < made.rows; row++) {
        if (kept.get(row)[0] > 0) listed++;
        if (kept.get(row).length > 2) several++;
      }
    }
    // Enough of what only two steps bring about: records that stay, go and stay again.
    expect([listed > 100, several > 20]).toEqual([true, true]);
  });
});
