import { describe, expect, it } from 'vitest';
import { detectMapping, editsOf, emptyMapping, labelEdits, partsOf, rowJson, rowsToBatch, viewOf } from '$lib/record';
import { batchOf } from './read';

const shout = <T extends { text: string }>(parts: T[]) =>
  parts.map((part) => ({ ...part, text: part.text.toUpperCase() }));

describe('partsOf and editsOf', () => {
  it('rewrites flat fields', () => {
    const batch = rowsToBatch([{ instruction: 'a', input: 'b', output: 'c', other: 'd', history: [['e', 'f']] }]);
    const mapping = detectMapping([batch]);
    const parts = partsOf(batch, 0, mapping);
    expect(parts.map(({ role, field, path, text }) => [role, field, path, text])).toEqual([
      ['prompt', 'history', [0, 0], 'e'],
      ['response', 'history', [0, 1], 'f'],
      ['prompt', 'instruction', [], 'a'],
      ['prompt', 'input', [], 'b'],
      ['response', 'output', [], 'c'],
    ]);
    const edits = editsOf(batch, 0, shout(parts));
    expect(rowJson(batch, 0, edits)).toBe(
      '{"instruction":"A","input":"B","output":"C","other":"d","history":[["E","F"]]}',
    );
    expect(viewOf(batch, 0, mapping, edits)).toMatchObject({ prompt: 'E\nA\nB', response: 'F\nC' });
  });

  it('rewrites inside a conversation and leaves digits, keys and other turns alone', async () => {
    const batch = await batchOf(
      '{"messages":[{"role":"user","content":"a","weight":1.0,"n":12345678901234567890},{"role":"tool","content":"b"},' +
        '{"content":[{"type":"text","text":"c\\u0041"},{"type":"image_url","image_url":{"url":"d"}}],"role":"assistant"}]}',
    );
    const mapping = detectMapping([batch]);
    const edits = editsOf(batch, 0, shout(partsOf(batch, 0, mapping)));
    expect(rowJson(batch, 0, edits)).toBe(
      '{"messages":[{"role":"user","content":"A","weight":1.0,"n":12345678901234567890},{"role":"tool","content":"b"},' +
        '{"content":[{"type":"text","text":"CA"},{"type":"image_url","image_url":{"url":"d"}}],"role":"assistant"}]}',
    );
  });

  it('takes roles and fields, and every string of a field that holds more', () => {
    const batch = rowsToBatch([
      { prompt: 'a', completion: 'b', meta: { k: 'c', list: ['d', 1, { e: 'f' }] }, note: 'g' },
    ]);
    const mapping = detectMapping([batch]);
    const texts = (on: string[]) => partsOf(batch, 0, mapping, on).map((part) => part.text);
    expect(texts(['response'])).toEqual(['b']);
    expect(texts(['prompt', 'note'])).toEqual(['a', 'g']);
    expect(texts(['meta'])).toEqual(['c', 'd', 'f']);
    expect(texts(['meta.list'])).toEqual(['d', 'f']);
    expect(texts(['none'])).toEqual([]);
    const edits = editsOf(batch, 0, shout(partsOf(batch, 0, mapping, ['meta'])));
    expect(JSON.parse(rowJson(batch, 0, edits))).toMatchObject({ meta: { k: 'C', list: ['D', 1, { e: 'F' }] } });
  });

  it('builds one step upon another', () => {
    const batch = rowsToBatch([{ instruction: 'a', output: 'b' }]);
    const mapping = detectMapping([batch]);
    const first = editsOf(batch, 0, shout(partsOf(batch, 0, mapping, ['prompt'])));
    const second = editsOf(
      batch,
      0,
      partsOf(batch, 0, mapping, undefined, first).map((part) => ({ ...part, text: part.text + '!' })),
      first,
    );
    expect(rowJson(batch, 0, second)).toBe('{"instruction":"A!","output":"b!"}');
    expect(rowJson(batch, 0, first)).toBe('{"instruction":"A","output":"b"}');
  });

  it('makes no edit where nothing changes', async () => {
    const batch = await batchOf('{"conversations":[ {"from":"human","value":"\\u0041"} ]}');
    const mapping = detectMapping([batch]);
    expect(editsOf(batch, 0, partsOf(batch, 0, mapping)).size).toBe(0);
  });

  it('rewrites a conversation kept as JSON text, which stays a text', () => {
    const batch = rowsToBatch([{ messages: '[ {"role":"user","content":"a","n":1.0} ]' }]);
    const mapping = detectMapping([batch]);
    const edits = editsOf(batch, 0, shout(partsOf(batch, 0, mapping)));
    expect(edits.get('messages')).toEqual({ kind: 'text', text: '[ {"role":"user","content":"A","n":1.0} ]' });
    expect(viewOf(batch, 0, mapping, edits).prompt).toBe('A');
  });

  it('keeps a text that merely looks like JSON in one piece', () => {
    const batch = rowsToBatch([{ instruction: '[{"role":"user","content":"x"}]', output: '{"a": 1}' }]);
    const mapping = { ...emptyMapping('alpaca'), prompt: ['instruction'], response: 'output' };
    const edits = editsOf(batch, 0, shout(partsOf(batch, 0, mapping)));
    expect(viewOf(batch, 0, mapping, edits)).toMatchObject({
      prompt: '[{"ROLE":"USER","CONTENT":"X"}]',
      response: '{"A": 1}',
    });
  });
});

describe('labelEdits', () => {
  const label = (fields: string[]) => ({ ...emptyMapping(), label: fields });

  it('writes a path into one field or over several', () => {
    const batch = rowsToBatch([{ label: '退款', l1: 'a', l2: 'b' }]);
    const json = (fields: string[], path: string[]) =>
      JSON.parse(rowJson(batch, 0, labelEdits(batch, 0, label(fields), path))) as unknown;
    expect(json(['label'], ['售后', '退款'])).toMatchObject({ label: '售后/退款' });
    expect(json(['l1', 'l2'], ['x', 'y', 'z'])).toMatchObject({ l1: 'x', l2: 'y/z' });
    expect(json(['l1', 'l2'], ['x'])).toMatchObject({ l1: 'x', l2: null });
  });

  it('keeps a number a number where it can', () => {
    const batch = rowsToBatch([{ y: 1 }]);
    expect(rowJson(batch, 0, labelEdits(batch, 0, label(['y']), ['0']))).toBe('{"y":0}');
    expect(rowJson(batch, 0, labelEdits(batch, 0, label(['y']), ['neg']))).toBe('{"y":"neg"}');
  });

  it('reaches into an object', () => {
    const batch = rowsToBatch([{ meta: { label: 'a', n: 1 } }]);
    expect(rowJson(batch, 0, labelEdits(batch, 0, label(['meta.label']), ['b', 'c']))).toBe(
      '{"meta":{"label":"b/c","n":1}}',
    );
  });
});
