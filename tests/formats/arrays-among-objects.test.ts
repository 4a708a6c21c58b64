import { expect, it } from 'vitest';
import { blobSource, read } from '$lib/formats';

/** Rows read, and line and code of what was refused. */
async function readText(text: string, name: string) {
  let rows = 0;
  const refused: [number, string][] = [];
  for await (const { batch, rejected } of read(blobSource(new Blob([text]), name))) {
    rows += batch?.rows ?? 0;
    refused.push(...rejected.map(({ line, code }): [number, string] => [line, code]));
  }
  return { rows, refused };
}

it('an array among objects is no record', async () => {
  const lines = '{"a":"1"}\n[1,2]\n5\n{"a":"2"}\n';
  expect(await readText(lines, 'a.jsonl')).toEqual({
    rows: 2,
    refused: [
      [2, 'shape'],
      [3, 'shape'],
    ],
  });
  expect(await readText('[{"a":"1"},\n[1,2],\n{"a":"2"}]', 'a.json')).toEqual({ rows: 2, refused: [[2, 'shape']] });
});

it('arrays are rows where the first record is one', async () => {
  expect(await readText('["a",1]\n["b",2]\n', 'a.jsonl')).toEqual({ rows: 2, refused: [] });
});
