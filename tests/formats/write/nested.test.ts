import { tableFromIPC } from 'apache-arrow';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createWriter, mergeShapes, shapesOf } from '$lib/formats/write';
import { detectMapping, emptyMapping, rowJson, rowsToBatch, type Batch, type Mapping } from '$lib/record';
import { batchOf, loadParquet, readBytes } from '../../record/read';

let parquet: Awaited<ReturnType<typeof loadParquet>>;
beforeAll(async () => {
  parquet = await loadParquet();
});

async function write(layout: string, batches: Batch[], mapping: Mapping = emptyMapping()) {
  const fields = batches.map(shapesOf).reduce(mergeShapes, []);
  const writer = createWriter(layout, { mapping, fields, parquet });
  const parts: Uint8Array[] = [];
  for (const batch of batches) {
    for (let row = 0; row < batch.rows; row++) expect(writer.write(batch, row)).toBeNull();
    parts.push(await writer.take());
  }
  parts.push(await writer.finish());
  const bytes = new Uint8Array(Buffer.concat(parts));
  const table = tableFromIPC(layout === 'arrow' ? bytes : parquet.readParquet(bytes).intoIPCStream());
  const read = await readBytes(bytes);
  return {
    types: Object.fromEntries(table.schema.fields.map((field) => [field.name, String(field.type)])),
    rows: read.batches.flatMap((batch) =>
      Array.from({ length: batch.rows }, (_, row) => JSON.parse(rowJson(batch, row)) as Record<string, unknown>),
    ),
  };
}

const call = (args: string) => `[{"id":"c1","type":"function","function":{"name":"find","arguments":${args}}}]`;

describe.each(['arrow', 'parquet'])('%s', (layout) => {
  it('has conversations, tags and objects in columns of their shape, as trainers read them', async () => {
    const first = await batchOf(
      '{"messages":[{"role":"user","content":"q\\n\\u00e9"},{"role":"assistant","content":"a"}],"tags":["a","b"],"meta":{"source":"s","score":0.5,"ids":[1,2]}}',
      '{"messages":[],"tags":[],"meta":null}',
    );
    const second = await batchOf(
      `{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":null,"tool_calls":${call('"{}"')}}],"tags":null,"meta":{"source":"t","ids":[]}}`,
      '{"conversations":[{"from":"human","value":"q"},{"from":"gpt","value":"a"}]}',
    );
    const { types, rows } = await write(layout, [first, second]);
    const calls = 'List<Struct<{id:Utf8, type:Utf8, function:Struct<{name:Utf8, arguments:Utf8}>}>>';
    expect(types).toEqual({
      messages: `List<Struct<{role:Utf8, content:Utf8, tool_calls:${calls}}>>`,
      tags: 'List<Utf8>',
      meta: 'Struct<{source:Utf8, score:Float64, ids:List<Int64>}>',
      conversations: 'List<Struct<{from:Utf8, value:Utf8}>>',
    });
    const user = { role: 'user', content: 'q', tool_calls: null };
    const made = { id: 'c1', type: 'function', function: { name: 'find', arguments: '{}' } };
    expect(rows).toEqual([
      {
        messages: [
          { ...user, content: 'q\né' },
          { role: 'assistant', content: 'a', tool_calls: null },
        ],
        tags: ['a', 'b'],
        meta: { source: 's', score: 0.5, ids: [1, 2] },
        conversations: null,
      },
      { messages: [], tags: [], meta: null, conversations: null },
      {
        messages: [user, { role: 'assistant', content: null, tool_calls: [made] }],
        tags: null,
        meta: { source: 't', score: null, ids: [] },
        conversations: null,
      },
      {
        messages: null,
        tags: null,
        meta: null,
        conversations: [
          { from: 'human', value: 'q' },
          { from: 'gpt', value: 'a' },
        ],
      },
    ]);
  });

  it('puts JSON text only where shapes contradict, all digits kept', async () => {
    const { types, rows } = await write(layout, [
      await batchOf(
        '{"turns":[{"role":"user","content":"q","n":12345678901234567890}],"ids":[9007199254740993],"none":{},"odd":[1,"a"]}',
        '{"turns":[{"role":"user","content":[ {"type": "text", "text": "q"} ],"n":1}],"ids":[1],"none":{},"odd":[2]}',
        `{"turns":[{"role":"assistant","content":"","n":null,"calls":${call('{"city":"x"}')}},{"role":"assistant","content":"","calls":${call('{"day":1.50}')}}]}`,
      ),
    ]);
    const calls = 'List<Struct<{id:Utf8, type:Utf8, function:Struct<{name:Utf8, arguments:Utf8}>}>>';
    expect(types).toEqual({
      turns: `List<Struct<{role:Utf8, content:Utf8, n:Utf8, calls:${calls}}>>`,
      ids: 'List<Int64>',
      none: 'Utf8',
      odd: 'Utf8',
    });
    expect(rows[0]).toMatchObject({ turns: [{ n: '12345678901234567890' }], none: '{}', odd: '[1,"a"]' });
    expect(rows[1]).toMatchObject({ turns: [{ content: '[{"type":"text","text":"q"}]', n: '1' }], odd: '[2]' });
    expect(JSON.stringify(rows[2].turns)).toContain('"arguments":"{\\"day\\":1.50}"');
  });

  it('gives tools as columns where they come back exactly, else as JSON text', async () => {
    const tool = (properties: string) => `{"name":"f","parameters":{"type":"object","properties":${properties}}}`;
    const lines = (a: string, b: string) =>
      [a, b].map(
        (one) =>
          `{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a"}],"tools":[${tool(one)}]}`,
      );
    const city = '{"city":{"type":"string"}}';
    for (const [other, nested] of [
      ['{"city":{"type":"number"}}', true],
      ['{"city":{"type":"string"},"day":{"type":"string"}}', false],
    ] as const) {
      const batch = await batchOf(...lines(city, other));
      const mapping = detectMapping([batch]);
      expect(mapping.tools).toBe('tools');
      const { types, rows } = await write(layout, [batch], mapping);
      expect(types.tools.startsWith('List<Struct<')).toBe(nested);
      const given = [JSON.parse(tool(other)) as unknown];
      expect(rows[1].tools).toEqual(nested ? given : JSON.stringify(given));
    }
  });

  it('reads back every value, whatever records hold', async () => {
    const leaf = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 4 }), fc.constant(null));
    const turn = fc.record(
      { role: leaf, content: leaf, score: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })), x: leaf },
      { requiredKeys: ['role'] },
    );
    const one = fc.record({
      turns: fc.option(fc.array(turn, { maxLength: 3 })),
      pairs: fc.option(fc.array(fc.array(leaf, { maxLength: 2 }), { maxLength: 3 })),
      deep: fc.option(fc.record({ flags: fc.array(fc.boolean(), { maxLength: 9 }), turn })),
    });
    const all = { turns: [{ role: 'r', content: 'c', score: 0.5, x: 'x' }], pairs: [['p']] };
    const whole = { ...all, deep: { flags: [true], turn: all.turns[0] } };
    const full = (given: object | null) => given && { content: null, score: null, x: null, ...given };
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(one, { maxLength: 9 }), { maxLength: 3 }), async (parts) => {
        const { rows } = await write(
          layout,
          [[whole], ...parts].map((part) => rowsToBatch(part)),
        );
        const expected = [whole, ...parts.flat()].map(({ turns, pairs, deep }) => ({
          turns: turns && turns.map(full),
          pairs,
          deep: deep && { ...deep, turn: full(deep.turn) },
        }));
        // -0 has no sign as JSON writes it.
        expect(rows).toEqual(JSON.parse(JSON.stringify(expected)));
      }),
      { numRuns: 40 },
    );
  });
});
