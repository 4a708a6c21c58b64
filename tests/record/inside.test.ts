import { expect, it } from 'vitest';
import { insideOf } from '$lib/record/inside';
import { batchOf } from './read';

const lines = (rows: unknown[]) => batchOf(rows.map((row) => JSON.stringify(row)).join('\n'));

it('lists what objects hold, by the names a mapping takes', async () => {
  const batch = await lines([
    { meta: { q: { text: 'Why?', n: 1 }, tags: ['a'], none: null } },
    { meta: { q: { text: 'How?', n: 'two' }, ok: true } },
    { meta: null },
  ]);
  const fields = batch.fields.filter(({ name }) => name === 'meta');
  expect(insideOf(fields, [batch.rows])).toEqual([
    { path: 'meta.q.text', type: 'string', examples: ['Why?', 'How?'] },
    { path: 'meta.q.n', type: 'number | string', examples: ['1', 'two'] },
    { path: 'meta.tags', type: 'array', examples: ['["a"]'] },
    { path: 'meta.ok', type: 'boolean', examples: ['true'] },
  ]);
});

it('lists nothing where there are no objects, or texts with JSON among them', async () => {
  const texts = await lines([{ t: 'plain' }, { t: '{"a": 1}' }]);
  expect(insideOf(texts.fields, [texts.rows])).toEqual([]);
  const batch = await lines([{ a: 'x', b: [1] }]);
  for (const field of batch.fields) expect(insideOf([field], [batch.rows])).toEqual([]);
});
