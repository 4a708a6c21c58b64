import { Collector } from './batch/collector';
import type { Text } from './bytes/text';
import { Window } from './bytes/window';
import { unreadable } from './messages';
import { detectJson, readJson } from './json/read';
import { chunks } from './source';
import type { FormatInfo, ReadChunk, ReadOptions, Source } from './types';

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
  const window = new Window(counted());
  try {
    await window.more(0);
    if (window.end === 0) throw unreadable('syntax', 'formats.empty');
    const format: FormatInfo = { name: 'jsonl', encoding: 'utf-8', compression: null, detail: {} };
    const out = new Collector(format, options, () => bytesRead);
    let start = 0;
    while (window.bytes[start] === 0xef && window.bytes[start + 1] === 0xbb && window.bytes[start + 2] === 0xbf)
      start += 3;
    const text: Text = { window, start, encoding: 'utf-8', offset: (at) => at, damaged: () => false };
    const shape = await detectJson(text, source.name);
    format.name = shape === 'lines' ? 'jsonl' : 'json';
    format.detail.shape = shape;
    yield* readJson(text, out, shape, options.signal);
    const rest = out.rest();
    if (rest) yield rest;
    if (out.total === 0) throw nothing(out);
  } finally {
    await window.close();
  }
}

/** The error for a file whose every record was refused, or which has none. */
function nothing(out: Collector) {
  const first = out.firstRefusal;
  if (!first) return unreadable('shape', 'formats.no-records');
  const code = first.code === 'truncated' && out.format.name !== 'parquet' ? 'syntax' : first.code;
  const params = { line: first.line, reason: first.reason };
  return unreadable(code, 'formats.nothing-readable', params, first.offset, first.line);
}
