import { unreadable } from '../messages';
import type { ReadChunk } from '../types';
import { appendObject, put } from './append';
import { readElements, type Cursor } from './elements';
import { Fault } from './codes';
import { Scanner } from './scan';

/** Keys that hold the list of records beside metadata; other keys of lists name parts (splits) of the data. */
const LISTS = /^(data|rows|records|examples|items|instances|entries|samples|dataset|results|conversations_list)$/i;
/** Keys of lists that belong to one record. */
const OF_RECORD =
  /^(messages|conversations?|turns|dialog(ue)?s?|history|tools|functions|chosen|rejected|choices|tags|labels|references)$/i;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

interface Member {
  name: string;
  /** First byte of the value, of its first element, and of that one's first element (0 where there is none). */
  open: number;
  inner: number;
  innermost: number;
}

/**
 * Reads a text that is one JSON object: it holds lists of records (`{"train": [[text, label], …], …}`,
 * `{"data": [{…}, …], "version": 1}`), or columns of equal length, or lists of texts by label; or it is one record.
 */
export async function* readDocument(cursor: Cursor): AsyncGenerator<ReadChunk> {
  const members = await peek(cursor);
  const lists = members.filter((m) => m.open === 0x5b && (m.inner === 0x7b || m.inner === 0x5b));
  const known = lists.find((m) => LISTS.test(m.name));
  const parts = lists.filter((m) => !OF_RECORD.test(m.name) && !(m.inner === 0x5b && m.innermost === 0x7b));
  const { detail } = cursor.out.format;
  // Columns hold plain values somewhere; lists of records do not.
  const arrays = members.length > 0 && members.every((m) => m.open === 0x5b);
  const ofRecord = members.some((m) => OF_RECORD.test(m.name) && m.inner === 0x7b);
  if (!known && !ofRecord && arrays && members.some((m) => !parts.includes(m))) {
    if (yield* readWhole(cursor, parts.length === 0)) return;
  }
  if (known) {
    detail.shape = `list in ${known.name}`;
    yield* readLists(cursor, (name) => (name === known.name ? 'plain' : null));
  } else if (parts.length > 0) {
    detail.shape = 'lists';
    yield* readLists(cursor, (name) => (OF_RECORD.test(name) ? null : 'split'));
  } else yield* readRecord(cursor);
}

/** The members of the document as far as the window goes. */
async function peek(cursor: Cursor): Promise<Member[]> {
  await cursor.next();
  const scanner = new Scanner();
  for (;;) {
    const { window } = cursor.text;
    scanner.aim(window.bytes, window.data, window.end);
    const members: Member[] = [];
    let at = scanner.space(cursor.at + 1);
    while (window.bytes[at] === 0x22) {
      const name = scanner.string(at + 1);
      if (name < 0) break;
      const key = decodeKey(window.bytes, at, name);
      const value = scanner.key(at);
      if (value < 0) break;
      const open = window.bytes[value];
      const inner = open === 0x5b ? scanner.space(value + 1) : 0;
      const innermost = inner && window.bytes[inner] === 0x5b ? window.bytes[scanner.space(inner + 1)] : 0;
      members.push({ name: key, open, inner: inner ? window.bytes[inner] : 0, innermost });
      const end = scanner.value(value);
      if (end < 0) break;
      const comma = scanner.space(end);
      if (window.bytes[comma] !== 0x2c) break;
      at = scanner.space(comma + 1);
    }
    const found = members.some((m) => m.open === 0x5b && (m.inner === 0x7b || m.inner === 0x5b));
    if (found || window.done || window.end > 1 << 23) return members;
    await cursor.more();
  }
}

function decodeKey(bytes: Uint8Array, start: number, end: number): string {
  return JSON.parse(decoder.decode(bytes.subarray(start, end))) as string;
}

/** Streams the lists that `role` names; the values of other keys are metadata and are named in the format's detail. */
async function* readLists(cursor: Cursor, role: (name: string) => 'plain' | 'split' | null): AsyncGenerator<ReadChunk> {
  const { detail } = cursor.out.format;
  const metadata: string[] = [];
  cursor.at++;
  if ((await cursor.next()) !== 0x7d)
    for (;;) {
      const name = await readKey(cursor);
      if (name === null) return cursor.refuseFault('file');
      const as = role(name);
      if ((await cursor.next()) === 0x5b && as) {
        cursor.at++;
        cursor.scanner.outer = 2;
        yield* readElements(cursor, { list: true, extra: as === 'split' ? { name: 'split', value: name } : undefined });
        if (cursor.lost) return;
      } else {
        const end = await cursor.scan();
        if (end < 0 || cursor.scanner.badByte >= 0) return cursor.refuseFault('file');
        metadata.push(name);
        detail.metadata = metadata.join(', ');
        cursor.at = end;
      }
      const after = await cursor.next();
      if (after === 0x7d) break;
      cursor.aim();
      if (after !== 0x2c) {
        cursor.scanner.fail(Fault.COMMA_OBJECT, cursor.at);
        return cursor.refuseFault('file');
      }
      const comma = cursor.at++;
      if ((await cursor.next()) === 0x7d) {
        cursor.refuse('syntax', Math.min(comma, cursor.at), 'formats.trailing-comma');
        break;
      }
    }
  cursor.at++;
  if ((await cursor.next()) >= 0) cursor.refuse('syntax', cursor.at, 'formats.after-document');
}

/** Reads `"key":` at the cursor, which moves behind it; null with the scanner's fault set where there is none. */
async function readKey(cursor: Cursor): Promise<string | null> {
  for (;;) {
    const { window } = cursor.text;
    const scanner = cursor.aim();
    const value = scanner.key(cursor.at);
    if (value >= 0 && scanner.badByte < 0) {
      const end = scanner.string(cursor.at + 1);
      const name = decodeKey(window.bytes, cursor.at, end);
      cursor.at = value;
      return name;
    }
    if (value >= 0 || scanner.faultAt < window.end || window.done || !(await cursor.more())) return null;
  }
}

/** Takes in the whole document and scans it; false (with a refusal) where it is broken. */
async function scanWhole(cursor: Cursor): Promise<boolean> {
  const { window } = cursor.text;
  while (!window.done) {
    if (window.end > 0x7fff0000) throw unreadable('value', 'formats.too-large', { limit: '2 GB' });
    if (!(await cursor.more())) break;
  }
  const end = await cursor.scan();
  const after = end < 0 ? end : cursor.scanner.space(end);
  if (end < 0 || cursor.scanner.badByte >= 0) {
    cursor.refuseFault('file');
    return false;
  }
  if (after < window.end) cursor.refuse('syntax', after, 'formats.after-document');
  return true;
}

/** The document is one record. */
async function* readRecord(cursor: Cursor): AsyncGenerator<ReadChunk> {
  const { out, text } = cursor;
  const line = cursor.lines.to(text.window, cursor.at);
  if (!(await scanWhole(cursor))) return;
  out.format.detail.shape = 'record';
  appendObject(out, cursor.scanner, line);
}

/**
 * Reads a document whose members are all arrays: columns of equal length, or (`labels`) lists of texts by label.
 * Returns false where it is neither and nothing was read.
 */
async function* readWhole(cursor: Cursor, labels: boolean): AsyncGenerator<ReadChunk, boolean> {
  const { out, text, scanner } = cursor;
  if (!(await scanWhole(cursor))) return true;
  const { bytes, data, end } = text.window;
  const starts = listStarts(scanner);
  const lengths = starts?.map((start) => countElements(bytes, data, start, end)) ?? [];
  if (starts && lengths[0] > 0 && lengths.every((n) => n === lengths[0])) {
    out.format.detail.shape = 'columns';
    yield* readColumns(cursor, starts, lengths[0]);
    return true;
  }
  const texts = labels && lengths.some((n) => n > 0);
  if (!starts || !texts || !starts.every((start) => onlyStrings(bytes, data, start, end))) return false;
  out.format.detail.shape = 'texts by label';
  yield* readByLabel(cursor, starts);
  return true;
}

/** Where the arrays of the object just scanned begin; null where a member is not an array. */
function listStarts({ bytes, members, count }: Scanner): number[] | null {
  const starts: number[] = [];
  for (let i = 0; i < count; i++) {
    if (bytes[members[i * 5 + 2]] !== 0x5b) return null;
    starts.push(members[i * 5 + 2]);
  }
  return starts.length > 0 ? starts : null;
}

/** Calls `each` with the kind and place of every element of the (valid) array at `start`. */
function walk(
  bytes: Uint8Array,
  data: DataView,
  start: number,
  end: number,
  each: (scanner: Scanner, at: number) => void,
) {
  const scanner = new Scanner();
  scanner.aim(bytes, data, end);
  let at = scanner.space(start + 1);
  while (bytes[at] !== 0x5d) {
    const next = scanner.value(at);
    each(scanner, at);
    at = scanner.space(next);
    if (bytes[at] === 0x2c) at = scanner.space(at + 1);
    scanner.escapes = 0;
  }
}

function countElements(bytes: Uint8Array, data: DataView, start: number, end: number): number {
  let n = 0;
  walk(bytes, data, start, end, () => n++);
  return n;
}

function onlyStrings(bytes: Uint8Array, data: DataView, start: number, end: number): boolean {
  let all = true;
  walk(bytes, data, start, end, (_, at) => (all &&= bytes[at] === 0x22));
  return all;
}

/** Place of the element behind the one that ended at `at`. */
function step(scanner: Scanner, at: number): number {
  at = scanner.space(at);
  return scanner.bytes[at] === 0x2c ? scanner.space(at + 1) : at;
}

async function* readColumns(cursor: Cursor, starts: number[], rows: number): AsyncGenerator<ReadChunk> {
  const { out, text } = cursor;
  const names = memberNames(cursor.scanner);
  const scanner = new Scanner();
  scanner.aim(text.window.bytes, text.window.data, text.window.end);
  const at = starts.map((start) => scanner.space(start + 1));
  for (let row = 0; row < rows; row++) {
    const first = at[0];
    let size = 0;
    names.forEach((name, column) => {
      const end = scanner.note(at[column]);
      put(out.fields[out.field(name, encoder.encode(name))], out.rows, scanner, 0, 0);
      size += end - at[column];
      at[column] = step(scanner, end);
    });
    out.row(cursor.lines.to(text.window, first), size);
    if (out.full) yield out.take();
  }
}

async function* readByLabel(cursor: Cursor, starts: number[]): AsyncGenerator<ReadChunk> {
  const { out, text } = cursor;
  const names = memberNames(cursor.scanner);
  const textField = out.field('text', encoder.encode('text'));
  const labelField = out.field('label', encoder.encode('label'));
  const scanner = new Scanner();
  scanner.aim(text.window.bytes, text.window.data, text.window.end);
  for (const [i, start] of starts.entries()) {
    const label = encoder.encode(names[i]).slice();
    const labelData = new DataView(label.buffer);
    let at = scanner.space(start + 1);
    while (scanner.bytes[at] !== 0x5d) {
      const end = scanner.note(at);
      put(out.fields[textField], out.rows, scanner, 0, 0);
      out.fields[labelField].text(out.rows, label, labelData, 0, label.length);
      out.row(cursor.lines.to(text.window, at), end - at + label.length);
      at = step(scanner, end);
      if (out.full) yield out.take();
    }
  }
}

function memberNames({ bytes, members, count }: Scanner): string[] {
  return Array.from({ length: count }, (_, i) => decodeKey(bytes, members[i * 5] - 1, members[i * 5 + 1] + 1));
}
