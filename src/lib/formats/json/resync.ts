import type { Cursor } from './elements';

/** Bytes around a place that are looked at: indentation, white space, the first key. */
export const CONTEXT = 512;
const NARROW = 200;

/**
 * After a broken element (at the cursor, opening with `open`): moves the cursor to where the next one begins. If the
 * broken one began its line, that is the next line with the same indentation and opening byte; else the next comma
 * followed by an object with the records' first key. Returns false where none is found: the rest is lost.
 */
export async function nextElement(cursor: Cursor, open: number): Promise<boolean> {
  const { window } = cursor.text;
  const indent = indentation(window.bytes, cursor.at, window.base);
  const key = open === 0x7b ? (cursor.firstKey ?? firstKey(cursor)) : null;
  const line = indent && new Uint8Array([10, ...indent, open]);
  let from = cursor.at + 1;
  while (line || key) {
    const view = window.view();
    const found = line ? findLine(view, line, from) : key ? findObject(view, key, from) : -1;
    if (found >= 0) {
      cursor.at = found;
      return true;
    }
    cursor.at = Math.max(from, window.end - CONTEXT);
    if (window.done) break;
    await cursor.more();
    from = cursor.at;
  }
  do cursor.at = window.end;
  while (await cursor.more());
  return false;
}

/** White space between the start of the line and `at`; null where something else stands there. */
function indentation(bytes: Uint8Array, at: number, base: number): Uint8Array | null {
  let start = at;
  while (start > 0 && (bytes[start - 1] === 0x20 || bytes[start - 1] === 0x09)) start--;
  const lineStart = start > 0 ? bytes[start - 1] === 10 : base === 0;
  return lineStart && at - start <= NARROW ? bytes.slice(start, at) : null;
}

/** The first key of the broken element itself, if scanning got that far. */
function firstKey({ scanner }: Cursor): Uint8Array | null {
  if (scanner.count === 0 || scanner.members[1] - scanner.members[0] > NARROW) return null;
  return scanner.bytes.slice(scanner.members[0], scanner.members[1]);
}

function findLine(view: Uint8Array, line: Uint8Array, from: number): number {
  for (let at = view.indexOf(10, from - 1); at >= 0; at = view.indexOf(10, at + 1))
    if (startsWith(view, line, at)) return at + line.length - 1;
  return -1;
}

function findObject(view: Uint8Array, key: Uint8Array, from: number): number {
  for (let at = view.indexOf(0x7b, from); at >= 0; at = view.indexOf(0x7b, at + 1)) {
    let before = at - 1;
    while (before > 0 && isSpace(view[before])) before--;
    if (view[before] !== 0x2c) continue;
    let next = at + 1;
    while (isSpace(view[next])) next++;
    if (view[next] === 0x22 && startsWith(view, key, next + 1) && view[next + 1 + key.length] === 0x22) return at;
  }
  return -1;
}

function startsWith(view: Uint8Array, what: Uint8Array, at: number): boolean {
  let i = 0;
  while (i < what.length && view[at + i] === what[i]) i++;
  return i === what.length;
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 10 || byte === 13 || byte === 9;
}
