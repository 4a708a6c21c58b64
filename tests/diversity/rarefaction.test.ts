import { expect, it } from 'vitest';
import { rarefied } from '$lib/diversity/rarefaction';

it('is the mean number of kinds over all samples of that size, by hand', () => {
  // Records a a b and one of no kind; the samples of 2: aa ab a– ab a– b– have 1 2 1 2 1 1 kinds.
  expect(rarefied([2, 1], 4, 2)).toBeCloseTo(8 / 6, 12);
  // 1 − C(5, 3) / C(10, 3) + 1 − C(7, 3) / C(10, 3) + 1 − C(8, 3) / C(10, 3)
  expect(rarefied([5, 3, 2], 10, 3)).toBeCloseTo(3 - (10 + 35 + 56) / 120, 12);
});

it('is every kind of the whole set, and none of an empty sample', () => {
  expect(rarefied([3, 1, 0, 7], 11, 11)).toBe(3);
  expect(rarefied([3, 1, 7], 11, 0)).toBe(0);
  expect(rarefied([], 0, 0)).toBe(0);
});
