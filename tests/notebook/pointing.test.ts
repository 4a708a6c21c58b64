import { expect, it } from 'vitest';
import { follow, isGone, narrows, tabFor, type Focus } from '$lib/notebook/pointing';

const title = () => '';
const preview: Focus = { query: {}, title, preview: 1 };
const dropped: Focus = { query: { step: 2 }, title };

it('stays with its step when steps come and go', () => {
  expect(follow(preview, (i) => i + 1)?.preview).toBe(2);
  expect(follow(dropped, (i) => i - 1)?.query.step).toBe(1);
  expect(follow(preview, () => null)).toBeNull();
  expect(follow({ query: { finding: 'echo' }, title }, () => null)).toEqual({
    query: { finding: 'echo' },
    title,
  });
});

it('narrows by a part of the records only', () => {
  expect(narrows(dropped)).toBe(true);
  expect(narrows({ query: { column: { id: 'turns' } }, title })).toBe(false);
  expect(narrows({ query: { column: { id: 'turns', min: 1 } }, title })).toBe(true);
});

it('opens the tab that shows it', () => {
  expect(tabFor(preview, 'all')).toBe('changed');
  expect(tabFor(null, 'changed')).toBe('all');
  expect(tabFor(dropped, 'kept')).toBe('kept');
});

it('is gone with the class it means', () => {
  const names = (by: string) => (by === 'label' ? ['a', 'b'] : null);
  expect(isGone({ query: { category: { by: 'label', name: 'a' } }, title }, names)).toBe(false);
  expect(isGone({ query: { category: { by: 'label', name: 'c' } }, title }, names)).toBe(true);
  expect(isGone({ query: { category: { by: 'source', name: 'c' } }, title }, names)).toBe(false);
  expect(isGone(dropped, names)).toBe(false);
});
