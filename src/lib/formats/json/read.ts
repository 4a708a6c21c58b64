import type { Collector } from '../batch/collector';
import type { Text } from '../bytes/text';
import type { ReadChunk } from '../types';
import { readDocument } from './document';
import { Cursor, readElements } from './elements';
import { readLines } from './lines';
import { Scanner } from './scan';

/**
 * How a JSON text holds its records: one a `line`; elements of one `array`; a `document` (an object that holds lists
 * or columns, or is itself the one record); or a `sequence` of values that may each span lines.
 */
export type JsonShape = 'lines' | 'array' | 'document' | 'sequence';

/** Reads the records of a JSON text. */
export async function* readJson(
  text: Text,
  out: Collector,
  shape: JsonShape,
  signal?: AbortSignal,
): AsyncGenerator<ReadChunk> {
  if (shape === 'lines') return yield* readLines(text, out, signal);
  const cursor = new Cursor(text, out, signal);
  if (shape === 'document') return yield* readDocument(cursor);
  if (shape === 'sequence') return yield* readElements(cursor, { list: false });
  await cursor.next();
  cursor.at++;
  cursor.scanner.outer = 1;
  yield* readElements(cursor, { list: true, textField: 'text' });
  if (!cursor.lost && (await cursor.next()) >= 0) cursor.refuse('syntax', cursor.at, 'formats.after-document');
}

/** Bytes of the first record that are looked at before a text is taken for a document. */
const HEAD = 1 << 22;

/** Finds out the shape from the beginning of the text; the name's ending only decides what content leaves open. */
export async function detectJson(text: Text, name: string): Promise<JsonShape> {
  const { window } = text;
  const scanner = new Scanner();
  const named = /\.(jsonl|ndjson)\b/i.test(name);
  for (;;) {
    scanner.aim(window.bytes, window.data, window.end);
    const start = scanner.space(text.start);
    const open = window.bytes[start];
    const end = scanner.value(start);
    const cut = !window.done && (end < 0 ? scanner.faultAt >= window.end : end === window.end);
    if (cut && window.end < HEAD && !hasValidLine(text, start)) {
      await window.more(0);
      continue;
    }
    if (start >= window.end) return 'lines';
    const lineEnd = lineEndAt(text, start);
    if (end >= 0 && end <= lineEnd) {
      const after = scanner.space(end);
      if (after >= window.end && !window.done) {
        await window.more(0);
        continue;
      }
      if (after >= window.end) return named ? 'lines' : open === 0x7b ? 'document' : open === 0x5b ? 'array' : 'lines';
      if (after > lineEnd) return open === 0x5b && window.bytes[after] !== 0x5b ? 'array' : 'lines';
      if (open === 0x7b && window.bytes[after] === 0x7b) return 'sequence';
      return open === 0x5b ? 'array' : 'lines';
    }
    if (open === 0x5b) return 'array';
    if (hasValidLine(text, start) || named) return 'lines';
    if (open !== 0x7b) return 'lines';
    if (end >= 0) return scanner.space(end) >= window.end ? 'document' : 'sequence';
    return 'document';
  }
}

function lineEndAt({ window }: Text, at: number): number {
  const stop = window.view().indexOf(10, at);
  return stop < 0 ? window.end : stop;
}

/** Whether one of the next lines is a whole object. */
function hasValidLine(text: Text, start: number): boolean {
  const { window } = text;
  const scanner = new Scanner();
  for (let at = start, n = 0; at < window.end && n < 50; n++) {
    const stop = lineEndAt(text, at);
    scanner.aim(window.bytes, window.data, stop);
    const from = scanner.space(at);
    if (from < stop && window.bytes[from] === 0x7b && stop - from > 2) {
      const end = scanner.object(from);
      if (end >= 0 && scanner.space(end) >= stop && scanner.count > 0) return true;
    }
    at = stop + 1;
  }
  return false;
}
