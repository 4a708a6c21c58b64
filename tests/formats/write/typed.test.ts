import {
  Bool,
  DateDay,
  Decimal,
  Dictionary,
  Field,
  FixedSizeList,
  Float16,
  Float32,
  Float64,
  Int16,
  Int64,
  Int8,
  List,
  makeData,
  makeVector,
  Map_,
  Struct,
  Table,
  tableFromIPC,
  tableToIPC,
  Timestamp,
  TimeUnit,
  Uint64,
  Utf8,
  vectorFromArray,
  type DataType,
  type Vector,
} from 'apache-arrow';
import { beforeAll, describe, expect, it } from 'vitest';
import { createWriter, mergeShapes, shapesOf } from '$lib/formats/write';
import { columnFor } from '$lib/formats/write/columnar/choose';
import { parseType } from '$lib/formats/write/columnar/types';
import { detectMapping, emptyMapping, rowJson, type Batch } from '$lib/record';
import { loadParquet, readBytes, readPath } from '../../record/read';
import { shared } from '../../shared';

let parquet: Awaited<ReturnType<typeof loadParquet>>;
beforeAll(async () => {
  parquet = await loadParquet();
});

const turn = new Struct<{ role: DataType; content: DataType; weight: DataType }>([
  new Field('role', new Utf8(), true),
  new Field('content', new Utf8(), true),
  new Field('weight', new Float64(), true),
]);
const columns: Record<string, Vector> = {
  text: vectorFromArray(['a', '你好', null], new Utf8()),
  small: vectorFromArray([-128, null, 127], new Int8()),
  short: vectorFromArray([1, 2, 3], new Int16()),
  long: vectorFromArray([2n ** 62n + 1n, -1n, null], new Int64()),
  huge: vectorFromArray([2n ** 64n - 1n, 0n, null], new Uint64()),
  single: vectorFromArray([0.1, NaN, -0.5], new Float32()),
  double: vectorFromArray([0.1, Infinity, null], new Float64()),
  yes: vectorFromArray([true, false, null], new Bool()),
  day: vectorFromArray([new Date('2024-02-29'), new Date('1969-12-31'), null], new DateDay()),
  seen: vectorFromArray([1709175845678, -1, null], new Timestamp(TimeUnit.MILLISECOND, 'UTC')),
  local: vectorFromArray([1709175845000, 0, null], new Timestamp(TimeUnit.SECOND)),
  tags: vectorFromArray([['a', null], [], null], new List(new Field('item', new Utf8(), true))),
  messages: vectorFromArray(
    [
      [
        { role: 'user', content: 'q', weight: 1 },
        { role: 'assistant', content: 'a\n', weight: null },
      ],
      [],
      null,
    ],
    new List(new Field('item', turn, true)),
  ),
};

async function same(bytes: Uint8Array<ArrayBuffer>) {
  const { batches, format } = await readBytes(bytes, 'data.bin');
  const fields = batches.map(shapesOf).reduce(mergeShapes, []);
  const writer = createWriter('same', { mapping: emptyMapping(), fields, format, parquet });
  const parts: Uint8Array[] = [];
  for (const batch of batches) {
    for (let row = 0; row < batch.rows; row++) expect(writer.write(batch, row)).toBeNull();
    parts.push(await writer.take());
  }
  parts.push(await writer.finish());
  return { batches, written: new Uint8Array(Buffer.concat(parts)), extension: writer.extension };
}

const json = (batches: Batch[]) =>
  batches.flatMap((batch) => Array.from({ length: batch.rows }, (_, row) => rowJson(batch, row)));
const types = (table: Table) => table.schema.fields.map((field) => `${field.name} ${String(field.type)}`);

describe('typed sources', () => {
  it('Arrow is written again with the same types and values', async () => {
    const table = new Table(columns);
    const { batches, written } = await same(tableToIPC(table, 'file') as Uint8Array<ArrayBuffer>);
    expect(types(tableFromIPC(written))).toEqual(types(table));
    expect(json((await readBytes(written)).batches)).toEqual(json(batches));
  });

  it('Parquet likewise', async () => {
    const table = new Table(columns);
    const source = parquet.writeParquet(parquet.Table.fromIPCStream(tableToIPC(table, 'stream')));
    const { batches, written, extension } = await same(new Uint8Array(source));
    expect(extension).toBe('parquet');
    expect(types(tableFromIPC(parquet.readParquet(written).intoIPCStream()))).toEqual(
      types(tableFromIPC(parquet.readParquet(new Uint8Array(source)).intoIPCStream())),
    );
    expect(json((await readBytes(written)).batches)).toEqual(json(batches));
    expect(detectMapping(batches)).toMatchObject({ layout: 'messages', messages: 'messages' });
  });

  it.each(['file', 'stream'] as const)('decimals stay decimals, digit by digit: %s', async (kind) => {
    const texts = ['12345.6789', '-0.0001', '0.0000', '99999999999999999999999999999999.9999', null];
    const words = (text: string | null, width: number) => {
      const value = BigInt((text ?? '0').replace('.', ''));
      return Array.from({ length: width }, (_, n) => Number(BigInt.asUintN(32, value >> BigInt(32 * n))));
    };
    const decimals = (type: Decimal) =>
      makeVector(
        makeData({
          type,
          length: texts.length,
          nullCount: 1,
          nullBitmap: new Uint8Array([0b1111]),
          data: Uint32Array.from(texts.flatMap((text) => words(text, type.bitWidth / 32))),
        }),
      );
    const table = new Table({ price: decimals(new Decimal(4, 38, 128)), wide: decimals(new Decimal(4, 60, 256)) });
    const source =
      kind === 'file'
        ? tableToIPC(table, 'file')
        : parquet.writeParquet(parquet.Table.fromIPCStream(tableToIPC(table, 'stream')));
    const { batches, written } = await same(new Uint8Array(source));
    const again = kind === 'file' ? written : parquet.readParquet(written).intoIPCStream();
    expect(types(tableFromIPC(again))).toEqual(['price Decimal[38e+4]', 'wide Decimal[60e+4]']);
    expect(json((await readBytes(written)).batches)).toEqual(json(batches));
    expect(json(batches)).toEqual(texts.map((text) => `{"price":${text},"wide":${text}}`));
  });

  it('types that are not written again become the narrowest that loses nothing', async () => {
    const table = new Table({
      half: vectorFromArray([0.5, 2, null], new Float16()),
      map: vectorFromArray(
        [new Map([['a', 1]]), new Map([['b', 2]]), null],
        new Map_(
          new Field(
            'entries',
            new Struct<{ key: Utf8; value: Int8 }>([
              new Field('key', new Utf8(), false),
              new Field('value', new Int8(), true),
            ]),
            false,
          ),
        ),
      ),
    });
    const { written } = await same(tableToIPC(table, 'file') as Uint8Array<ArrayBuffer>);
    expect(types(tableFromIPC(written))).toEqual(['half Float64', 'map Utf8']);
    expect(json((await readBytes(written)).batches)[1]).toBe('{"half":2,"map":"{\\"b\\":2}"}');
  });

  for (const file of ['parquet-intent/train-00000-of-00001.parquet', 'parquet-intent/test-00000-of-00001.parquet']) {
    const path = shared(`data/${file}`);
    it.skipIf(!path)(file, async () => {
      const { batches } = await readPath(path!);
      const writer = createWriter('parquet', {
        mapping: emptyMapping(),
        fields: batches.map(shapesOf).reduce(mergeShapes, []),
        parquet,
      });
      for (const batch of batches)
        for (let row = 0; row < batch.rows; row++) expect(writer.write(batch, row)).toBeNull();
      const written = new Uint8Array(await writer.finish());
      expect(json((await readBytes(written)).batches)).toEqual(json(batches));
    });
  }
});

describe('parseType', () => {
  it('reads back what apache-arrow writes', () => {
    const nested = new List(
      new Field('item', new Struct([new Field('a b', turn, true), new Field('c', new Int8(), true)]), true),
    );
    for (const type of [nested, turn, new Timestamp(TimeUnit.NANOSECOND, 'Asia/Shanghai'), new DateDay()])
      expect(String(parseType(String(type)))).toBe(String(type));
    expect(String(parseType(String(new Dictionary(new Utf8(), new Int16()))))).toBe('Utf8');
    expect(String(parseType('LargeList<LargeUtf8>'))).toBe('List<Utf8>');
    const pair = new FixedSizeList(2, new Field('item', new Float32(), true));
    expect(String(parseType(String(pair)))).toBe('List<Float32>');
  });

  it('gives up on what it does not know, also inside', () => {
    for (const text of [
      'Binary',
      'Decimal[200e+4]',
      'Map<{key:Utf8, value:Utf8}>',
      'List<Binary>',
      'Struct<{a:Float16}>',
      'Struct<{}>',
      '',
      'List<',
      'toString',
    ])
      expect(parseType(text)).toBeNull();
  });
});

describe('columnFor', () => {
  const refuse = (arrowType: string, text: string, kind: 'text' | 'json' = 'json') =>
    columnFor({ name: 'x', type: 'json', arrowType }).refuse({ kind, text });

  it('refuses what does not fit', () => {
    expect(refuse('Int8', '128')).toBe('128 is no Int8');
    expect(refuse('Int8', '1.5')).toBe('1.5 is no Int8');
    expect(refuse('Uint64', '-1')).toBe('-1 is no Uint64');
    expect(refuse('Float64', 'abc', 'text')).toBe('"abc" is no Float64');
    expect(refuse('Bool', '1')).toBe('1 is no Bool');
    expect(refuse('Date32<DAY>', '2023-02-29', 'text')).toBe('"2023-02-29" is no Date32<DAY>');
    expect(refuse('Timestamp<SECOND>', '2023-02-28T01:02:03.5', 'text')).toContain('is no Timestamp');
    expect(refuse('List<Int8>', '[1,300]')).toBe('300 is no Int8');
    expect(refuse('Struct<{a:Int8}>', '{"a":1,"b":2}')).toBe('{"a":1,"b":2} is no Struct<{a:Int8}>');
    expect(refuse('Struct<{a:Int8}>', '{"a":null}')).toBeNull();
    expect(refuse('Float32', 'NaN', 'text')).toBeNull();
    expect(refuse('Decimal[4e+2]', '12.3')).toBeNull();
    expect(refuse('Decimal[4e+2]', '-99.990')).toBeNull();
    expect(refuse('Decimal[4e+2]', '0.005')).toBe('0.005 is no Decimal[4e+2]');
    expect(refuse('Decimal[4e+2]', '100')).toBe('100 is no Decimal[4e+2]');
    expect(refuse('Decimal[4e-2]', '1200')).toBeNull();
    expect(refuse('Decimal[4e-2]', '5')).toBe('5 is no Decimal[4e-2]');
    expect(refuse('Decimal[4e-2]', '-0')).toBeNull();
  });

  it('is empty after its data was taken', () => {
    const column = columnFor({ name: 'x', type: 'json', arrowType: 'List<Int8>' });
    column.push({ kind: 'json', text: '[1,null]' });
    column.push(null);
    const data = column.take();
    expect([data.length, data.nullCount]).toEqual([2, 1]);
    expect(column.take().length).toBe(0);
  });
});
