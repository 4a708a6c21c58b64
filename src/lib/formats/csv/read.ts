import type { Collector } from '../batch/collector';
import { uniqueNames } from '../batch/names';
import { Lines, type Text } from '../bytes/text';
import type { ReadChunk } from '../types';
import { badText } from '../messages';
import { detectTable, type TableShape } from './detect';
import { CsvScanner, Fault } from './scan';

const encoder = new TextEncoder();
/** A quoted field longer than this is taken for one that was never closed. */
const LONGEST = 1 << 24;
/** Records behind an unclosed quote that are looked at to see whether it swallowed them. */
const AHEAD = 20;

/**
 * Reads a table. A record with more or fewer fields than the table has columns is refused, lines above the header too;
 * further fields that are empty are let pass, as spreadsheets write them. Blank lines are no records.
 */
export async function* readTable(
  text: Text,
  out: Collector,
  name: string,
  signal?: AbortSignal,
): AsyncGenerator<ReadChunk> {
  const { window } = text;
  const shape = detectTable(window.bytes, text.start, window.end, window.done, name);
  describe(shape, out);
  const scanner = new CsvScanner(shape.dialect);
  const lines = new Lines(undefined, shape.dialect.cr ? 13 : 10);
  let columns: number[] | null = shape.header
    ? null
    : columnsOf(shape.dialect.separator ? numbered(shape.width) : ['text'], out);
  let at = text.start;
  for (;;) {
    scanner.aim(window.bytes, window.data, window.end, window.done || window.end - at > LONGEST);
    if (at >= window.end && window.done) break;
    const next = at < window.end ? scanner.record(at) : -1;
    if (next < 0) {
      signal?.throwIfAborted();
      lines.to(window, at);
      await window.more(at);
      at = 0;
      continue;
    }
    const line = lines.to(window, at);
    if (isBlank(scanner, at)) {
      at = next;
      continue;
    }
    if (columns === null && scanner.count >= shape.width) {
      columns = columnsOf(headerNames(scanner), out);
      at = next;
      continue;
    }
    if (next === window.end && window.done && text.damaged() && window.bytes[next - 1] !== 10)
      out.refuse('truncated', line, text.offset(window.base + at), 'formats.truncated-gzip');
    else if (columns !== null && fits(scanner, columns.length)) append(out, scanner, columns, line, next - at);
    else {
      const swallowed = refuse(text, out, scanner, shape.width, lines, at, next);
      at = swallowed ?? next;
      continue;
    }
    at = next;
    if (out.full) yield out.take();
  }
}

function describe({ dialect, header }: TableShape, out: Collector): void {
  const { detail } = out.format;
  const names: Record<number, string> = { 0: 'none', 9: 'tab' };
  detail.separator = names[dialect.separator] ?? String.fromCharCode(dialect.separator);
  detail.quote = dialect.quote ? String.fromCharCode(dialect.quote) : 'none';
  if (dialect.escape !== dialect.quote) detail.escape = String.fromCharCode(dialect.escape);
  detail.header = header;
}

/** A line with nothing on it. */
function isBlank({ count, fields }: CsvScanner, at: number): boolean {
  return count === 1 && fields[0] === at && fields[1] === at;
}

/** Whether the record just read is whole: its width is right, nothing is wrong with its quotes and bytes. */
function fits({ count, fields, fault, badByte }: CsvScanner, width: number): boolean {
  if (fault !== Fault.NONE || badByte >= 0 || count < width) return false;
  for (let i = width; i < count; i++) if (fields[i * 3] !== fields[i * 3 + 1]) return false;
  return true;
}

function append(out: Collector, scanner: CsvScanner, columns: number[], line: number, size: number): void {
  const { bytes, data, fields, dialect } = scanner;
  for (let i = 0; i < columns.length; i++) {
    const field = out.fields[columns[i]];
    if (fields[i * 3 + 2]) field.quoted(out.rows, bytes, data, fields[i * 3], fields[i * 3 + 1], dialect);
    else field.text(out.rows, bytes, data, fields[i * 3], fields[i * 3 + 1]);
  }
  out.row(line, size);
}

/** Refuses the record `[at, next)`. Returns where to go on if an unclosed quote swallowed records behind the first line. */
function refuse(
  text: Text,
  out: Collector,
  scanner: CsvScanner,
  width: number,
  lines: Lines,
  at: number,
  next: number,
): number | null {
  const { window } = text;
  const { bytes, fault, faultAt, badByte, count } = scanner;
  const { line } = lines;
  const place = (position: number) => text.offset(window.base + position);
  const within = (position: number) => ({
    line: new Lines(lines).to(window, Math.min(position, window.end)),
    offset: place(position),
  });
  const first = bytes.subarray(0, next).indexOf(scanner.dialect.cr ? 13 : 10, at) + 1;
  const several = first > 0 && first < next;
  const swallowed = several && fault !== Fault.NONE && recordsFollow(scanner, first, Math.min(next, window.end), width);
  if (swallowed) {
    out.refuse('syntax', line, place(at), 'formats.never-closed');
    return first;
  }
  if (badByte >= 0) out.refuse('encoding', line, place(at), ...badText(text.encoding), within(badByte));
  else if (fault === Fault.OPEN_QUOTE)
    out.refuse('truncated', line, place(at), 'formats.open-quote', {}, within(faultAt));
  else if (fault === Fault.AFTER_QUOTE)
    out.refuse('syntax', line, place(at), 'formats.after-quote', {}, within(faultAt));
  else out.refuse('shape', line, place(at), 'formats.wrong-width', { expected: width, found: count });
  return null;
}

/** Whether the lines `[from, to)` that a quote took in are records of their own. */
function recordsFollow(
  { bytes, data, end, last, dialect, fault }: CsvScanner,
  from: number,
  to: number,
  width: number,
): boolean {
  const scanner = new CsvScanner(dialect);
  scanner.aim(bytes, data, end, last);
  let records = 0;
  let whole = 0;
  let clean = false;
  for (let at = from; at < to && records < AHEAD;) {
    const next = scanner.record(at);
    if (next < 0) break;
    if (!isBlank(scanner, at)) {
      records++;
      if (fits(scanner, width)) whole++;
      if (records === 1) clean = quotesInPlace(scanner);
    }
    at = next;
  }
  // The end of a text that was cut off may look like a record or two.
  if (fault === Fault.OPEN_QUOTE && records < 3) return false;
  return records === 1 ? whole === 1 && clean : whole >= records * 0.8;
}

/** Whether no field without quotes has one inside, as the end of a field of several lines would. */
function quotesInPlace({ bytes, fields, count, dialect }: CsvScanner): boolean {
  for (let i = 0; i < count; i++) {
    const start = fields[i * 3];
    const inside = bytes.subarray(start, fields[i * 3 + 1]).includes(dialect.quote);
    if (inside && bytes[start - 1] !== dialect.quote) return false;
  }
  return true;
}

function numbered(width: number): string[] {
  return Array.from({ length: width }, (_, i) => `column${i + 1}`);
}

/** The names in the record just read. */
function headerNames({ bytes, fields, count, dialect }: CsvScanner): string[] {
  const decoder = new TextDecoder();
  const quote = String.fromCharCode(dialect.quote);
  const escape = String.fromCharCode(dialect.escape);
  const names = Array.from({ length: count }, (_, i) => {
    const name = decoder.decode(bytes.subarray(fields[i * 3], fields[i * 3 + 1]));
    return (fields[i * 3 + 2] ? name.replaceAll(escape + quote, quote) : name).trim();
  });
  return uniqueNames(names);
}

function columnsOf(names: string[], out: Collector): number[] {
  return names.map((name) => out.field(name, encoder.encode(name)));
}
