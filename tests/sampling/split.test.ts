import fc from 'fast-check';
import { expect, it } from 'vitest';
import { drawOrder } from '$lib/sampling/draw';
import { splitByDraw, splitOf, splitStratified, stratifiedTargets } from '$lib/sampling/split';

const at = (share: number) => Math.floor(share * 2 ** 32);

it('a draw below the share of train is train, then validation, then test', () => {
  expect([at(0.79), at(0.81), at(0.91), 0, 0xffffffff].map((d) => splitOf(d, 0.8, 0.1))).toEqual([0, 1, 2, 0, 2]);
  const draws = Uint32Array.of(at(0.2), at(0.85), at(0.99), at(0.5));
  expect([...splitByDraw([1, 1, 1, 0], draws, [0.8, 0.1, 0.1])]).toEqual([0, 1, 2, 255]);
  // 0.7 + 0.3 may be a hair below 1: nothing may fall into a test that has no share.
  expect([...splitByDraw([1], Uint32Array.of(0xffffffff), [0.7, 0.3, 0])]).toEqual([1]);
  expect([...splitByDraw([1], Uint32Array.of(0xffffffff), [1, 0, 0])]).toEqual([0]);
});

it('shares classes out exactly, and small ones in turn', () => {
  expect([...stratifiedTargets([100, 10], [0.8, 0.1, 0.1])]).toEqual([80, 10, 10, 8, 1, 1]);
  // Five of each: 4, ½, ½. The first goes to validation, the next to test.
  expect([...stratifiedTargets([5, 5, 5, 5], [0.8, 0.1, 0.1])]).toEqual([4, 1, 0, 4, 0, 1, 4, 1, 0, 4, 0, 1]);
  expect([...stratifiedTargets([0, 1], [0.5, 0.5, 0])]).toEqual([0, 0, 0, 1, 0, 0]);
});

it('fills train, validation and test of each class in draw order', () => {
  const order = Uint32Array.of(9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
  const codes = new Int32Array(10);
  expect([...splitStratified(new Array<number>(10).fill(1), order, null, codes, 1, [0.6, 0.2, 0.2])]).toEqual([
    2, 2, 1, 1, 0, 0, 0, 0, 0, 0,
  ]);
});

it('never lets a group straddle, and is exact where groups are single', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(6), fc.nat(2), fc.nat(2)), { maxLength: 60 }),
      fc.constantFrom([0.8, 0.1, 0.1], [0.5, 0.5, 0], [0.7, 0, 0.3], [1, 0, 0]),
      (records, shares) => {
        const groups = Uint32Array.from(records, ([group]) => group);
        const codes = Int32Array.from(records, ([, code]) => code - 1);
        const weights = records.map(([, , weight]) => weight);
        const order = drawOrder(Uint32Array.from(groups, (group) => (group * 2654435761) >>> 0));
        const split = splitStratified(weights, order, groups, codes, 2, shares);
        const of = new Map<number, number>();
        records.forEach((_, i) => {
          expect(split[i] === 255).toBe(weights[i] === 0);
          if (split[i] === 255) return;
          expect(shares[split[i]]).toBeGreaterThan(0);
          expect(of.get(groups[i]) ?? split[i]).toBe(split[i]);
          of.set(groups[i], split[i]);
        });
        const single = splitStratified(
          weights.map((w) => Math.min(1, w)),
          order,
          null,
          codes,
          2,
          shares,
        );
        for (const code of [-1, 0, 1]) {
          const members = records.flatMap((_, i) => (codes[i] === code && weights[i] > 0 ? [single[i]] : []));
          shares.forEach((share, s) =>
            expect(Math.abs(members.filter((x) => x === s).length - share * members.length)).toBeLessThan(1),
          );
        }
      },
    ),
  );
});
