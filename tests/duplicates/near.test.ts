import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestBetter, rankOrder } from '$lib/duplicates/near';
import { countPairs, eachPair } from '$lib/duplicates/each-pair';
import { nearGroups } from '$lib/duplicates/near-groups';
import { nearPairs } from '$lib/duplicates/near-pairs';
import { NO_SET } from '$lib/duplicates/sets';
import { jaccard, joinShingles, SHINGLES, shingleSets, type ShingleSets } from '$lib/text/shingles';

const ones = { ...SHINGLES, words: 1, chars: 1 };

/** All pairs at `at` or above, each compared. */
function bruteForce(sets: ShingleSets, at: number): [number, number, number][] {
  const rows = sets.offsets.length - 1;
  const pairs: [number, number, number][] = [];
  for (let a = 0; a < rows; a++)
    for (let b = a + 1; b < rows; b++) {
      const similarity = jaccard(sets, a, b);
      if (similarity >= at) pairs.push([a, b, Math.fround(similarity)]);
    }
  return pairs;
}

const found = (sets: ShingleSets, floor: number, at = floor, seed = 0) =>
  [...eachPair(nearPairs(sets, { floor, seed }), at)].map(({ a, b, similarity }) => [a, b, similarity]);

/** Few words, so that many texts are alike. */
const word = fc.constantFrom('cat', 'dog', 'sat', 'mat', '猫', '狗', '坐', '垫', 'red', 'blue', '😀');
const text = fc.array(word, { maxLength: 14, size: 'max' }).map((words) => words.join(' '));
const texts = fc.array(fc.option(text, { freq: 20 }), { minLength: 1, maxLength: 60, size: 'max' });

describe('pairs', () => {
  it('are exactly those of comparing everything, at every threshold from the floor up', () => {
    let all = 0;
    let missed = 0;
    fc.assert(
      fc.property(texts, fc.constantFrom(0.5, 0.7, 0.8, 0.9, 1), fc.integer(), (list, floor, seed) => {
        const sets = shingleSets(list, ones);
        const expected = new Set(bruteForce(sets, floor).map(String));
        const got = found(sets, floor, floor, seed).map(String);
        // What is found is always right; what is there is found nearly always.
        expect(got.filter((pair) => !expected.has(pair))).toEqual([]);
        expect(new Set(got).size).toBe(got.length);
        expect(countPairs(nearPairs(sets, { floor, seed }), floor)).toBe(got.length);
        all += expected.size;
        missed += expected.size - got.length;
      }),
      { numRuns: 300, seed: 5 },
    );
    expect(all).toBeGreaterThan(1000);
    expect(missed / all).toBeLessThan(0.01);
  });

  it('come in order, with the similarity as a ratio of whole numbers', () => {
    const sets = shingleSets(['a b c d', 'a b c e', 'a b c d', null, '', 'x', 'a b c d f'], ones);
    expect(found(sets, 0.5)).toEqual([
      [0, 1, Math.fround(3 / 5)],
      [0, 2, 1],
      [0, 6, Math.fround(4 / 5)],
      [1, 2, Math.fround(3 / 5)],
      [1, 6, 0.5],
      [2, 6, Math.fround(4 / 5)],
    ]);
    // 4/5 lies on 0.8.
    expect(found(sets, 0.8)).toHaveLength(3);
    expect(found(sets, 0.5, 0.81)).toEqual([[0, 2, 1]]);
  });

  it('of fifty thousand equal texts take one set and no edge', () => {
    const sets = shingleSets(
      [...new Array<string>(50_000).fill('同样的提示词，请翻译成英文'), '同样的提示词，请翻译成英语'],
      SHINGLES,
    );
    const pairs = nearPairs(sets, { floor: 0.5 });
    expect(pairs.sets).toBe(2);
    expect(pairs.edges.a).toHaveLength(1);
    expect(pairs.thinned).toBe(0);
    const { similarity, twin } = bestBetter(pairs, rankOrder([], 50_001), null);
    expect([similarity[0], similarity[1], similarity[49_999]]).toEqual([0, 1, 1]);
    expect([twin[0], twin[49_999], twin[50_000]]).toEqual([-1, 0, 0]);
    const groups = nearGroups(pairs, 0.5);
    expect([groups.count, groups.places.length]).toEqual([1, 50_001]);
    expect(countPairs(pairs, 1)).toBe((50_000 * 49_999) / 2);
  });

  it('of thousands of texts from one template stay few, and each finds a better twin', () => {
    const template = (i: number) =>
      `please write a short and friendly message to customer number ${i} about the delay of the parcel and say sorry`;
    const rows = 4000;
    const sets = shingleSets(
      Array.from({ length: rows }, (_, i) => template(i)),
      ones,
    );
    const key = new Float32Array(rows).map((_, i) => (i * 7919) % 4001);
    const rank = rankOrder([key], rows);
    const pairs = nearPairs(sets, { floor: 0.7, rank });
    expect(pairs.thinned).toBe(rows);
    expect(pairs.edges.a.length).toBeLessThan(rows * 600);
    const { similarity } = bestBetter(pairs, rank, null);
    expect(similarity.filter((value) => value < 0.8)).toHaveLength(1);
    expect(similarity[rank.indexOf(0)]).toBe(0);
  });

  it('are the same whatever the batches, and across two datasets only those across', () => {
    const list = ['a b c d', 'a b c e', 'a b c d', 'q r', 'a b c d', 'q r s', 'a b c d f'];
    const whole = shingleSets(list, ones);
    const parts = joinShingles([
      shingleSets(list.slice(0, 3), ones),
      shingleSets([], ones),
      shingleSets(list.slice(3), ones),
    ]);
    expect(parts).toEqual(whole);
    const { edges, set } = nearPairs(whole, { floor: 0.5, split: 4 });
    const firstOf = (s: number) => set.indexOf(s);
    const across = Array.from(edges.a, (a, e) => [firstOf(a), firstOf(edges.b[e])]);
    // 0 and 4 are equal, so that set has records on both sides.
    expect(across).toEqual([
      [0, 1],
      [0, 6],
      [1, 6],
      [3, 5],
    ]);
  });

  it('of texts without any unit are none', () => {
    const pairs = nearPairs(shingleSets([null, '', ' \n'], SHINGLES), { floor: 0.5 });
    expect([...pairs.set]).toEqual([NO_SET, NO_SET, NO_SET]);
    expect([...eachPair(pairs, 0)]).toEqual([]);
    expect([...bestBetter(pairs, rankOrder([], 3), null).similarity]).toEqual([NaN, NaN, NaN]);
    expect(() => nearPairs(shingleSets([], SHINGLES), { floor: 0 })).toThrow(RangeError);
  });
});

describe('rank', () => {
  it('is by the keys in turn, greatest first, NaN last, then by place', () => {
    const quality = Float32Array.of(1, NaN, 3, 3, NaN, 1);
    const length = Float32Array.of(5, 9, 1, 2, 10, 5);
    // Best: 3 (3, 2), 2 (3, 1), 0, 5 (equal), 4 (NaN, 10), 1.
    expect([...rankOrder([quality, length], 6)]).toEqual([2, 5, 1, 0, 4, 3]);
    expect([...rankOrder([], 3)]).toEqual([0, 1, 2]);
    expect([...rankOrder([Float32Array.of(-1, 0, -0, Infinity, -Infinity, NaN, -2, 1e-40)], 8)]).toEqual([
      4, 2, 3, 0, 6, 7, 5, 1,
    ]);
  });
});

describe('best better twin', () => {
  it('is the greatest similarity over all records ranked before, under any rank and whoever is alive', () => {
    fc.assert(
      fc.property(
        texts,
        fc.infiniteStream(fc.integer({ min: 0, max: 3 })),
        fc.infiniteStream(fc.boolean()),
        (list, marks, lives) => {
          const rows = list.length;
          const sets = shingleSets(list, ones);
          const pairs = nearPairs(sets, { floor: 0.4 });
          const rank = rankOrder([Float32Array.from(list, () => marks.next().value as number)], rows);
          const alive = Uint8Array.from(list, () => (lives.next().value ? 1 : 0));
          const { similarity, twin } = bestBetter(pairs, rank, alive);
          const known = [...eachPair(pairs, 0.4)];
          for (let i = 0; i < rows; i++) {
            const empty = sets.offsets[i] === sets.offsets[i + 1];
            if (empty || !alive[i]) {
              expect(similarity[i]).toBeNaN();
              continue;
            }
            const better = known
              .filter(({ a, b }) => a === i || b === i)
              .map(({ a, b, similarity: value }) => ({ other: a === i ? b : a, value }))
              .filter(({ other }) => alive[other] && rank[other] < rank[i])
              .sort((x, y) => y.value - x.value || rank[x.other] - rank[y.other]);
            expect([similarity[i], twin[i]]).toEqual(better.length ? [better[0].value, better[0].other] : [0, -1]);
          }
        },
      ),
      { numRuns: 200, seed: 6 },
    );
  });
});

describe('groups', () => {
  it('are the connected components, largest first', () => {
    const sets = shingleSets(['a b c', 'x y', 'a b c', 'a b c d', 'x y', 'x y z w v', 'a b c d e', 'lonely'], ones);
    const pairs = nearPairs(sets, { floor: 0.5 });
    const list = (at: number, alive: Uint8Array | null = null) => {
      const { count, offsets, places } = nearGroups(pairs, at, alive);
      return Array.from({ length: count }, (_, g) => [...places.subarray(offsets[g], offsets[g + 1])]);
    };
    expect(list(0.75)).toEqual([
      [0, 2, 3, 6],
      [1, 4],
    ]);
    expect(list(0.78)).toEqual([
      [0, 2],
      [1, 4],
      [3, 6],
    ]);
    expect(list(0.75, Uint8Array.of(1, 1, 0, 0, 0, 1, 1, 1))).toEqual([]);
  });
});
