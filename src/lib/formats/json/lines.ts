import type { Collector } from '../batch/collector';
import type { Text } from '../bytes/text';
import { badText, type Params, type TextKey } from '../messages';
import type { ReadChunk, RejectionCode } from '../types';
import { appendArray, appendObject } from './append';
import { faultText } from './faults';
import { Columns } from './columns';
import { Scanner } from './scan';

/** Reads one record a line. Every line that is not blank is a record: it is read, or refused with its place. */
export async function* readLines(text: Text, out: Collector, signal?: AbortSignal): AsyncGenerator<ReadChunk> {
  const { window } = text;
  const scanner = new Scanner();
  const columns = new Columns(out);
  let at = text.start;
  let line = 1;
  let view = window.view();
  for (;;) {
    let stop = view.indexOf(10, at);
    if (stop < 0) {
      if (!window.done) {
        signal?.throwIfAborted();
        await window.more(at);
        view = window.view();
        at = 0;
        continue;
      }
      if (at >= window.end) break;
      stop = window.end;
    }
    const last = stop === window.end;
    readLine(text, out, scanner, columns, at, stop, line, last);
    at = stop + 1;
    line++;
    if (out.full) yield out.take();
    if (last) break;
  }
}

/** One line `[at, stop)`: a record, a refusal, or nothing where it is blank. */
function readLine(
  text: Text,
  out: Collector,
  scanner: Scanner,
  columns: Columns,
  at: number,
  stop: number,
  line: number,
  last: boolean,
): void {
  scanner.aim(text.window.bytes, text.window.data, stop);
  const start = scanner.space(at);
  if (start >= stop) return;
  const open = scanner.bytes[start];
  const end = open === 0x7b ? scanner.object(start) : open === 0x5b ? scanner.array(start) : scanner.value(start);
  if (end >= 0 && scanner.badByte < 0 && (end === stop || scanner.space(end) >= stop)) {
    if (open === 0x7b) {
      columns.objects = true;
      return appendObject(out, scanner, line);
    }
    if (open === 0x5b && columns.fit(scanner)) return appendArray(out, scanner, line, columns.indices);
  }
  refuse(text, out, scanner, columns, start, end, line, last);
}

/** Says why the line whose value begins at `start` is no record; `end` is what scanning returned. */
function refuse(
  text: Text,
  out: Collector,
  scanner: Scanner,
  columns: Columns,
  start: number,
  end: number,
  line: number,
  last: boolean,
): void {
  const { base } = text.window;
  const place = (at: number) => text.offset(base + at);
  const add = (at: number, code: RejectionCode, key: TextKey, params?: Params) =>
    out.refuse(code, line, place(start), key, params, at === start ? null : { line, offset: place(at) });
  if (scanner.badByte >= 0) add(scanner.badByte, 'encoding', ...badText(text.encoding));
  else if (end < 0) {
    const { code, key, params } = faultText(scanner, last ? 'file' : 'line');
    add(scanner.faultAt, code, key, params);
  } else if (scanner.space(end) < scanner.end) add(scanner.space(end), 'syntax', 'formats.after-record');
  else add(start, 'shape', ...columns.misfit(scanner.bytes[start], scanner));
}
