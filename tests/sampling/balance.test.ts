import fc from 'fast-check';
import { expect, it } from 'vitest';
import { apportion } from '$lib/sampling/apportion';
import { balance, balanceMode, balanceTargets } from '$lib/sampling/balance';

it('apportions by largest remainders (Hamilton)', () => {
  // 10 seats over 43, 33, 24: quotas 4.3, 3.3, 2.4 give 4, 3, 2 and the last to the greatest remainder.
  expect(apportion([43, 33, 24], 10)).toEqual([4, 3, 3]);
  expect(apportion([1, 1, 1], 10)).toEqual([4, 3, 3]);
  expect(apportion([0.1, 0.2, 0.7], 30)).toEqual([3, 6, 21]);
  expect(apportion([1, 0, 1], 3)).toEqual([2, 0, 1]);
  expect(apportion([0, 0], 5)).toEqual([0, 0]);
  expect(apportion([3, 4], 0)).toEqual([0, 0]);
});

const names = ['a', 'b', 'c'];
const sizes = [100, 16, 4];

it('says how many rows each class shall have', () => {
  expect(balanceTargets(sizes, names, {})).toEqual([100, 16, 4]);
  expect(balanceTargets(sizes, names, { total: 60 })).toEqual([50, 8, 2]);
  expect(balanceTargets(sizes, names, { mode: 'uniform', over: true })).toEqual([40, 40, 40]);
  expect(balanceTargets(sizes, names, { mode: 'uniform' })).toEqual([40, 16, 4]);
  expect(balanceTargets(sizes, names, { cap: 10 })).toEqual([10, 10, 4]);
  expect(balanceTargets(sizes, names, { cap: 10, over: true })).toEqual([10, 10, 4]);
  expect(balanceTargets(sizes, names, { 'per-class': 20 })).toEqual([20, 16, 4]);
  expect(balanceTargets(sizes, names, { 'per-class': 20, over: true })).toEqual([20, 20, 20]);
  // p ∝ √n: 10, 4, 2 of 16, of 120 rows: 75, 30, 15.
  expect(balanceTargets(sizes, names, { temperature: 2, over: true })).toEqual([75, 30, 15]);
  expect(balanceTargets(sizes, names, { temperature: 1 })).toEqual([100, 16, 4]);
  expect(balanceTargets(sizes, names, { cap: 10, counts: { a: 50, c: 9 } })).toEqual([50, 10, 4]);
  expect(balanceTargets([3, 0], ['a', 'b'], { 'per-class': 2, over: true })).toEqual([2, 0]);
  expect(balanceTargets([3], ['__proto__'], { cap: 2, counts: { x: 1 } })).toEqual([2]);
});

it('reads the mode from what is given', () => {
  expect(
    [{}, { cap: 1 }, { 'per-class': 1 }, { temperature: 3 }, { mode: 'uniform' as const, cap: 2 }].map(balanceMode),
  ).toEqual(['natural', 'cap', 'per-class', 'temperature', 'uniform']);
});

it('keeps those of the smallest draws, and repeats whole times first', () => {
  const draws = Uint32Array.of(2, 4, 1, 3, 0, 5).map((draw) => draw * 0x10000001);
  const codes = Int32Array.of(0, 0, 0, 1, 1, -1);
  const run = (targets: number[], copies = Uint16Array.of(1, 1, 1, 1, 1, 1)) => {
    balance(draws, codes, copies, targets);
    return [...copies];
  };
  // Class 0 in draw order: 2, 0, 1; class 1: 4, 3; record 5 has no class.
  expect(run([2, 1])).toEqual([1, 0, 1, 0, 1, 1]);
  expect(run([0, 2])).toEqual([0, 0, 0, 1, 1, 1]);
  expect(run([7, 3])).toEqual([2, 2, 3, 1, 2, 1]);
  expect(run([6, 4])).toEqual([2, 2, 2, 2, 2, 1]);
  expect(run([2, 1], Uint16Array.of(1, 1, 0, 1, 0, 1))).toEqual([1, 1, 0, 1, 0, 1]);
  // Copies of an earlier step stay where the class has its rows already.
  expect(run([4, 2], Uint16Array.of(2, 1, 1, 1, 1, 1))).toEqual([2, 1, 1, 1, 1, 1]);
});

it('is what walking along the draws would give, however many classes', () => {
  const few = fc.constantFrom(0, 1, 2, 0x80000000, 0xfffffffe, 0xffffffff);
  const member = fc.tuple(fc.oneof(few, fc.nat(0xffffffff)), fc.integer({ min: -1, max: 4 }), fc.nat(2));
  fc.assert(
    fc.property(
      fc.array(member, { maxLength: 80 }),
      fc.array(fc.nat(40), { minLength: 5, maxLength: 5 }),
      fc.constantFrom(0, 100000),
      (records, targets, more) => {
        const draws = Uint32Array.from(records, ([draw]) => draw);
        const codes = Int32Array.from(records, ([, code]) => code);
        const copies = Uint16Array.from(records, ([, , n]) => n);
        const expected = [...copies];
        for (let c = 0; c < 5; c++) {
          const members = records.flatMap(([, code, n], i) => (code === c && n > 0 ? [i] : []));
          const rows = members.reduce((sum, i) => sum + copies[i], 0);
          if (rows === targets[c] || members.length === 0) continue;
          members.sort((a, b) => draws[a] - draws[b] || a - b);
          members.forEach((i, rank) => {
            expected[i] = Math.floor(targets[c] / members.length) + (rank < targets[c] % members.length ? 1 : 0);
          });
        }
        balance(draws, codes, copies, [...targets, ...new Array<number>(more).fill(7)]);
        expect([...copies]).toEqual(expected);
      },
    ),
    { numRuns: 200 },
  );
});
