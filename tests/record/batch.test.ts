import { describe, expect, it } from 'vitest';
import { batchBuffers, batchBytes, decimal, numericField, rowJson, rowsToBatch, sliceBatch } from '$lib/record';
import { batchOf } from './read';

describe('batches', () => {
  it('slices over the same buffers', () => {
    const rows = Array.from({ length: 20 }, (_, i) => ({
      a: `text ${i}`,
      b: i % 3 ? i : null,
      c: i % 2 ? 'x' : undefined,
    }));
    const batch = rowsToBatch(rows, 100);
    const slice = sliceBatch(batch, 7, 13);
    expect(slice).toMatchObject({ rows: 6, first: 107, file: 0 });
    expect([...slice.lines]).toEqual([108, 109, 110, 111, 112, 113]);
    for (let row = 0; row < 6; row++) expect(rowJson(slice, row)).toBe(rowJson(batch, row + 7));
    expect(slice.fields[0].bytes.buffer).toBe(batch.fields[0].bytes.buffer);
    expect(rowJson(sliceBatch(slice, 1, 2), 0)).toBe(rowJson(batch, 8));
  });

  it('lists every buffer once and sums their bytes', () => {
    const batch = rowsToBatch([{ a: 'xy', b: 1 }, { a: null }]);
    const buffers = batchBuffers(batch);
    expect(new Set(buffers).size).toBe(buffers.length);
    const moved = structuredClone(batch, { transfer: buffers });
    expect(batch.fields[0].bytes.length).toBe(0);
    expect(rowJson(moved, 0)).toBe('{"a":"xy","b":1}');
    // lines 2 × 4; a: 'xy' + 'null', 3 offsets, 1 byte of validity; b: '1', 3 offsets, 1 byte.
    expect(batchBytes(moved)).toBe(8 + (6 + 12 + 1) + (1 + 12 + 1));
  });
});

describe('numericField', () => {
  it('takes JSON numbers and texts that are plain decimals', async () => {
    const batch = await batchOf(
      '{"n":1.5,"t":"-2e3","o":{"x":7,"y":"8"}}',
      '{"n":"3","t":"4,5","o":{"x":true}}',
      '{"n":null,"t":"","o":[1]}',
      '{"n":[1],"t":" 9 ","o":null}',
      '{"n":true,"t":"0x10"}',
      '{"n":1e999,"t":"Infinity"}',
    );
    const nan = NaN;
    expect([...numericField(batch, 'n')]).toEqual([1.5, 3, nan, nan, nan, nan]);
    expect([...numericField(batch, 't')]).toEqual([-2000, nan, nan, 9, nan, nan]);
    expect([...numericField(batch, 'o.x')]).toEqual([7, nan, nan, nan, nan, nan]);
    expect([...numericField(batch, 'o.y')]).toEqual([8, nan, nan, nan, nan, nan]);
    expect([...numericField(batch, 'none')]).toEqual(Array(6).fill(nan));
  });

  it('knows a decimal number', () => {
    expect(['1', '+1.', '.5', '1e-3', '1_000', '１', 'NaN', ''].map(decimal)).toEqual([
      1,
      1,
      0.5,
      0.001,
      NaN,
      NaN,
      NaN,
      NaN,
    ]);
    expect(decimal(null)).toBeNaN();
  });
});
