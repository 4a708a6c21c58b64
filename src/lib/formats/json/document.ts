import { badText, unreadable } from '../messages';
import type { ReadChunk } from '../types';
import { appendObject, put } from './append';
import { readElements, type Cursor } from './elements';
import { faultText } from './faults';
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
  const columns =
    members.length > 0 && members.every((m) => m.open === 0x5b && m.inner !== 0x7b && m.innermost !== 0x7b);
  const detail = cursor.out.format.detail;
  if (known) {
    detail.shape = `list in ${known.name}`;
    return yield* readLists(cursor, (name) => (name === known.name ? 'plain' : null));
  }
  const parts = lists.filter((m) => !OF_RECORD.test(m.name) && !(m.inner === 0x5b && m.innermost === 0x7b));
  if (parts.length > 0) {
    detail.shape = 'lists';
    return yield* readLists(cursor, (name) => (OF_RECORD.test(name) ? null : 'split'));
  }
  yield* readWhole(cursor, columns || members.every((m) => m.open === 0x5b));
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
  const { text, out } = cursor;
  const metadata: string[] = [];
  const lost = (code: 'syntax' | 'truncated') => {
    const { key, params } = faultText(cursor.scanner, 'file');
    cursor.refuse(code, cursor.scanner.faultAt, key, params);
  };
  cursor.at++;
  for (let first = true; ; first = false) {
    const c = await cursor.next();
    if (c === 0x7d && first) break;
    const name = c === 0x22 ? await readKey(cursor) : null;
    if (name === null) {
      if (c !== 0x22) cursor.scanner.fail(2, cursor.at);
      cursor.scanner.count = 0;
      if (c === 0x22) lost(cursor.scanner.faultAt >= text.window.end ? 'truncated' : 'syntax');
      else
        cursor.refuse(c < 0 ? 'truncated' : 'syntax', cursor.at, c < 0 ? 'formats.file-ends' : 'formats.expected-key');
      return;
    }
    const open = await cursor.next();
    const as = role(name);
    if (open === 0x5b && as) {
      cursor.at++;
      cursor.scanner.outer = 2;
      const extra = as === 'split' ? { name: 'split', value: name } : undefined;
      yield* readElements(cursor, { list: true, extra });
      if (cursor.lost) return;
    } else {
      const end = await cursor.scan();
      if (end < 0) return lost(cursor.scanner.faultAt >= text.window.end ? 'truncated' : 'syntax');
      metadata.push(name);
      out.format.detail.metadata = metadata.join(', ');
      cursor.at = end;
    }
    const after = await cursor.next();
    if (after === 0x7d) break;
    if (after !== 0x2c) {
      if (after < 0) cursor.refuse('truncated', cursor.at, 'formats.file-ends');
      else cursor.refuse('syntax', cursor.at, 'formats.expected-comma-object');
      return;
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

/** Reads `"key":` at the cursor, which moves behind it; null with the scanner's fault where it cannot be read. */
async function readKey(cursor: Cursor): Promise<string | null> {
  for (;;) {
    const { window } = cursor.text;
    const scanner = cursor.aim();
    const end = scanner.string(cursor.at + 1);
    const value = end < 0 ? -1 : scanner.key(cursor.at);
    if (value >= 0 && scanner.badByte < 0) {
      const name = decodeKey(window.bytes, cursor.at, end);
      cursor.at = value;
      return name;
    }
    if (value >= 0 || scanner.faultAt < window.end || window.done || !(await cursor.more())) return null;
  }
}

/** Reads a document that must be held whole: columns, lists of texts by label, or one record. */
async function* readWhole(cursor: Cursor, lists: boolean): AsyncGenerator<ReadChunk> {
  const { out, text, scanner } = cursor;
  const line = cursor.lines.to(text.window, cursor.at);
  while (!text.window.done) {
    if (text.window.end > 0x7fff0000) throw unreadable('value', 'formats.too-large', { limit: '2 GB' });
    if (!(await cursor.more())) break;
  }
  const end = await cursor.scan();
  if (end < 0) {
    const { code, key, params } = faultText(scanner, 'file');
    cursor.refuse(scanner.badByte < 0 ? code : 'encoding', scanner.faultAt, key, params);
    return;
  }
  if (scanner.badByte >= 0) return cursor.refuse('encoding', scanner.badByte, ...badText(text.encoding));
  const after = scanner.space(end);
  const starts = lists ? listStarts(scanner) : null;
  const lengths = starts?.map((start) => countElements(text.window.bytes, text.window.data, start, end));
  if (starts && lengths && lengths.every((n) => n === lengths[0] && n > 0)) {
    out.format.detail.shape = 'columns';
    yield* readColumns(cursor, starts, lengths[0]);
  } else if (starts && starts.every((start) => onlyStrings(text.window.bytes, text.window.data, start, end))) {
    out.format.detail.shape = 'texts by label';
    yield* readByLabel(cursor, starts);
  } else {
    out.format.detail.shape = 'record';
    appendObject(out, scanner, line);
  }
  if (after < text.window.end) cursor.refuse('syntax', after, 'formats.after-document');
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

/** Scans the next element of an array for `put`: notes it as the scanner's first value. Returns the place behind. */
function note(scanner: Scanner, at: number): number {
  const string = scanner.bytes[at] === 0x22 ? 1 : 0;
  scanner.escapes = 0;
  const end = scanner.value(at);
  scanner.sealEscapes();
  scanner.members[2] = at + string;
  scanner.members[3] = end - string;
  scanner.members[4] = scanner.kind;
  return end;
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
      const end = note(scanner, at[column]);
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
      const end = note(scanner, at);
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
