import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tableFromIPC } from 'apache-arrow';
import * as parquet from 'parquet-wasm/esm/parquet_wasm.js';
import { describe, expect, it } from 'vitest';
import { createWriter, layouts, shapesOf, type WriterOptions } from '$lib/formats/write';
import { detectMapping, rowsToBatch, type Batch } from '$lib/record';

const wasm = createRequire(import.meta.url).resolve('parquet-wasm/esm/parquet_wasm_bg.wasm');
parquet.initSync({ module: readFileSync(wasm) });

async function written(layout: string, batch: Batch, more: Partial<WriterOptions> = {}) {
  const writer = createWriter(layout, { mapping: detectMapping([batch]), fields: shapesOf(batch), parquet, ...more });
  const reasons: string[] = [];
  const parts: Uint8Array[] = [];
  for (let row = 0; row < batch.rows; row++) {
    const reason = writer.write(batch, row);
    if (reason !== null) reasons.push(`${row}: ${reason}`);
  }
  parts.push(await writer.take(), await writer.finish());
  const bytes = Buffer.concat(parts);
  return { bytes: new Uint8Array(bytes), text: bytes.toString('utf8'), reasons, extension: writer.extension };
}

const two = rowsToBatch([
  { instruction: '你好', input: '', output: '好', n: 1, tags: ['a', { b: 2 }] },
  { instruction: 'a, "b"\nc', input: 'x', output: '', n: null },
]);

describe('layouts', () => {
  it('lists what the surface names', () => {
    expect(layouts).toEqual(['same', 'jsonl', 'json', 'csv', 'parquet', 'arrow', 'messages', 'alpaca', 'sharegpt']);
    expect(() => createWriter('xml', { mapping: detectMapping([two]), fields: [] })).toThrow(/"xml".*sharegpt/);
  });

  it('writes JSONL and JSON', async () => {
    const lines =
      '{"instruction":"你好","input":"","output":"好","n":1,"tags":["a",{"b":2}]}\n' +
      '{"instruction":"a, \\"b\\"\\nc","input":"x","output":"","n":null}\n';
    expect((await written('jsonl', two)).text).toBe(lines);
    expect(JSON.parse((await written('json', two)).text)).toHaveLength(2);
    expect((await written('json', two)).text).toBe('[\n' + lines.trimEnd().replace('\n', ',\n') + '\n]\n');
  });

  it('writes CSV as RFC 4180 asks', async () => {
    expect((await written('csv', two)).text).toBe(
      'instruction,input,output,n,tags\n你好,,好,1,"[""a"",{""b"":2}]"\n"a, ""b""\nc",x,,,\n',
    );
  });

  it('writes an Arrow file that apache-arrow reads', async () => {
    const table = tableFromIPC((await written('arrow', two)).bytes);
    expect(table.schema.fields.map((field) => `${field.name} ${String(field.type)}`)).toEqual([
      'instruction Utf8',
      'input Utf8',
      'output Utf8',
      'n Int64',
      'tags Utf8',
    ]);
    expect(table.toArray().map((row) => ({ ...row.toJSON() }))).toEqual([
      { instruction: '你好', input: '', output: '好', n: 1n, tags: '["a",{"b":2}]' },
      { instruction: 'a, "b"\nc', input: 'x', output: '', n: null, tags: null },
    ]);
  });

  it('writes a Parquet file that parquet-wasm reads', async () => {
    const { bytes } = await written('parquet', two);
    const table = tableFromIPC(parquet.readParquet(bytes).intoIPCStream());
    expect(table.numRows).toBe(2);
    expect({ ...table.get(1)!.toJSON() }).toEqual({
      instruction: 'a, "b"\nc',
      input: 'x',
      output: '',
      n: null,
      tags: null,
    });
  });

  it('writes messages, Alpaca and ShareGPT with the other fields beside', async () => {
    expect((await written('messages', two)).text.split('\n')[0]).toBe(
      '{"messages":[{"role":"user","content":"你好"},{"role":"assistant","content":"好"}],"n":1,"tags":["a",{"b":2}]}',
    );
    expect((await written('sharegpt', two)).text.split('\n')[1]).toBe(
      '{"conversations":[{"from":"human","value":"a, \\"b\\"\\nc\\nx"},{"from":"gpt","value":""}],"system":"","n":null}',
    );
    expect((await written('alpaca', two)).text.split('\n')[1]).toBe(
      '{"instruction":"a, \\"b\\"\\nc","input":"x","output":"","n":null}',
    );
  });
});
