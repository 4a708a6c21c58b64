import { CsvScanner, Fault, type Dialect } from './scan';

/** What a table's text looks like. */
export interface TableShape {
  dialect: Dialect;
  header: boolean;
  /** Fields a record. */
  width: number;
}

const SEPARATORS = [0x2c, 0x09, 0x3b, 0x7c];
/** Quotes with their escapes: RFC 4180's, backslashes, none, single quotes. */
const QUOTES = [
  [0x22, 0x22],
  [0x22, 0x5c],
  [0, 0],
  [0x27, 0x27],
];
/** Records of the beginning that are looked at. */
const SAMPLE = 400;
const SAMPLE_BYTES = 1 << 17;

interface Trial {
  dialect: Dialect;
  width: number;
  /** Share of records with that width and no fault. */
  fit: number;
  /** Fields in quotes, and records with a fault in their quotes. */
  quoted: number;
  broken: number;
  records: string[][];
}

/** Finds separator, quote and header from the beginning of a text (`last`: it is the whole of it). */
export function detectTable(bytes: Uint8Array, start: number, end: number, last: boolean, name: string): TableShape {
  const stop = Math.min(end, start + SAMPLE_BYTES);
  const sample = new Uint8Array(stop - start + 8);
  sample.set(bytes.subarray(start, stop));
  const size = stop - start;
  const whole = last && stop === end;
  const view = sample.subarray(0, size);
  const cr = !view.includes(10) && view.includes(13);
  const attempt = (separator: number, quote: number, escape: number) =>
    trial(sample, size, whole, { separator, quote, escape, cr });
  const trials = QUOTES.flatMap(([quote, escape]) => SEPARATORS.map((s) => attempt(s, quote, escape)));
  for (const [i, t] of trials.entries()) if (t.dialect.quote === 0) t.fit -= doubt(trials[i % SEPARATORS.length]);
  const table = /\.(csv|tsv)\b/i.test(name);
  const best = trials.filter((t) => t.width > 1 && plausible(t, table)).sort(better)[0];
  const found = best ?? single(attempt, table) ?? attempt(0, 0, 0);
  return { dialect: found.dialect, width: found.width, header: hasHeader(found) };
}

/** A single quote must enclose fields often, a separator must part most records alike. */
function plausible(t: Trial, table: boolean): boolean {
  if (t.dialect.quote === 0x27 && t.quoted < t.records.length) return false;
  return t.fit >= (table || t.records.length > 20 ? 0.5 : 0.7);
}

/** How much better a table must fit without quotes, given how it looks with them: much where most of them close well. */
function doubt({ quoted, broken }: Trial): number {
  return quoted === 0 ? 0 : quoted > broken * 2 ? 0.25 : 0.02;
}

/** Order of trials: how well they fit (in steps of a hundredth), then more fields, then the order they were made in. */
function better(a: Trial, b: Trial): number {
  const fit = Math.round(b.fit * 100) - Math.round(a.fit * 100);
  return fit || b.width - a.width;
}

/** A table of one column: quoted fields, or a name that says it is a table. */
function single(
  attempt: (separator: number, quote: number, escape: number) => Trial,
  table: boolean,
): Trial | undefined {
  return [attempt(0x2c, 0x22, 0x22), attempt(0, 0x22, 0x22)].find(
    (t) => t.width === 1 && t.fit >= 0.9 && (t.quoted > 0 || table),
  );
}

function trial(bytes: Uint8Array, end: number, last: boolean, dialect: Dialect): Trial {
  const scanner = new CsvScanner(dialect);
  scanner.aim(bytes, new DataView(bytes.buffer), end, last);
  const records: string[][] = [];
  const widths = new Map<number, number>();
  let quoted = 0;
  let broken = 0;
  for (let at = 0; at < end && records.length < SAMPLE;) {
    const next = scanner.record(at);
    if (next < 0) break;
    at = next;
    if (scanner.count === 1 && scanner.fields[0] === scanner.fields[1]) continue;
    const record: string[] = [];
    for (let i = 0; i < scanner.count; i++) {
      const from = scanner.fields[i * 3];
      if (dialect.quote && bytes[from - 1] === dialect.quote) quoted++;
      record.push(decoder.decode(bytes.subarray(from, Math.min(scanner.fields[i * 3 + 1], from + 200))));
    }
    records.push(record);
    if (scanner.fault === Fault.NONE) widths.set(scanner.count, (widths.get(scanner.count) ?? 0) + 1);
    else broken++;
  }
  if (records.length === 0) return { dialect, width: 1, fit: 0, quoted, broken, records };
  let width = records[0].length;
  for (const [w, n] of widths) if (n > (widths.get(width) ?? 0) || (n === widths.get(width) && w > width)) width = w;
  // Lines above the table count by half, comments not at all.
  const comment = (record: string[]) => record.length !== width && record[0].startsWith('#');
  const lead = records.findIndex((record) => record.length === width);
  const above = records.slice(0, lead).filter((record) => !comment(record)).length;
  const table = records.slice(lead).filter((record) => !comment(record)).length;
  const fit = table > 0 ? (widths.get(width) ?? 0) / (table + above / 2) : 0;
  return { dialect, width, fit, quoted, broken, records: records.slice(lead) };
}

const decoder = new TextDecoder();
const NUMBER = /^\s*[-+]?(\d[\d,]*)?\.?\d+([eE][-+]?\d+)?%?\s*$/;
const KNOWN =
  /^(id|idx|index|no|text|label|labels|class|category|cat|split|topic|source|lang|language|title|name|date|time|timestamp|content|comment|review|sentence|sentence\d|sent\d|question|question\d|answer|prompt|response|completion|input|output|instruction|query|reply|intent|score|rating|count|quality|tweet|url|user|role|message|system|history|文本|标签|类别|内容|评论|问题|答案|回答|标题|编号|意图|句子|来源|时间)$/i;

const ADDRESS = /^(https?:\/\/|\S+@\S+\.\w+$)/;
/** Fewer records than this prove little by not repeating the first. */
const FEW = 10;

/**
 * Whether the first record names the columns. Not where it holds a number or an address, or numbers something as all
 * records below do (`r1`, `r2`; dates). Else: a known name stands there, not
 * again below it and beside no sentence; or a column is numbers all the way but for it;
 * or its fields are short, like identifiers, and none occurs again in its column (in any, where names are repeated).
 */
function hasHeader({ records, width, dialect }: Trial): boolean {
  const [first, ...rows] = records;
  if (!first || rows.length === 0 || first.length !== width || dialect.separator === 0) return false;
  const cells = first.map((cell) => cell.replace(/^\ufeff/, '').trim());
  // Tables put one behind the other repeat their header.
  const rest = rows.filter((row) => row.length === width && row.some((cell, i) => cell.trim() !== cells[i]));
  const named = cells.filter((cell) => cell !== '');
  if (named.length === 0 || cells.some((cell, i) => NUMBER.test(cell) || ADDRESS.test(cell) || counts(cell, i, rest)))
    return false;
  const repeated = new Set(named).size < named.length;
  const again = (cell: string, i: number) =>
    rest.some((row) => (repeated ? row.some((other) => other.trim() === cell) : row[i].trim() === cell));
  if (
    cells.some((cell, i) => KNOWN.test(cell) && !rest.some((row) => row[i].trim() === cell)) &&
    cells.every((cell) => cell.length <= 60 && !/[!?！？。]$/.test(cell))
  )
    return true;
  for (let i = 0; i < width; i++) {
    const values = rest.map((row) => row[i]).filter((cell) => cell.trim() !== '');
    if (values.length > 0 && cells[i] !== '' && values.every((cell) => NUMBER.test(cell))) return true;
  }
  if (!named.every((cell) => cell.length <= 40 && !/[.!?,;。！？，；]$/.test(cell))) return false;
  if (rest.length < FEW && (repeated || named.some((cell) => cell.split(/\s+/).length > 3))) return false;
  return !cells.some((cell, i) => cell !== '' && again(cell, i));
}

/** Whether a field has a number in it and differs from those below it, two at least, in nothing but numbers. */
function counts(cell: string, column: number, rest: readonly string[][]): boolean {
  const bare = (text: string) => text.trim().replace(/\d+/g, '0');
  return rest.length > 1 && /\d/.test(cell) && rest.every((row) => bare(row[column]) === bare(cell));
}
