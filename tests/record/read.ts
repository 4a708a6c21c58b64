import { openAsBlob, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename } from 'node:path';
import * as parquet from 'parquet-wasm/esm/parquet_wasm.js';
import { read } from '$lib/formats/read';
import type { FormatInfo, Rejection, Source } from '$lib/formats/types';
import type { Batch } from '$lib/record';

let started = false;

/** parquet-wasm, started. */
export async function loadParquet() {
  const wasm = createRequire(import.meta.url).resolve('parquet-wasm/esm/parquet_wasm_bg.wasm');
  if (!started) parquet.initSync({ module: readFileSync(wasm) });
  started = true;
  return Promise.resolve(parquet);
}

/** Everything in a file of these bytes. */
export async function readBytes(
  bytes: Uint8Array<ArrayBuffer>,
  name = 'data.jsonl',
): Promise<{ batches: Batch[]; format: FormatInfo; rejected: Rejection[] }> {
  return readSource({
    name,
    size: bytes.length,
    slice: (start, end) => Promise.resolve(bytes.subarray(start, end)),
    stream: () => new Blob([bytes]).stream(),
    blob: new Blob([bytes]),
  });
}

/** Everything in a file on disk. */
export async function readPath(path: string) {
  const blob = await openAsBlob(path);
  return readSource({
    name: basename(path),
    size: blob.size,
    slice: async (start, end) => new Uint8Array(await blob.slice(start, end).arrayBuffer()),
    stream: () => blob.stream(),
    blob,
  });
}

async function readSource(source: Source) {
  const batches: Batch[] = [];
  const rejected: Rejection[] = [];
  let format: FormatInfo | null = null;
  for await (const chunk of read(source, { parquet: loadParquet })) {
    if (chunk.batch) batches.push(chunk.batch);
    rejected.push(...chunk.rejected);
    format = chunk.format;
  }
  return { batches, rejected, format: format! };
}

/** JSON lines as one batch, digits and escapes as they stand. */
export async function batchOf(...lines: string[]): Promise<Batch> {
  const { batches, rejected } = await readBytes(new TextEncoder().encode(lines.join('\n') + '\n'));
  if (rejected.length > 0 || batches.length !== 1) throw new Error(JSON.stringify(rejected));
  return batches[0];
}
