import { describe, expect, it } from 'vitest';
import { detectMapping, emptyMapping, labelOf, rowsToBatch, viewOf, type Mapping } from '$lib/record';

const mapped = (part: Partial<Mapping>): Mapping => ({ ...emptyMapping(), ...part });
const told = (turns: { role: string; text: string }[]) => turns.map(({ role, text }) => `${role}: ${text}`);

describe('viewOf', () => {
  it('reads Alpaca with system and history as earlier turns', () => {
    const batch = rowsToBatch([
      { instruction: 'c', input: 'd', output: 'e', system: 's', history: [['a', 'b']] },
      { instruction: 'c', input: '', output: '', system: '', history: [] },
      { instruction: null, output: 'e', history: null },
    ]);
    const mapping = detectMapping([batch]);
    const view = viewOf(batch, 0, mapping);
    expect(view).toMatchObject({ prompt: 'a\nc\nd', response: 'b\ne', system: 's', label: null });
    expect(told(view.turns)).toEqual(['system: s', 'user: a', 'assistant: b', 'user: c\nd', 'assistant: e']);
    expect(viewOf(batch, 1, mapping)).toMatchObject({ prompt: 'c', response: '', system: '' });
    expect(viewOf(batch, 2, mapping)).toMatchObject({ prompt: '', response: 'e' });
  });

  it('reads ShareGPT with every role it knows, and others as other', () => {
    const roles = ['system', 'human', 'function_call', 'observation', 'gpt', 'user', 'assistant', 'narrator'];
    const batch = rowsToBatch([{ conversations: roles.map((from, i) => ({ from, value: `${i}` })) }]);
    const view = viewOf(batch, 0, detectMapping([batch]));
    expect(told(view.turns)).toEqual([
      'system: 0',
      'user: 1',
      'function: 2',
      'tool: 3',
      'assistant: 4',
      'user: 5',
      'assistant: 6',
      'other: 7',
    ]);
    expect(view).toMatchObject({ prompt: '1\n5', response: '4\n6', system: '0' });
    expect(view.turns[7].name).toBe('narrator');
  });

  it('reads messages with content parts and tool calls', () => {
    const call = { id: 'c1', type: 'function', function: { name: 'f', arguments: '{}' } };
    const batch = rowsToBatch([
      {
        messages: [
          { role: 'developer', content: 's' },
          {
            role: 'user',
            content: [
              { type: 'text', text: 'a' },
              { type: 'image_url', image_url: { url: 'x' } },
              { type: 'text', text: 'b' },
            ],
          },
          { role: 'assistant', content: null, tool_calls: [call] },
          { role: 'tool', content: '1', tool_call_id: 'c1' },
          { role: 'assistant', content: 'done' },
        ],
      },
    ]);
    const view = viewOf(batch, 0, detectMapping([batch]));
    expect(told(view.turns)).toEqual([
      'system: s',
      'user: a\nb',
      `function: ${JSON.stringify([call])}`,
      'tool: 1',
      'assistant: done',
    ]);
    expect(view).toMatchObject({ prompt: 'a\nb', response: 'done', system: 's' });
  });

  it('has no turns where a conversation is malformed, and leaves malformed turns out', () => {
    const batch = rowsToBatch([
      { messages: [{ role: 'user', content: 'a' }, null, 3, ['x'], { role: 1, content: 'b' }, { role: 'user' }] },
      { messages: 'no list' },
      { messages: null },
      { messages: { a: 1 } },
      {},
      { messages: [] },
    ]);
    const mapping = mapped({ layout: 'messages', messages: 'messages' });
    expect(told(viewOf(batch, 0, mapping).turns)).toEqual(['user: a']);
    for (let row = 1; row < batch.rows; row++)
      expect(viewOf(batch, row, mapping)).toMatchObject({ turns: [], prompt: '', response: '' });
  });

  it('reads conversations kept as JSON text (CSV, Parquet)', () => {
    const batch = rowsToBatch([{ messages: '[{"role":"user","content":"a"},{"role":"assistant","content":"b"}]' }]);
    const mapping = detectMapping([batch]);
    expect(mapping).toMatchObject({ layout: 'messages', messages: 'messages' });
    expect(viewOf(batch, 0, mapping)).toMatchObject({ prompt: 'a', response: 'b' });
  });

  it('takes the preferred answer of preference data as the response', () => {
    const batch = rowsToBatch([
      {
        conversations: [{ from: 'human', value: 'q' }],
        chosen: { from: 'gpt', value: 'good' },
        rejected: { from: 'gpt', value: 'bad' },
      },
    ]);
    expect(viewOf(batch, 0, detectMapping([batch]))).toMatchObject({ prompt: 'q', response: 'good' });
  });

  it('reads prompt and completion given as turns', () => {
    const batch = rowsToBatch([
      { prompt: [{ role: 'user', content: 'q' }], completion: [{ role: 'assistant', content: 'a' }] },
    ]);
    const mapping = detectMapping([batch]);
    expect(mapping).toMatchObject({ layout: 'prompt-completion', prompt: ['prompt'], response: 'completion' });
    expect(viewOf(batch, 0, mapping)).toMatchObject({ prompt: 'q', response: 'a' });
  });

  it('has no response where the layout has none', () => {
    const batch = rowsToBatch([{ text: 'a', label: '账单/查询', source: 'app', time: '2024-01-02', who: 'x', id: 7 }]);
    const mapping = mapped({
      prompt: ['text'],
      label: ['label'],
      source: 'source',
      time: 'time',
      annotator: 'who',
      id: 'id',
    });
    expect(viewOf(batch, 0, mapping)).toEqual({
      prompt: 'a',
      response: null,
      system: '',
      turns: [{ role: 'user', name: 'user', text: 'a' }],
      label: ['账单', '查询'],
      source: 'app',
      annotator: 'x',
      time: '2024-01-02',
      id: '7',
    });
  });

  it('reaches into objects, a literal dotted key first', () => {
    const batch = rowsToBatch([
      {
        'a.b': 'literal',
        meta: { 'x.y': 'inner', x: { y: 'deep' }, list: ['p', { q: 'r' }] },
        z: { x: { y: 'deep' } },
      },
    ]);
    const text = (name: string) => viewOf(batch, 0, mapped({ prompt: [name] })).prompt;
    expect(text('a.b')).toBe('literal');
    expect(text('meta.x.y')).toBe('inner');
    expect(text('z.x.y')).toBe('deep');
    expect(text('meta.list.1.q')).toBe('r');
    expect(text('meta.none.q')).toBe('');
    expect(text('z')).toBe('{"x":{"y":"deep"}}');
  });
});

describe('labelOf', () => {
  it('parts one field at the slash and joins several levels', () => {
    const batch = rowsToBatch([
      { one: '账单/查询', l1: '账单', l2: '查询' },
      { one: ' a / b ', l1: '账单', l2: null },
      { one: '', l1: null, l2: 'x' },
      { one: '/' },
    ]);
    const rows = [0, 1, 2, 3];
    const one = mapped({ label: ['one'] });
    const two = mapped({ label: ['l1', 'l2'] });
    expect(rows.map((row) => labelOf(batch, row, one))).toEqual([['账单', '查询'], ['a', 'b'], null, null]);
    expect(rows.map((row) => labelOf(batch, row, two))).toEqual([['账单', '查询'], ['账单'], null, null]);
  });

  it('takes numbers and lists of labels', () => {
    const batch = rowsToBatch([{ y: 3 }, { y: [1, 'b'] }, { y: false }]);
    const mapping = mapped({ label: ['y'] });
    expect([0, 1, 2].map((row) => labelOf(batch, row, mapping))).toEqual([['3'], ['1,b'], ['false']]);
  });
});
