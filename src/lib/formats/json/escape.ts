import { copyText } from '../bytes/copy';
import { hex4 } from './codes';

/** What follows a backslash, for the escapes of one letter. */
const letters = new Uint8Array(128);
for (const [letter, code] of Object.entries({
  '"': 34,
  '\\': 92,
  '/': 47,
  b: 8,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
}))
  letters[letter.charCodeAt(0)] = code;

/**
 * Writes the text of a JSON string's inside `from[start, end)` (valid, no lone surrogates) as UTF-8 at `to[at]`;
 * returns the place behind it. Never longer than the escaped form. `escapeAt[e …]` holds the places of its
 * backslashes, ascending; entries at or behind `end` are not looked at.
 */
export function unescapeInto(
  from: Uint8Array,
  fromData: DataView,
  start: number,
  end: number,
  to: Uint8Array,
  toData: DataView,
  at: number,
  escapeAt: Int32Array,
  e: number,
): number {
  let i = start;
  while (i < end) {
    const next = escapeAt[e++];
    if (!(next < end)) break;
    if (next < i) continue;
    at = copyText(from, fromData, i, next, to, toData, at);
    const letter = from[next + 1];
    if (letter !== 0x75) {
      to[at++] = letters[letter];
      i = next + 2;
      continue;
    }
    let code = hex4(from, next + 2);
    i = next + 6;
    if (code >= 0xd800 && code < 0xdc00) {
      code = 0x10000 + ((code - 0xd800) << 10) + (hex4(from, i + 2) - 0xdc00);
      i += 6;
    }
    at = encode(code, to, at);
  }
  return copyText(from, fromData, i, end, to, toData, at);
}

/** Writes a code point as UTF-8. */
function encode(code: number, to: Uint8Array, at: number): number {
  if (code < 0x80) {
    to[at] = code;
    return at + 1;
  }
  if (code < 0x800) {
    to[at] = 0xc0 | (code >> 6);
    to[at + 1] = 0x80 | (code & 0x3f);
    return at + 2;
  }
  if (code < 0x10000) {
    to[at] = 0xe0 | (code >> 12);
    to[at + 1] = 0x80 | ((code >> 6) & 0x3f);
    to[at + 2] = 0x80 | (code & 0x3f);
    return at + 3;
  }
  to[at] = 0xf0 | (code >> 18);
  to[at + 1] = 0x80 | ((code >> 12) & 0x3f);
  to[at + 2] = 0x80 | ((code >> 6) & 0x3f);
  to[at + 3] = 0x80 | (code & 0x3f);
  return at + 4;
}

/** Second letter of the short escapes; 1 for control characters that need `\u00XX`; 0 for plain bytes. */
const short = new Uint8Array(256);
short.fill(1, 0, 32);
short[8] = 0x62;
short[9] = 0x74;
short[10] = 0x6e;
short[12] = 0x66;
short[13] = 0x72;
short[34] = 34;
short[92] = 92;

/** Bytes that `escapeInto` will write for `from[start, end)`, quotes included. */
export function escapedLength(from: Uint8Array, start: number, end: number): number {
  let length = end - start + 2;
  for (let i = start; i < end; i++) {
    const s = short[from[i]];
    if (s !== 0) length += s === 1 ? 5 : 1;
  }
  return length;
}

/** Writes UTF-8 text as a JSON string with its quotes and the fewest escapes; returns the place behind it. */
export function escapeInto(from: Uint8Array, start: number, end: number, to: Uint8Array, at: number): number {
  to[at++] = 0x22;
  for (let i = start; i < end; i++) {
    const c = from[i];
    const s = short[c];
    if (s === 0) to[at++] = c;
    else {
      to[at++] = 0x5c;
      if (s !== 1) to[at++] = s;
      else {
        to[at++] = 0x75;
        to[at++] = 0x30;
        to[at++] = 0x30;
        to[at++] = 0x30 + (c >> 4);
        to[at++] = (c & 15) + ((c & 15) < 10 ? 0x30 : 0x57);
      }
    }
  }
  to[at++] = 0x22;
  return at;
}
