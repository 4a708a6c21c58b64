import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { tableFromIPC } from 'apache-arrow';
import { describe, expect, it } from 'vitest';
import { jsonl, lines, scratch, siftbook } from './program';

const dir = scratch();
const data = path.join(dir, 'data.jsonl');
const twin = { instruction: '介绍一下北京的天气。', output: '北京四季分明。' };
writeFileSync(
  data,
  jsonl([
    { instruction: 'Say hello to all.', output: 'Hello, 😀 all!' },
    twin,
    { output: twin.output, instruction: twin.instruction },
  ]),
);

type Row = { key: string; place: number } & Record<string, number | null>;

describe('columns', () => {
  it('writes keys, places and every column to standard output', async () => {
    const { status, out, err } = await siftbook(['columns', data, '-o', '-']);
    expect([status, err]).toEqual([0, '']);
    const rows = lines<Row>(out);
    expect(rows.map(({ place }) => place)).toEqual([0, 1, 2]);
    for (const { key } of rows) expect(key).toMatch(/^[0-9a-f]{16}-\d+$/);
    // The order of keys does not make another record: the third is the second's next occurrence.
    expect(rows[1].key).toMatch(/-0$/);
    expect(rows[2].key).toBe(rows[1].key.replace(/-0$/, '-1'));
    expect(rows.map(({ prompt_chars: p, response_chars: r, total_chars: t }) => [p, r, t])).toEqual([
      [17, 13, 30],
      [10, 7, 17],
      [10, 7, 17],
    ]);
    expect(Object.keys(rows[0])).toEqual(
      expect.arrayContaining(['response_tokens', 'han', 'empty_response', 'pii_email']),
    );
    // English only.
    expect(rows[1].reading_grade).toBeNull();
  });

  it('writes the same to Parquet, Arrow, CSV and JSON, chosen columns in the order given', async () => {
    const only = ['--only', 'response_words,prompt_chars,response_tokens'];
    const file = (name: string) => path.join(dir, name);
    for (const name of ['a.parquet', 'a.arrow', 'a.csv', 'a.json', 'a.jsonl'])
      expect(await siftbook(['columns', data, ...only, '-o', file(name)])).toMatchObject({
        status: 0,
        out: '',
        err: '',
      });
    const rows = lines<Row>(readFileSync(file('a.jsonl'), 'utf8'));
    expect(Object.keys(rows[0])).toEqual(['key', 'place', 'response_words', 'prompt_chars', 'response_tokens']);
    expect(JSON.parse(readFileSync(file('a.json'), 'utf8'))).toEqual(rows);
    const csv = readFileSync(file('a.csv'), 'utf8').trimEnd().split('\n');
    expect(csv).toEqual([Object.keys(rows[0]).join(','), ...rows.map((row) => Object.values(row).join(','))]);
    const { Table } = await import('parquet-wasm').then(({ readParquet }) => ({
      Table: readParquet(readFileSync(file('a.parquet'))).intoIPCStream(),
    }));
    for (const table of [tableFromIPC(readFileSync(file('a.arrow'))), tableFromIPC(Table)]) {
      expect(table.schema.fields.map(({ name, type }) => `${name}: ${String(type)}`)).toEqual([
        'key: Utf8',
        'place: Int64',
        'response_words: Float32',
        'prompt_chars: Float32',
        'response_tokens: Float32',
      ]);
      expect(table.toArray().map((row) => ({ ...row.toJSON(), place: Number(row.place) }))).toEqual(rows);
    }
  });

  it('leaves nothing where the data cannot be read', async () => {
    const out = path.join(dir, 'none.parquet');
    expect((await siftbook(['columns', path.join(dir, 'no.jsonl'), '-o', out])).status).toBe(1);
    expect(() => readFileSync(out)).toThrow();
  });
});
