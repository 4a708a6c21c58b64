/** JSON text as bytes: copied without white space, or rewritten to the canonical form. The text is known to be valid JSON. */
import { ByteSink } from './bytes';

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_ARRAY = 0x5b;
const CLOSE_ARRAY = 0x5d;

/** Objects nested deeper (readers take 512 levels) keep the order of their keys in the canonical form: the stack is not endless. */
const DEEPEST = 600;

/** Per byte: whether, behind a backslash, it makes the shortest escape of a character that needs one. */
const SHORTEST = new Uint8Array(256);
for (const letter of '"\\bfnrt') SHORTEST[letter.charCodeAt(0)] = 1;

const isSpace = (code: number) => code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;

/** Strings longer than this are searched and copied natively, shorter ones in a loop. */
const SHORT = 32;

/** Index behind the string whose opening quote stands at `at`. */
export function skipString(bytes: Uint8Array, at: number, end: number): number {
  const near = Math.min(end, at + SHORT);
  let i = at + 1;
  for (; i < near; i++) {
    const code = bytes[i];
    if (code === BACKSLASH) i++;
    else if (code === QUOTE) return i + 1;
  }
  for (;;) {
    const quote = bytes.indexOf(QUOTE, i);
    if (quote < 0 || quote >= end) return end;
    let before = quote - 1;
    while (bytes[before] === BACKSLASH) before--;
    if ((quote - before) % 2 === 1) return quote + 1;
    i = quote + 1;
  }
}

/** Index of the first byte from `at` that is no JSON white space. */
export function skipSpace(bytes: Uint8Array, at: number, end: number): number {
  while (at < end && isSpace(bytes[at])) at++;
  return at;
}

/** Copies a JSON value without the white space between its tokens; strings and digits stay as they stand. */
export function writeCompact(bytes: Uint8Array, start: number, end: number, out: ByteSink): void {
  out.ensure(end - start);
  const { buffer } = out;
  let to = out.length;
  for (let at = start; at < end;) {
    const code = bytes[at];
    if (code === QUOTE) {
      const stop = skipString(bytes, at, end);
      if (stop - at > SHORT) {
        buffer.set(bytes.subarray(at, stop), to);
        to += stop - at;
        at = stop;
      } else while (at < stop) buffer[to++] = bytes[at++];
      continue;
    }
    at++;
    if (code > 0x20 || !isSpace(code)) buffer[to++] = code;
  }
  out.length = to;
}

/** Copies a JSON value in canonical form: no white space, keys sorted by UTF-16 code unit, strings with the fewest escapes. */
export function writeCanonical(bytes: Uint8Array, start: number, end: number, out: ByteSink): void {
  canonicalValue(bytes, skipSpace(bytes, start, end), end, out, 0);
}

function canonicalValue(bytes: Uint8Array, at: number, end: number, out: ByteSink, depth: number): number {
  const code = bytes[at];
  if (code === QUOTE) return canonicalString(bytes, at, end, out);
  if (depth > DEEPEST && (code === OPEN_OBJECT || code === OPEN_ARRAY)) {
    const stop = skipNested(bytes, at, end);
    writeCompact(bytes, at, stop, out);
    return stop;
  }
  if (code === OPEN_OBJECT) return canonicalObject(bytes, at, end, out, depth);
  if (code === OPEN_ARRAY) return canonicalArray(bytes, at, end, out, depth);
  const begin = at;
  while (
    at < end &&
    !isSpace(bytes[at]) &&
    bytes[at] !== COMMA &&
    bytes[at] !== CLOSE_OBJECT &&
    bytes[at] !== CLOSE_ARRAY
  )
    at++;
  out.copy(bytes, begin, at);
  return at;
}

/** Index behind the array or object that opens at `at`, by counting brackets. */
export function skipNested(bytes: Uint8Array, at: number, end: number): number {
  let open = 0;
  while (at < end) {
    const code = bytes[at];
    if (code === QUOTE) {
      at = skipString(bytes, at, end);
      continue;
    }
    at++;
    if (code === OPEN_OBJECT || code === OPEN_ARRAY) open++;
    else if ((code === CLOSE_OBJECT || code === CLOSE_ARRAY) && --open === 0) return at;
  }
  return end;
}

function canonicalString(bytes: Uint8Array, at: number, end: number, out: ByteSink): number {
  const stop = skipString(bytes, at, end);
  if (isPlain(bytes, at, stop)) out.copy(bytes, at, stop);
  else out.jsonString(JSON.parse(decode(bytes.subarray(at, stop))) as string);
  return stop;
}

/** Whether a string's escapes are all of the short kind that must be there: then it is canonical as it stands. */
function isPlain(bytes: Uint8Array, at: number, stop: number): boolean {
  if (stop - at <= SHORT) {
    for (let i = at; i < stop; i++) if (bytes[i] === BACKSLASH && !SHORTEST[bytes[++i]]) return false;
    return true;
  }
  const string = bytes.subarray(at, stop);
  for (let i = string.indexOf(BACKSLASH); i >= 0; i = string.indexOf(BACKSLASH, i + 2))
    if (!SHORTEST[string[i + 1]]) return false;
  return true;
}

function canonicalArray(bytes: Uint8Array, at: number, end: number, out: ByteSink, depth: number): number {
  out.byte(OPEN_ARRAY);
  at = skipSpace(bytes, at + 1, end);
  for (let first = true; at < end && bytes[at] !== CLOSE_ARRAY; first = false) {
    if (!first) {
      if (bytes[at] !== COMMA) break;
      out.byte(COMMA);
      at = skipSpace(bytes, at + 1, end);
    }
    at = skipSpace(bytes, canonicalValue(bytes, at, end, out, depth + 1), end);
  }
  out.byte(CLOSE_ARRAY);
  return at + 1;
}

function canonicalObject(bytes: Uint8Array, at: number, end: number, out: ByteSink, depth: number): number {
  const opened = out.length;
  out.byte(OPEN_OBJECT);
  at = skipSpace(bytes, at + 1, end);
  // Members one after another, each with its comma: [start of the key, end of the key, end of the member] in `out`.
  const marks: number[] = [];
  let sorted = true;
  while (at < end && bytes[at] === QUOTE) {
    const key = out.length;
    at = skipSpace(bytes, canonicalString(bytes, at, end, out), end);
    const keyEnd = out.length;
    out.byte(0x3a);
    at = skipSpace(bytes, canonicalValue(bytes, skipSpace(bytes, at + 1, end), end, out, depth + 1), end);
    const last = marks.length - 3;
    if (sorted && last >= 0 && compareKeys(out.buffer, marks[last], marks[last + 1], key, keyEnd) > 0) sorted = false;
    out.byte(COMMA);
    marks.push(key, keyEnd, out.length);
    if (bytes[at] !== COMMA) break;
    at = skipSpace(bytes, at + 1, end);
  }
  if (!sorted) reorder(out, opened + 1, marks);
  if (marks.length > 0) out.length--;
  out.byte(CLOSE_OBJECT);
  return at + 1;
}

function reorder(out: ByteSink, from: number, marks: number[]): void {
  const before = out.buffer.slice(from, out.length);
  const order = Array.from({ length: marks.length / 3 }, (_, i) => i);
  order.sort(
    (a, b) =>
      compareKeys(before, marks[3 * a] - from, marks[3 * a + 1] - from, marks[3 * b] - from, marks[3 * b + 1] - from) ||
      a - b,
  );
  let to = from;
  for (const i of order) {
    const member = before.subarray(marks[3 * i] - from, marks[3 * i + 2] - from);
    out.buffer.set(member, to);
    to += member.length;
  }
}

/** Order of two canonical keys (quotes included) by UTF-16 code unit. */
function compareKeys(bytes: Uint8Array, a: number, aEnd: number, b: number, bEnd: number): number {
  let i = a + 1;
  let j = b + 1;
  for (; i < aEnd - 1 && j < bEnd - 1; i++, j++) {
    const left = bytes[i];
    const right = bytes[j];
    // An escape stands for a lower character than its backslash; from U+E000 on bytes and code units disagree.
    if (left === BACKSLASH || right === BACKSLASH || (left >= 0xee && right >= 0xee && left !== right))
      return compareText(
        JSON.parse(decode(bytes.subarray(a, aEnd))) as string,
        JSON.parse(decode(bytes.subarray(b, bEnd))) as string,
      );
    if (left !== right) return left - right;
  }
  return aEnd - a - (bEnd - b);
}

/** Order of two strings by UTF-16 code unit. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const decode = (bytes: Uint8Array) => decoder.decode(bytes);
