import { readArrow } from './arrow/read';
import { Collector } from './batch/collector';
import { detectEncoding } from './bytes/encoding';
import { gunzip, type GzipState } from './bytes/gunzip';
import type { Text } from './bytes/text';
import { Transcoder } from './bytes/transcode';
import { Window } from './bytes/window';
import { readTable } from './csv/read';
import { detectJson, readJson } from './json/read';
import { isBinary, kindOf } from './kind';
import { unreadable } from './messages';
import { readParquet } from './parquet/read';
import { blobSource, chunks } from './source';
import type { FormatInfo, ReadChunk, ReadOptions, Source } from './types';

/** Bytes that detection looks at before it decides. */
const HEAD = 1 << 16;

/**
 * Reads a file: detects what it is by its content and yields its records in batches, with what had to be refused.
 * Throws UnreadableError where nothing can be read, and the signal's reason when aborted.
 */
export async function* read(source: Source, options: ReadOptions = {}): AsyncGenerator<ReadChunk> {
  let bytesRead = 0;
  const counted = async function* () {
    for await (const chunk of chunks(source, options.signal)) {
      bytesRead += chunk.length;
      yield chunk;
    }
  };
  const format: FormatInfo = { name: 'json', encoding: 'utf-8', compression: null, detail: {} };
  const out = new Collector(format, options, () => bytesRead);
  const gzip: GzipState = { fault: null };
  let input = await peek(counted());
  let kind = kindOf(input.head);
  if (kind === 'gzip') {
    format.compression = 'gzip';
    input = await peek(gunzip(input.all, gzip));
    if (input.head.length === 0 && gzip.fault !== null)
      throw unreadable('truncated', 'formats.bad-gzip', { reason: gzip.fault });
    kind = kindOf(input.head);
    if (kind === 'gzip') throw unreadable('shape', 'formats.nested-gzip');
  }
  if (input.head.length === 0) throw unreadable('syntax', 'formats.empty');
  if (kind === 'encrypted-parquet') throw unreadable('value', 'formats.encrypted-parquet');
  if (kind === 'feather-v1') throw unreadable('shape', 'formats.feather-v1');
  if (kind === 'parquet' || kind === 'arrow-file' || kind === 'arrow-stream') {
    format.name = kind === 'parquet' ? 'parquet' : 'arrow';
    format.encoding = 'binary';
    if (kind === 'arrow-stream') yield* readArrow(input.all, input.head, out, options.signal);
    else {
      const direct = format.compression === null && source.size !== null;
      const blob = direct ? (source.blob ?? null) : await collect(input.all, options.signal);
      if (kind === 'parquet') yield* readParquet(blob ?? (await collect(input.all, options.signal)), out, options);
      else yield* readArrow(blob ? blobSource(blob, source.name) : source, input.head, out, options.signal);
    }
    bytesRead = source.size ?? bytesRead;
  } else if (kind === 'text') yield* readText(input, source, out, options, gzip);
  else throw unreadable('shape', 'formats.unknown-binary', { kind });
  const rest = out.rest();
  if (rest) yield rest;
  if (out.total === 0) throw nothing(out, gzip.fault !== null);
}

/** JSON of any shape, or a table: content that begins with a bracket is JSON, whatever its name. */
async function* readText(
  input: Input,
  source: Source,
  out: Collector,
  options: ReadOptions,
  gzip: GzipState,
): AsyncGenerator<ReadChunk> {
  const { format } = out;
  const encoding = detectEncoding(input.head, format.compression ? [] : await samples(source));
  format.encoding = encoding;
  const transcoder = encoding === 'utf-8' ? null : new Transcoder(encoding);
  if (!transcoder && isBinary(input.head)) throw unreadable('shape', 'formats.unknown-binary', { kind: 'binary' });
  const window = new Window(transcoder ? transcoder.run(input.all) : input.all, (base) => transcoder?.forget(base));
  try {
    do await window.more(0);
    while (!window.done && window.end < HEAD);
    let start = 0;
    while (window.bytes[start] === 0xef && window.bytes[start + 1] === 0xbb && window.bytes[start + 2] === 0xbf)
      start += 3;
    const text: Text = {
      window,
      start,
      encoding,
      offset: (at) => transcoder?.offset(at) ?? at,
      damaged: () => gzip.fault !== null,
    };
    const open = await firstByte(text);
    if (open < 0) throw unreadable('syntax', 'formats.empty', {}, start);
    if (open === 0x7b || open === 0x5b || /\.(json|jsonl|ndjson|geojson)(\.gz)?$/i.test(source.name)) {
      const shape = await detectJson(text, source.name);
      format.name = shape === 'lines' ? 'jsonl' : 'json';
      format.detail.shape = shape;
      yield* readJson(text, out, shape, options.signal);
    } else {
      format.name = 'csv';
      yield* readTable(text, out, source.name, options.signal);
    }
    if (gzip.fault !== null && out.lastRefusal?.code !== 'truncated')
      out.refuse('truncated', out.lastLine + 1, text.offset(window.base + window.end), 'formats.truncated-gzip');
  } finally {
    await window.close();
  }
}

interface Input {
  head: Uint8Array;
  all: AsyncIterable<Uint8Array>;
}

/** Takes the first bytes off a stream; `all` still has them. */
async function peek(stream: AsyncIterable<Uint8Array>): Promise<Input> {
  const iterator = stream[Symbol.asyncIterator]();
  const taken: Uint8Array[] = [];
  let size = 0;
  while (size < HEAD) {
    const { done, value } = await iterator.next();
    if (done) break;
    taken.push(value);
    size += value.length;
  }
  const head = taken.length === 1 ? taken[0] : new Uint8Array(size);
  if (taken.length > 1) {
    let at = 0;
    for (const part of taken) {
      head.set(part, at);
      at += part.length;
    }
  }
  const all = async function* () {
    try {
      if (head.length > 0) yield head;
      for (;;) {
        const { done, value } = await iterator.next();
        if (done) return;
        yield value;
      }
    } finally {
      await iterator.return?.(undefined);
    }
  };
  return { head, all: all() };
}

/** First byte of the text that is not white space; -1 where there is none. */
async function firstByte(text: Text): Promise<number> {
  const { window } = text;
  for (let at = text.start; ; at++) {
    if (at >= window.end && (window.done || !(await window.more(0)))) return -1;
    const c = window.bytes[at];
    if (c !== 0x20 && c !== 10 && c !== 13 && c !== 9) return c;
  }
}

/** Pieces from the middle of a large file: its beginning may be all ASCII. */
async function samples(source: Source): Promise<Uint8Array[]> {
  if (source.size === null || source.size < HEAD * 8) return [];
  const step = Math.floor(source.size / 4);
  return Promise.all([1, 2, 3].map((n) => source.slice(n * step, n * step + (HEAD >> 1))));
}

async function collect(input: AsyncIterable<Uint8Array>, signal?: AbortSignal): Promise<Blob> {
  const parts: BlobPart[] = [];
  for await (const part of input) {
    signal?.throwIfAborted();
    parts.push(part as Uint8Array<ArrayBuffer>);
  }
  return new Blob(parts);
}

/** The error for a file whose every record was refused, or which has none. */
function nothing(out: Collector, damaged: boolean) {
  const first = out.firstRefusal;
  if (!first) return unreadable('shape', 'formats.no-records');
  const code = first.code === 'truncated' && !damaged ? 'syntax' : first.code;
  const params = { line: first.line, reason: first.reason };
  const error = unreadable(code, 'formats.nothing-readable', params, first.offset, first.line);
  // For other languages: the reason has a key of its own.
  error.cause = first;
  return error;
}
