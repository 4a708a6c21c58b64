import { readFileSync } from 'node:fs';
import { openAsBlob } from 'node:fs';
import { blobSource, read, streamSource } from '$lib/formats';
import type { FormatInfo, ParquetModule, ReadOptions, Rejection, Source } from '$lib/formats/types';
import type { Batch, FieldData } from '$lib/record/types';

/** Everything that came out of a file. */
export interface Outcome {
  /** Values by key: strings of text fields, parsed values of json fields, null for explicit nulls; absent keys lack. */
  rows: Record<string, unknown>[];
  /** The values' text as it stands in the batches (JSON text of json fields). */
  raw: Record<string, string>[];
  lines: number[];
  rejected: Rejection[];
  batches: Batch[];
  format: FormatInfo | null;
  error: Error | null;
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** parquet-wasm as Node loads it: the package's own Node build, compiled when imported. */
export const parquet = () => import('parquet-wasm') as unknown as Promise<ParquetModule>;

/** A slot's text; null for an explicit null, undefined where the key is absent. */
export function slot(field: FieldData, row: number): string | null | undefined {
  const start = field.offsets[row];
  const end = field.offsets[row + 1];
  const present = !field.validity || field.validity[row >> 3] & (1 << (row & 7));
  if (!present) return end > start ? null : undefined;
  return decoder.decode(field.bytes.subarray(start, end));
}

export async function collect(source: Source, options: ReadOptions = {}): Promise<Outcome> {
  const out: Outcome = { rows: [], raw: [], lines: [], rejected: [], batches: [], format: null, error: null };
  try {
    for await (const chunk of read(source, { parquet, ...options })) {
      out.format = chunk.format;
      out.rejected.push(...chunk.rejected);
      if (!chunk.batch) continue;
      out.batches.push(chunk.batch);
      out.lines.push(...chunk.batch.lines);
      for (let row = 0; row < chunk.batch.rows; row++) {
        const values: [string, unknown][] = [];
        const raw: [string, string][] = [];
        for (const field of chunk.batch.fields) {
          const text = slot(field, row);
          if (text === undefined) continue;
          values.push([field.name, text === null ? null : field.kind === 'text' ? text : JSON.parse(text)]);
          raw.push([field.name, text ?? 'null']);
        }
        out.rows.push(Object.fromEntries(values));
        out.raw.push(Object.fromEntries(raw));
      }
    }
  } catch (error) {
    out.error = error as Error;
  }
  return out;
}

/** Reads bytes or text as a file of that name. */
export function collectText(content: string | Uint8Array, name = 'data.json', options: ReadOptions = {}) {
  return collect(blobSource(new Blob([content as BlobPart]), name), options);
}

/** The same, handed on in pieces of `size` bytes: every place of the text is some time the end of a piece. */
export function collectPieces(content: string | Uint8Array, size: number, name = 'data.json') {
  const bytes = typeof content === 'string' ? new TextEncoder().encode(content) : content;
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size));
      controller.close();
    },
  });
  return collect(streamSource(stream, name));
}

/** Reads a file from disk without holding it. */
export async function collectFile(path: string, options: ReadOptions = {}) {
  return collect(blobSource((await openAsBlob(path)) as Blob, path.split('/').at(-1)!), options);
}

/** Rows, refusals and format of a file, without looking into its records. */
export async function countFile(path: string) {
  const counts = { rows: 0, rejected: 0, name: '', fields: new Set<string>() };
  for await (const chunk of read(blobSource((await openAsBlob(path)) as Blob, path), { parquet })) {
    counts.rows += chunk.batch?.rows ?? 0;
    counts.rejected += chunk.rejected.length;
    counts.name = chunk.format.name;
    for (const field of chunk.batch?.fields ?? []) counts.fields.add(field.name);
  }
  return counts;
}

export function bytesOf(path: string): Uint8Array {
  return new Uint8Array(readFileSync(path));
}
