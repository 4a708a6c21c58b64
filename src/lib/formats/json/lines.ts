import type { Collector } from '../batch/collector';
import type { Text } from '../bytes/text';
import type { ReadChunk } from '../types';
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
  const { window } = text;
  scanner.bytes = window.bytes;
  scanner.end = stop;
  scanner.badByte = -1;
  scanner.count = 0;
  const start = scanner.space(at);
  if (start >= stop) return;
  const open = window.bytes[start];
  const refuse = (...rest: Parameters<Refuse>) => refuseAt(text, out, line, ...rest);
  const end = open === 0x7b ? scanner.object(start) : open === 0x5b ? scanner.array(start) : scanner.value(start);
  if (end < 0) {
    const { code, key, params } = faultText(scanner, last && !text.window.bytes[stop] ? 'file' : 'line');
    return refuse(scanner.badByte < 0 ? code : 'encoding', scanner.faultAt, key, params);
  }
  if (scanner.space(end) < stop) return refuse('syntax', end, 'formats.after-record');
  if (scanner.badByte >= 0) return refuse('encoding', scanner.badByte, 'formats.bad-utf8');
  if (open === 0x7b) appendObject(out, scanner, line);
  else if (open === 0x5b && columns.fit(scanner)) appendArray(out, scanner, line, columns.indices);
  else refuse('shape', start, ...columns.misfit(open, scanner));
}

type Refuse = (
  code: Parameters<Collector['refuse']>[0],
  at: number,
  key: Parameters<Collector['refuse']>[3],
  params?: Parameters<Collector['refuse']>[4],
) => void;

function refuseAt(text: Text, out: Collector, line: number, ...[code, at, key, params]: Parameters<Refuse>): void {
  out.refuse(code, line, text.offset(text.window.base + at), key, params);
}
