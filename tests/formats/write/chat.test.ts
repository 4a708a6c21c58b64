import { beforeAll, describe, expect, it } from 'vitest';
import { createWriter, shapesOf } from '$lib/formats/write';
import { applyMap, detectMapping, parseMap, rowsToBatch, viewOf, type Batch, type Mapping } from '$lib/record';
import { batchOf, readBytes, readPath } from '../../record/read';
import { shared } from '../../shared';

interface Written {
  rows: Record<string, unknown>[];
  lines: string[];
  reasons: (string | null)[];
}

async function write(layout: string, batches: Batch[], mapping: Mapping = detectMapping(batches)): Promise<Written> {
  const writer = createWriter(layout, { mapping, fields: batches.flatMap(shapesOf) });
  const reasons: (string | null)[] = [];
  let text = '';
  for (const batch of batches) {
    for (let row = 0; row < batch.rows; row++) reasons.push(writer.write(batch, row));
    text += Buffer.from(await writer.take()).toString();
  }
  text += Buffer.from(await writer.finish()).toString();
  const lines = text.split('\n').slice(0, -1);
  return { lines, rows: lines.map((line) => JSON.parse(line) as Record<string, unknown>), reasons };
}

/** Whether LLaMA-Factory's ShareGPT converter keeps the row (its rule, restated: an even count, odd and even roles in turn). */
function llamaFactoryKeeps(conversations: { from: string; value: unknown }[]): boolean {
  const odd = ['human', 'observation'];
  const even = ['gpt', 'function_call'];
  return (
    conversations.length > 0 &&
    conversations.length % 2 === 0 &&
    conversations.every((turn, i) => (i % 2 ? even : odd).includes(turn.from) && typeof turn.value === 'string')
  );
}

/** What OpenAI asks of `messages`, as far as it concerns us. */
function openaiFault(messages: Record<string, unknown>[]): string | null {
  const open = new Set<unknown>();
  for (const turn of messages) {
    if (!['system', 'user', 'assistant', 'tool', 'developer'].includes(turn.role as string))
      return `role ${String(turn.role)}`;
    if (typeof turn.content !== 'string' && !Array.isArray(turn.content)) return 'content';
    for (const call of (turn.tool_calls ?? []) as { id: string; type: string; function: Record<string, unknown> }[]) {
      open.add(call.id);
      if (call.type !== 'function' || typeof call.function.name !== 'string') return 'call';
      if (typeof call.function.arguments !== 'string') return 'arguments';
      JSON.parse(call.function.arguments);
    }
    if (turn.role === 'tool' && !open.has(turn.tool_call_id)) return 'tool_call_id';
  }
  return null;
}

const calling = {
  id: 7,
  tools: '[{"name": "f"}]',
  conversations: [
    { from: 'system', value: 's' },
    { from: 'human', value: 'q' },
    { from: 'function_call', value: '{"name": "f", "arguments": {"x": 1.50}}' },
    { from: 'observation', value: '{"r": 2}' },
    { from: 'gpt', value: 'a', weight: 1 },
  ],
};

describe('messages', () => {
  it('turns function calls into tool calls and their results into tool turns', async () => {
    const { lines } = await write('messages', [rowsToBatch([calling])]);
    expect(JSON.parse(lines[0])).toEqual({
      id: 7,
      tools: '[{"name": "f"}]',
      messages: [
        { role: 'system', content: 's' },
        { role: 'user', content: 'q' },
        {
          role: 'assistant',
          content: '',
          tool_calls: [{ id: 'call_0', type: 'function', function: { name: 'f', arguments: '{"x": 1.50}' } }],
        },
        { role: 'tool', content: '{"r": 2}', tool_call_id: 'call_0' },
        { role: 'assistant', content: 'a', weight: 1 },
      ],
    });
  });

  it('leaves a null content beside tool calls as it is', async () => {
    const calls = '[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]';
    const turns = (content: string) =>
      `{"messages":[{"role":"user","content":"q"},{"role":"assistant",${content}"tool_calls":${calls}},{"role":"tool","content":"r","tool_call_id":"c"},{"role":"assistant","content":"a"}]}`;
    const { lines } = await write('messages', [await batchOf(turns('"content":null,'), turns(''))]);
    expect(lines).toEqual([turns('"content":null,'), turns('"content":null,')]);
  });

  it('leaves out what a typed source fills in with null', async () => {
    const line =
      '{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a","weight":1},{"role":"user","content":"r"},{"role":"assistant","content":"b"}]}';
    const batch = await batchOf(line);
    const writer = createWriter('arrow', { mapping: detectMapping([batch]), fields: shapesOf(batch) });
    writer.write(batch, 0);
    const { batches } = await readBytes(await writer.finish());
    expect((await write('jsonl', batches)).lines[0]).toContain('"weight":null');
    expect((await write('messages', batches)).lines).toEqual([line]);
  });

  it('leaves messages that are in order as they are, digits too', async () => {
    const line =
      '{"messages":[{"role":"user","content":[{"type":"text","text":"q"}],"w":0.10},' +
      '{"role":"assistant","content":"a","n":12345678901234567890}],"source":"x"}';
    expect((await write('messages', [await batchOf(line)])).lines).toEqual([line]);
  });

  it('says why a record cannot be told as messages, and writes the others', async () => {
    const turn = (role: string) => ({ role, content: 'x' });
    const batch = rowsToBatch([
      { messages: [turn('user'), turn('narrator')] },
      { messages: [turn('user'), { content: 'x' }] },
      { messages: 'x' },
      { messages: [] },
      {},
      { messages: [turn('user'), { role: 'function_call', content: 'no json' }] },
      { messages: [turn('user'), turn('assistant')] },
    ]);
    const { reasons, rows } = await write('messages', [batch], { ...detectMapping([batch]), messages: 'messages' });
    expect(reasons).toEqual([
      'turn 2 has the role "narrator", which this layout does not know',
      'turn 2 has no role',
      'its conversation is not a list of turns',
      'its conversation has no turns',
      'it has no conversation',
      'turn 2 is a function call that is not JSON with a name and arguments',
      null,
    ]);
    expect(rows).toHaveLength(1);
  });

  it('answers with the label where there is no response', async () => {
    const batch = rowsToBatch([{ text: '账单多少', label: '账单/查询' }]);
    const mapping = applyMap(detectMapping([batch]), parseMap('prompt=text,label=label'), ['text', 'label']);
    expect((await write('messages', [batch], mapping)).lines).toEqual([
      '{"messages":[{"role":"user","content":"账单多少"},{"role":"assistant","content":"账单/查询"}],"label":"账单/查询"}',
    ]);
    expect((await write('alpaca', [batch], mapping)).rows[0]).toMatchObject({
      output: '账单/查询',
      label: '账单/查询',
    });
  });

  it('keeps a field that bears the name of a key of the layout, under another name', async () => {
    const batch = rowsToBatch([{ instruction: 'q', output: 'a', messages: 5, messages_1: 6 }]);
    const { lines } = await write('messages', [batch]);
    expect(lines[0]).toBe(
      '{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}],"messages_2":5,"messages_1":6}',
    );
  });
});

describe('sharegpt', () => {
  it('puts the system apart and keeps tools a JSON string', async () => {
    const { lines } = await write('sharegpt', [rowsToBatch([calling])]);
    expect(lines[0]).toBe(
      '{"conversations":[{"from":"human","value":"q"},{"from":"function_call","value":"{\\"name\\": \\"f\\", \\"arguments\\": {\\"x\\": 1.50}}"},' +
        '{"from":"observation","value":"{\\"r\\": 2}"},{"from":"gpt","value":"a","weight":1}],"system":"s","tools":"[{\\"name\\": \\"f\\"}]","id":7}',
    );
  });

  it('turns tool calls back into function calls, several into a list', async () => {
    const call = (name: string) => ({ id: name, type: 'function', function: { name, arguments: '{"x":1}' } });
    const batch = rowsToBatch([
      {
        tools: [{ type: 'function' }],
        messages: [
          { role: 'user', content: 'q' },
          { role: 'assistant', content: null, tool_calls: [call('f'), call('g')] },
          { role: 'tool', content: 'r', tool_call_id: 'f' },
          { role: 'assistant', content: 'a' },
        ],
      },
    ]);
    const { rows } = await write('sharegpt', [batch]);
    expect(rows[0]).toEqual({
      conversations: [
        { from: 'human', value: 'q' },
        {
          from: 'function_call',
          value: '[{"name": "f", "arguments": {"x":1}}, {"name": "g", "arguments": {"x":1}}]',
          tool_call_ids: ['f', 'g'],
        },
        { from: 'observation', value: 'r', tool_call_id: 'f' },
        { from: 'gpt', value: 'a' },
      ],
      system: '',
      tools: '[{"type":"function"}]',
    });
  });

  it('keeps the ids of calls on the way to ShareGPT and back', async () => {
    const call = (id: string | undefined, name: string) => ({
      id,
      type: 'function',
      function: { name, arguments: '{"x":1.50}' },
    });
    const messages = (calls: object[]) => [
      { role: 'user', content: 'q' },
      { role: 'assistant', content: '', tool_calls: calls },
      { role: 'tool', content: 'r', tool_call_id: 'one' },
      { role: 'assistant', content: 'a' },
    ];
    const given = [[call('one', 'f')], [call('two', 'g'), call('one', 'f')]].map((calls) => ({
      messages: messages(calls),
    }));
    const { lines, rows } = await write('sharegpt', [rowsToBatch(given)]);
    const called = rows.map((row) => (row.conversations as Record<string, unknown>[])[1]);
    expect(called[0]).toEqual({
      from: 'function_call',
      value: '{"name": "f", "arguments": {"x":1.50}}',
      tool_call_id: 'one',
    });
    expect(called[1].tool_call_ids).toEqual(['two', 'one']);
    const { batches } = await readBytes(new TextEncoder().encode(lines.join('\n')));
    expect((await write('messages', batches)).rows).toEqual(given);
    const some = await write('sharegpt', [
      rowsToBatch([{ messages: messages([call(undefined, 'f'), call('one', 'g')]) }]),
    ]);
    expect((some.rows[0].conversations as object[])[1]).toMatchObject({ tool_call_ids: [null, 'one'] });
  });

  it('refuses what LLaMA-Factory would drop, with the reason', async () => {
    const turns = (...roles: string[]) => ({ conversations: roles.map((from) => ({ from, value: 'x' })) });
    const { reasons } = await write('sharegpt', [
      rowsToBatch([
        turns('human', 'gpt'),
        turns('gpt', 'human'),
        turns('human', 'human', 'gpt'),
        turns('human', 'gpt', 'human'),
        turns('human', 'system', 'human', 'gpt'),
        turns('system'),
        turns('human', 'gpt', 'human', 'bing'),
      ]),
    ]);
    expect(reasons).toEqual([
      null,
      'the conversation begins with an answer',
      'turn 2 (human) follows another question: turns must alternate',
      'the last turn has no answer',
      'turn 2 is a system turn in the middle of the conversation',
      'its conversation has no turns',
      'turn 4 has the role "bing", which this layout does not know',
    ]);
  });
});

describe('alpaca', () => {
  it('makes history of the earlier turns', async () => {
    const roles = ['system', 'human', 'gpt', 'human', 'gpt'];
    const batch = rowsToBatch([{ conversations: roles.map((from, i) => ({ from, value: `${i}` })), id: 1 }]);
    expect((await write('alpaca', [batch])).lines).toEqual([
      '{"instruction":"3","input":"","output":"4","system":"0","history":[["1","2"]],"id":1}',
    ]);
  });

  it('has no place for function calls', async () => {
    expect((await write('alpaca', [rowsToBatch([calling])])).reasons).toEqual([
      'it calls functions, which Alpaca has no place for',
    ]);
  });

  it('keeps empty instructions, inputs and outputs', async () => {
    const batch = rowsToBatch([{ instruction: '', input: 'i', output: '', history: [['a', 'b']], system: null }]);
    expect((await write('alpaca', [batch])).lines).toEqual([
      '{"instruction":"","input":"i","output":"","system":"","history":[["a","b"]]}',
    ]);
  });
});

describe.each([
  ['data/llamafactory/glaive_toolcall_en_demo.json', 300],
  ['data/llamafactory/glaive_toolcall_zh_demo.json', 300],
  ['data/llamafactory/v1_sft_demo.jsonl', 500],
  ['data/llamafactory/dpo_zh_demo.json', 300],
  ['data/sharegpt-zh/sharegpt_zh_1K_format.jsonl', 1000],
  ['data/sharegpt-zh/medical_sft_1K_format.jsonl', 1000],
  ['data/llamafactory/alpaca_zh_demo.json', 1000],
])('%s', (file, records) => {
  const path = shared(file);
  let batches: Batch[] = [];
  beforeAll(async () => {
    if (path) ({ batches } = await readPath(path));
  });

  it.skipIf(!path)('becomes ShareGPT that LLaMA-Factory keeps whole; what is refused has a reason', async () => {
    const { rows, reasons } = await write('sharegpt', batches);
    expect(reasons).toHaveLength(records);
    expect(rows).toHaveLength(reasons.filter((reason) => reason === null).length);
    for (const row of rows)
      expect(llamaFactoryKeeps(row.conversations as { from: string; value: string }[])).toBe(true);
    expect(rows.length).toBeGreaterThan(records * 0.9);
  });

  it.skipIf(!path)('becomes messages that OpenAI takes, and reads back with the same text', async () => {
    const { rows, lines, reasons } = await write('messages', batches);
    const faults = rows.map((row) => openaiFault(row.messages as Record<string, unknown>[])).filter(Boolean);
    // Two Chinese records hold a tool's result that nothing asked for.
    expect(faults).toEqual(file.includes('glaive_toolcall_zh') ? ['tool_call_id', 'tool_call_id'] : []);
    expect(reasons.filter((reason) => reason !== null)).toEqual([]);
    const again = await readBytes(new TextEncoder().encode(lines.join('\n') + '\n'));
    const before = views(batches);
    const after = views(again.batches);
    expect(after).toEqual(before);
  });
});

function views(batches: Batch[]) {
  const mapping = detectMapping(batches);
  return batches.flatMap((batch) =>
    Array.from({ length: batch.rows }, (_, row) => {
      const { prompt, response, system } = viewOf(batch, row, mapping);
      return { prompt, response, system };
    }),
  );
}
