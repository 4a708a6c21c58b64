import { expect, it } from 'vitest';
import { exactRank, exactSummary } from '$lib/duplicates/exact';
import { groupsOf } from '$lib/duplicates/groups';

it('numbers groups in order of first appearance and ranks their members', () => {
  const groups = groupsOf(BigUint64Array.of(9n, 5n, 9n, 0n, 9n, 5n, 0xffffffffffffffffn));
  expect([...groups.ids]).toEqual([0, 1, 0, 2, 0, 1, 3]);
  expect(groups.count).toBe(4);
  expect([...exactRank(groups)]).toEqual([0, 0, 1, 0, 2, 1, 0]);
  expect(exactSummary(groups, ['prompt'])).toEqual({ on: ['prompt'], groups: 2, extra: 3 });
});

it('tells hashes apart that share a word, and grows', () => {
  const hashes = BigUint64Array.from({ length: 100000 }, (_, i) => (BigInt(i % 40000) << 32n) | 7n);
  const { ids, count } = groupsOf(hashes);
  expect(count).toBe(40000);
  expect(ids.every((id, i) => id === i % 40000)).toBe(true);
});
