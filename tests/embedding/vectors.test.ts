import {
  Float16,
  Float64,
  List,
  Field,
  Table,
  tableFromArrays,
  tableFromIPC,
  tableToIPC,
  vectorFromArray,
} from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { FieldVectors, holdsVectors } from '$lib/embedding/field';
import { readVectors, VectorsWriter, vectorsByKey } from '$lib/embedding/vectors-arrow';
import { rowsToBatch } from '$lib/record/rows';

const origin = { model: 'tfidf', dim: 2, on: ['prompt', 'response'], prefix: '', seed: 7 };
const keys = ['00000000000000aa-0', '00000000000000aa-1', '00000000000000bb-0'];
const values = Float32Array.of(0.6, 0.8, 0, 0, 0, -1);

function file(): Uint8Array {
  const writer = new VectorsWriter(origin);
  const parts = [writer.write(keys.slice(0, 2), values.slice(0, 4)), writer.write(keys.slice(2), values.slice(4))];
  return Buffer.concat([...parts, writer.finish()]);
}

describe('a file of vectors', () => {
  it('is Arrow as others read it', () => {
    const table = tableFromIPC(file());
    expect(table.schema.fields.map(({ name, type }) => `${name}: ${String(type)}`)).toEqual([
      'key: Utf8',
      'vector: FixedSizeList[2]<Float32>',
    ]);
    expect(Object.fromEntries(table.schema.metadata)).toEqual({
      model: 'tfidf',
      dim: '2',
      on: '["prompt","response"]',
      prefix: '',
      seed: '7',
    });
    expect(table.toArray().map((row) => [row.key, ...row.vector])).toEqual([
      [keys[0], Math.fround(0.6), Math.fround(0.8)],
      [keys[1], 0, 0],
      [keys[2], 0, -1],
    ]);
  });

  it('comes back bit for bit, and by key', () => {
    const read = readVectors(file());
    expect(read.keys).toEqual(keys);
    expect(read.vectors).toEqual({ rows: 3, dim: 2, values });
    expect(read.metadata.get('model')).toBe('tfidf');
    const { vectors, missing } = vectorsByKey(read, [keys[2], 'ffffffffffffffff-0', keys[0]]);
    expect(missing).toBe(1);
    expect([...vectors.values]).toEqual([0, -1, 0, 0, Math.fround(0.6), Math.fround(0.8)]);
  });

  it('may be another program’s: lists of any floats, scaled to unit length', () => {
    for (const type of [new Float64(), new Float16()]) {
      const list = vectorFromArray([[3, 4], null, [0, 2]], new List(new Field('item', type, true)));
      const read = readVectors(tableToIPC(new Table({ text: vectorFromArray(['a', 'b', 'c']), emb: list }), 'stream'));
      expect(read.keys).toBeNull();
      expect([...read.vectors.values]).toEqual([Math.fround(0.6), Math.fround(0.8), 0, 0, 0, 1]);
    }
  });

  it('names what is wrong with it', () => {
    const lists = (rows: (number | null)[][]) =>
      tableToIPC(new Table({ vector: vectorFromArray(rows, new List(new Field('item', new Float64(), true))) }));
    expect(() => readVectors(lists([[1, 2], [1]]))).toThrow('Line 2: “vector” has 1 numbers');
    expect(() =>
      readVectors(
        lists([
          [1, 2],
          [1, NaN],
        ]),
      ),
    ).toThrow('Line 2: number 2 of “vector”');
    expect(() => readVectors(lists([[1, null]]))).toThrow('Line 1: number 2 of “vector”');
    expect(() => readVectors(lists([[], []]))).toThrow('No record has a vector');
    expect(() => readVectors(tableToIPC(tableFromArrays({ a: [1, 2] })))).toThrow('Columns: a.');
    const writer = new VectorsWriter(origin);
    const bad = Buffer.concat([writer.write(keys.slice(0, 2), Float32Array.of(1, 0, Infinity, 0)), writer.finish()]);
    expect(() => readVectors(bad)).toThrow('Line 2: number 1 of “vector”');
    expect(() => vectorsByKey(readVectors(lists([[1, 2]])), keys)).toThrow('no text column “key”');
    expect(() => new VectorsWriter(origin).write(keys, Float32Array.of(1))).toThrow('1 numbers are not 3 × 2');
  });
});

describe('vectors in the data file', () => {
  const batchOf = (rows: Record<string, unknown>[]) => rowsToBatch(rows);

  it('are read of lists and of texts that hold lists', () => {
    const field = new FieldVectors('emb');
    field.add(batchOf([{ emb: null }, { emb: [3, 4] }, { emb: '[0, -2]' }]));
    field.add(batchOf([{ other: 1 }, { emb: [] }, { emb: '' }, { emb: [1e-3, 0] }]));
    const { rows, dim, values } = field.finish();
    expect([rows, dim]).toEqual([7, 2]);
    expect([...values]).toEqual([0, 0, Math.fround(0.6), Math.fround(0.8), 0, -1, 0, 0, 0, 0, 0, 0, 1, 0]);
  });

  it('are refused by line where they are none', () => {
    const add = (...rows: unknown[]) => new FieldVectors('emb').add(batchOf(rows.map((emb) => ({ emb }))));
    expect(() => add([1, 2], [1, 2, 3])).toThrow('Line 2: “emb” has 3 numbers, the records before it have 2');
    expect(() => add([1, 2], 'text')).toThrow('Line 2: “emb” holds no list');
    expect(() => add({ a: 1 })).toThrow('Line 1');
    expect(() => add([1, 'a'])).toThrow('number 2 of “emb”');
    expect(() => add([1, 1e300])).toThrow('number 2 of “emb”');
    expect(() => new FieldVectors('emb').finish()).toThrow('No record has a vector in “emb”');
  });

  it('are told from other lists', () => {
    expect(holdsVectors(batchOf([{ a: null }, { a: [1, 2] }, { a: '[2, 3]' }]), 'a')).toBe(true);
    for (const other of [[1], ['a', 'b'], 'text', 5, {}])
      expect(holdsVectors(batchOf([{ a: other }]), 'a')).toBe(false);
    expect(holdsVectors(batchOf([{ a: [1, 2] }, { a: [1, 2, 3] }]), 'a')).toBe(false);
    expect(holdsVectors(batchOf([{}]), 'a')).toBe(false);
  });
});
