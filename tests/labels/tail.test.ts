import { describe, expect, it } from 'vitest';
import { longTail } from '$lib/labels/tail';
import { labelTree, leaves } from '$lib/labels/tree';

describe('long tail', () => {
  it('measures ratio, top share, effective number of classes and rare classes', () => {
    const tail = longTail([6, 187, 35, 0, 772]);
    expect(tail.order).toEqual([4, 1, 2, 0]);
    expect(tail.ratio).toBeCloseTo(772 / 6, 10);
    expect(tail.topShare).toBeCloseTo(0.772, 10);
    // Four classes: 0.1 / 4 = 0.025 of 1,000 records is 25.
    expect(tail.rare).toEqual([0]);
  });

  it('counts equal classes as so many effective ones', () => {
    expect(longTail([50, 50, 50]).effective).toBeCloseTo(3, 10);
    // exp(-(0.5 ln 0.5 + 2 · 0.25 ln 0.25)) = 2^1.5
    expect(longTail([2, 1, 1]).effective).toBeCloseTo(2 ** 1.5, 10);
  });

  it('has no ratio without classes', () => {
    expect(longTail([]).ratio).toBeNaN();
    expect(longTail([]).effective).toBe(0);
  });
});

describe('label tree', () => {
  it('counts every node and sorts children by count', () => {
    const root = labelTree(['账单/查询', '账单/分期', '积分', '账单'], [3, 5, 4, 1]);
    expect(root.count).toBe(13);
    expect(root.children.map(({ name, count, own }) => [name, count, own])).toEqual([
      ['账单', 9, 1],
      ['积分', 4, 4],
    ]);
    expect(leaves(root).map(({ path, count }) => [path, count])).toEqual([
      ['账单/分期', 5],
      ['账单/查询', 3],
      ['积分', 4],
    ]);
  });

  it('shows a level that holds nothing but one other in one name with it, whatever the counts', () => {
    const names = (counts: number[]) =>
      labelTree(['unhappy/angry', 'a/b/c', 'a/b/d', 'x', 'x/y'], counts).children.map(({ name, path, children }) => [
        name,
        path,
        children.map((child) => child.name).sort(),
      ]);
    const tree = [
      ['unhappy/angry', 'unhappy/angry', []],
      ['a/b', 'a/b', ['c', 'd']],
      ['x', 'x', ['y']],
    ];
    expect(names([9, 4, 1, 0, 3])).toEqual(tree);
    expect(names([9, 4, 0, 1, 0])).toEqual(tree);
  });

  it('keeps equal names of different parents apart, __proto__ included', () => {
    const root = labelTree(['a/x', 'b/x', '__proto__'], [1, 2, 3]);
    expect(leaves(root).map(({ path }) => path)).toEqual(['__proto__', 'b/x', 'a/x']);
  });
});
