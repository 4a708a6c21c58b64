import { tableFromIPC } from 'apache-arrow';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createWriter, mergeShapes, shapesOf, type WriterOptions } from '$lib/formats/write';
import { numberShape } from '$lib/formats/write/shapes';
import { canonicalJson, emptyMapping, rowJson, rowsToBatch, type Batch } from '$lib/record';
import { record } from '../../record/json.test';
import { batchOf, loadParquet, readBytes } from '../../record/read';

let parquet: Awaited<ReturnType<typeof loadParquet>>;
beforeAll(async () => {
  parquet = await loadParquet();
});

async function write(layout: string, batches: Batch[], more: Partial<WriterOptions> = {}) {
  const fields = batches.map(shapesOf).reduce(mergeShapes, []);
  const writer = createWriter(layout, { mapping: emptyMapping(), fields, parquet, ...more });
  const parts: Uint8Array[] = [];
  const reasons: string[] = [];
  for (const batch of batches) {
    for (let row = 0; row < batch.rows; row++) {
      const reason = writer.write(batch, row);
      if (reason !== null) reasons.push(reason);
    }
    parts.push(await writer.take());
  }
  parts.push(await writer.finish());
  return { bytes: new Uint8Array(Buffer.concat(parts)), reasons, parts, extension: writer.extension };
}

const decoder = new TextDecoder();
const canonicals = (batches: Batch[]) =>
  batches.flatMap((batch) => Array.from({ length: batch.rows }, (_, row) => decoder.decode(canonicalJson(batch, row))));

async function back(layout: string, batches: Batch[], more: Partial<WriterOptions> = {}) {
  const { bytes, extension, reasons } = await write(layout, batches, more);
  expect(reasons).toEqual([]);
  const read = await readBytes(bytes, `data.${extension}`);
  expect(read.rejected).toEqual([]);
  return read;
}

describe('JSON', () => {
  it.each(['jsonl', 'json'])('%s reads back equal, whatever the records hold', async (layout) => {
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 6 }), async (records) => {
        const batch = rowsToBatch(records);
        const { batches, format } = await back(layout, [batch]);
        expect(format.name).toBe(layout);
        expect(canonicals(batches)).toEqual(canonicals([batch]));
      }),
      { numRuns: 150 },
    );
  });

  it.each(['jsonl', 'json'])('%s keeps digits, escapes and null', async (layout) => {
    const lines = [
      '{"n":12345678901234567890,"f":1.500,"e":1E+2,"s":"\\ud800","z":-0,"o":{"__proto__":{"a":1.0}}}',
      '{"n":null,"s":"","__proto__":"x"}',
    ];
    const batch = await batchOf(...lines);
    const { batches } = await back(layout, [batch]);
    expect(canonicals(batches)).toEqual(canonicals([batch]));
    const { bytes } = await write('jsonl', [batch]);
    expect(decoder.decode(bytes)).toBe(lines.join('\n') + '\n');
  });
});

const cellText = fc.oneof(
  fc.string({ unit: 'grapheme', maxLength: 8 }),
  fc.constantFrom(
    '',
    '"',
    'a"b',
    ',',
    '\n',
    '\r\n',
    '\r',
    ' x ',
    '=1+1',
    '信用卡,账单',
    "'",
    '\t',
    ';',
    '\ufeffx',
    '[1',
    '{',
  ),
);

describe('CSV', () => {
  it('reads back equal where every value is a text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(cellText, cellText), { minLength: 3, maxLength: 8 }), async (cells) => {
        const records = cells.map(([question, answer], i) => ({ id: `r${i}`, question, answer }));
        const { batches, format } = await back('csv', [rowsToBatch(records)]);
        expect(format.name).toBe('csv');
        expect(canonicals(batches)).toEqual(canonicals([rowsToBatch(records)]));
      }),
      { numRuns: 150 },
    );
  });

  it('holds lists and objects as their JSON text, which reads back as the same value', async () => {
    const turns = fc.array(fc.record({ role: cellText, content: cellText, n: fc.integer() }), { maxLength: 3 });
    const one = fc.record({ id: fc.integer({ min: 1 }), messages: turns, tags: fc.array(cellText, { maxLength: 3 }) });
    await fc.assert(
      fc.asyncProperty(fc.array(one, { minLength: 1, maxLength: 5 }), async (records) => {
        const { batches, format } = await back('csv', [rowsToBatch(records)]);
        expect(format.name).toBe('csv');
        const cells = batches.flatMap((batch) =>
          Array.from({ length: batch.rows }, (_, row) => JSON.parse(rowJson(batch, row)) as Record<string, string>),
        );
        const values = cells.map((row) =>
          Object.fromEntries(Object.entries(row).map(([name, cell]) => [name, JSON.parse(cell) as unknown])),
        );
        expect(values).toEqual(records);
      }),
      { numRuns: 100 },
    );
    const line = '{"m":[{"role":"user","n":12345678901234567890, "x": 1.50}],"t":"a"}';
    expect(decoder.decode((await write('csv', [await batchOf(line)])).bytes)).toBe(
      'm,t\n"[{""role"":""user"",""n"":12345678901234567890,""x"":1.50}]",a\n',
    );
  });

  it('writes the separator, the quotes and the header it was read with', async () => {
    for (const text of ['a\tb\n1\tx y\n2\t"q\tr"\n', 'a;b\n1;x,y\n2;"q;r"\n', 'just\nlines of\ntext\n']) {
      const read = await readBytes(new TextEncoder().encode(text), 'data.csv');
      expect(decoder.decode((await write('same', read.batches, { format: read.format })).bytes)).toBe(text);
    }
  });

  it('refuses what a file without quotes cannot hold', async () => {
    const format = {
      name: 'csv',
      encoding: 'utf-8',
      compression: null,
      detail: { separator: 'tab', quote: 'none' },
    } as const;
    const { reasons, bytes } = await write(
      'same',
      [
        rowsToBatch([
          { a: 'x\ty', b: '' },
          { a: '"x"', b: '' },
        ]),
      ],
      { format },
    );
    expect(reasons).toEqual(['a holds a separator or a line break, and this file has no quotes']);
    expect(decoder.decode(bytes)).toBe('a\tb\n"x"\t\n');
  });

  it('quotes a lone empty field, so that it stays a record', async () => {
    expect(decoder.decode((await write('csv', [rowsToBatch([{ a: '' }, { a: 'x' }])])).bytes)).toBe('a\n""\nx\n');
  });
});

/** Values of an Arrow table as JSON knows them. */
function rowsOf(bytes: Uint8Array): Record<string, unknown>[] {
  return tableFromIPC(bytes)
    .toArray()
    .map((row) => ({ ...(row as { toJSON(): Record<string, unknown> }).toJSON() }));
}
const arrowBytes = (layout: string, bytes: Uint8Array) =>
  layout === 'arrow' ? bytes : parquet.readParquet(bytes).intoIPCStream();

describe.each(['arrow', 'parquet'])('%s', (layout) => {
  it('keeps texts, numbers, truth values and nulls in columns of their type', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            text: fc.option(fc.string({ unit: 'grapheme' })),
            whole: fc.option(fc.maxSafeInteger()),
            real: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true })),
            yes: fc.option(fc.boolean()),
          }),
          { minLength: 1, maxLength: 20 },
        ),
        async (records) => {
          // Whole doubles alone would make `real` a column of integers.
          const batch = rowsToBatch([{ text: 'x', whole: 1, real: 0.5, yes: true }, ...records]);
          const { bytes } = await write(layout, [batch]);
          const rows = rowsOf(arrowBytes(layout, bytes)).slice(1);
          expect(rows.map((row) => ({ ...row, whole: row.whole === null ? null : Number(row.whole) }))).toEqual(
            records.map((one) => ({ ...one, real: one.real === null ? null : one.real + 0 })),
          );
        },
      ),
      { numRuns: 60 },
    );
  });

  it('loses no digit: what a number type cannot hold stays text', async () => {
    const batch = await batchOf(
      '{"long":9223372036854775807,"big":9223372036854775808,"real":0.1,"exact":0.1000000000000000055511151231257827,"mixed":1,"list":[9223372036854775808,1.0]}',
      '{"long":-1,"big":1,"real":2,"exact":1,"mixed":"a","list":[1]}',
    );
    const { bytes } = await write(layout, [batch]);
    const table = tableFromIPC(arrowBytes(layout, bytes));
    expect(table.schema.fields.map((field) => String(field.type))).toEqual([
      'Int64',
      'Utf8',
      'Float64',
      'Utf8',
      'Utf8',
      'Utf8',
    ]);
    expect(rowsOf(arrowBytes(layout, bytes))).toEqual([
      {
        long: 9223372036854775807n,
        big: '9223372036854775808',
        real: 0.1,
        exact: '0.1000000000000000055511151231257827',
        mixed: '1',
        list: '[9223372036854775808,1.0]',
      },
      { long: -1n, big: '1', real: 2, exact: '1', mixed: 'a', list: '[1]' },
    ]);
  });

  it('writes many blocks, and none', async () => {
    const block = rowsToBatch(Array.from({ length: 50_000 }, (_, i) => ({ i, text: `text ${i}` })));
    const { bytes, parts } = await write(layout, [block, block, block]);
    const table = tableFromIPC(arrowBytes(layout, bytes));
    expect(table.numRows).toBe(150_000);
    expect({ ...table.get(149_999)!.toJSON() }).toEqual({ i: 49999n, text: 'text 49999' });
    if (layout === 'arrow') expect(parts[1].length).toBeGreaterThan(0);
    const empty = await write(layout, [], { fields: shapesOf(block) });
    expect(tableFromIPC(arrowBytes(layout, empty.bytes)).numRows).toBe(0);
    expect(tableFromIPC(arrowBytes(layout, empty.bytes)).schema.fields.map((field) => field.name)).toEqual([
      'i',
      'text',
    ]);
  });

  it('says which value does not fit, and takes rewritten fields as text', async () => {
    const batch = rowsToBatch([{ y: 1 }, { y: 2 }]);
    const edits = new Map([['y', { kind: 'text' as const, text: 'neg' }]]);
    const typed = createWriter(layout, { mapping: emptyMapping(), fields: shapesOf(batch), parquet });
    expect(typed.write(batch, 0, edits)).toBe('y: "neg" is no Int64');
    expect(typed.write(batch, 1)).toBeNull();
    expect(rowsOf(arrowBytes(layout, await typed.finish()))).toEqual([{ y: 2n }]);
    const free = createWriter(layout, {
      mapping: emptyMapping(),
      fields: shapesOf(batch),
      parquet,
      rewritten: new Set(['y']),
    });
    expect([free.write(batch, 0, edits), free.write(batch, 1)]).toEqual([null, null]);
    expect(rowsOf(arrowBytes(layout, await free.finish()))).toEqual([{ y: 'neg' }, { y: '2' }]);
  });
});

describe('an empty dataset', () => {
  it('is a valid file in every text layout', async () => {
    const text = async (layout: string) =>
      decoder.decode((await write(layout, [], { fields: shapesOf(rowsToBatch([{ a: 'x', b: 'y' }])) })).bytes);
    expect(await text('jsonl')).toBe('');
    expect(JSON.parse(await text('json'))).toEqual([]);
    expect(await text('csv')).toBe('a,b\n');
    for (const layout of ['messages', 'alpaca', 'sharegpt']) expect(await text(layout)).toBe('');
  });
});

describe('numberShape', () => {
  it('knows which numbers keep their digits in which type', () => {
    const shapes = [
      '0',
      '-7',
      '9007199254740993',
      '9223372036854775808',
      '-0',
      '1.0',
      '1.50',
      '1e3',
      '0.1',
      '1e400',
    ].map(numberShape);
    expect(shapes).toEqual(['int', 'int', 'long', 'json', 'float', 'float', 'float', 'float', 'float', 'json']);
    expect(numberShape('0.30000000000000004')).toBe('float');
    expect(numberShape('0.300000000000000044')).toBe('json');
  });
});
