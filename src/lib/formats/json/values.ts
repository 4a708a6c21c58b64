import { sequence } from '../bytes/utf8';
import { Fault, hex, hex4, Value } from './codes';

/** Deepest nesting that is read; deeper values are refused (the interpreters of later readers have limits as well). */
export const DEPTH = 512;

/** Classes of bytes inside a string: 0 plain ASCII, 1 the quote, 2 the backslash, 3 control, 4 beyond ASCII. */
const inString = new Uint8Array(256);
inString.fill(3, 0, 32);
inString.fill(4, 128, 256);
inString[0x22] = 1;
inString[0x5c] = 2;

/**
 * A strict scanner for JSON (RFC 8259) over bytes. Each method takes a position and returns the one behind what it
 * read, or -1 and sets `fault` and `faultAt`. `bytes[end]` must be 0 or a line break. Bytes that are not UTF-8 are
 * no fault: the first one's place is left in `badByte`, so that the end of such a record is still found.
 */
export class ValueScanner {
  bytes: Uint8Array = new Uint8Array(16);
  /** The same bytes, for reading four at once. */
  data = new DataView(this.bytes.buffer);
  end = 0;
  fault: number = Fault.NONE;
  faultAt = -1;
  badByte = -1;
  /** Kind of the value `value` read last. */
  kind: number = Value.OTHER;
  /** Places of the backslashes met since `escapes` was set to 0, ascending. */
  escapeAt = new Int32Array(1024);
  escapes = 0;
  private readonly stack = new Uint8Array(DEPTH + 1);
  /** Levels that the document around a record has. */
  outer = 0;

  /** Sets what is scanned: `bytes[…, end)`. */
  aim(bytes: Uint8Array, data: DataView, end: number): void {
    this.bytes = bytes;
    this.data = data;
    this.end = end;
    this.badByte = -1;
    this.escapes = 0;
  }

  /** Position of the next byte that is not white space. */
  space(at: number): number {
    const b = this.bytes;
    let c = b[at];
    while (c === 0x20 || c === 0x0a || c === 0x0d || c === 0x09) {
      if (at >= this.end) return this.end;
      c = b[++at];
    }
    return at;
  }

  fail(fault: number, at: number): -1 {
    this.fault = at >= this.end ? Fault.END : fault;
    this.faultAt = Math.min(at, this.end);
    return -1;
  }

  /** A string's inside, from behind its opening quote; returns the place behind the closing one. */
  string(at: number): number {
    const b = this.bytes;
    const data = this.data;
    let kind: number = Value.STRING;
    for (;;) {
      let c = b[at];
      if (inString[c] === 0) {
        // Four bytes at a time while none is a quote, a backslash, a control character or beyond ASCII.
        for (;;) {
          const x = data.getInt32(at, true);
          const quote = (x ^ 0x22222222) - 0x01010101;
          const slash = (x ^ 0x5c5c5c5c) - 0x01010101;
          if (((quote | slash | (x - 0x20202020) | x) & 0x80808080) !== 0) break;
          at += 4;
        }
        c = b[at];
        while (inString[c] === 0) c = b[++at];
      }
      if (c >= 0x80) {
        // Three bytes (Han and most of the rest) are tested here, all else in `sequence`.
        if (c > 0xe0 && c < 0xf0 && c !== 0xed && (b[at + 1] & 0xc0) === 0x80 && (b[at + 2] & 0xc0) === 0x80) {
          at += 3;
          continue;
        }
        const length = sequence(b, at);
        if (length === 0) {
          if (at >= this.end) return this.fail(Fault.END, at);
          if (this.badByte < 0) this.badByte = at;
          at++;
        } else at += length;
        continue;
      }
      if (c === 0x22) {
        this.kind = kind;
        return at + 1;
      }
      if (c !== 0x5c) return this.fail(Fault.CONTROL, at);
      if (this.escapes + 1 >= this.escapeAt.length) this.growEscapes();
      this.escapeAt[this.escapes++] = at;
      const e = b[at + 1];
      if (e === 0x75) {
        const code = hex4(b, at + 2);
        if (code < 0) return this.escape(at);
        if (code >= 0xd800 && code < 0xe000) {
          const low = code < 0xdc00 && b[at + 6] === 0x5c && b[at + 7] === 0x75 ? hex4(b, at + 8) : -1;
          if (low >= 0xdc00 && low < 0xe000) {
            at += 12;
            if (kind === Value.STRING) kind = Value.ESCAPED;
            continue;
          }
          kind = Value.LONE;
        } else if (kind === Value.STRING) kind = Value.ESCAPED;
        at += 6;
      } else if (
        e === 0x6e ||
        e === 0x22 ||
        e === 0x5c ||
        e === 0x74 ||
        e === 0x2f ||
        e === 0x72 ||
        e === 0x62 ||
        e === 0x66
      ) {
        if (kind === Value.STRING) kind = Value.ESCAPED;
        at += 2;
      } else return this.escape(at);
    }
  }

  /** A broken escape: cut off by the end, or wrong. */
  private escape(at: number): -1 {
    const b = this.bytes;
    if (at + 1 >= this.end) return this.fail(Fault.END, this.end);
    if (b[at + 1] === 0x75)
      for (let i = at + 2; i < at + 6; i++) {
        if (i >= this.end) return this.fail(Fault.END, i);
        if (hex[b[i]] < 0) break;
      }
    return this.fail(Fault.ESCAPE, at);
  }

  /** A number, true, false or null. */
  scalar(at: number): number {
    const b = this.bytes;
    let c = b[at];
    this.kind = Value.OTHER;
    if (c === 0x74) return this.literal(at, 'true');
    if (c === 0x66) return this.literal(at, 'false');
    if (c === 0x6e) {
      this.kind = Value.NULL;
      return this.literal(at, 'null');
    }
    const start = at;
    if (c === 0x2d) c = b[++at];
    if (c === 0x30) c = b[++at];
    else if (c > 0x30 && c <= 0x39)
      do c = b[++at];
      while (c >= 0x30 && c <= 0x39);
    else return this.fail(at > start ? Fault.NUMBER : Fault.LITERAL, at);
    if (c === 0x2e) {
      c = b[++at];
      if (!(c >= 0x30 && c <= 0x39)) return this.fail(Fault.NUMBER, at);
      do c = b[++at];
      while (c >= 0x30 && c <= 0x39);
    }
    if (c === 0x65 || c === 0x45) {
      c = b[++at];
      if (c === 0x2b || c === 0x2d) c = b[++at];
      if (!(c >= 0x30 && c <= 0x39)) return this.fail(Fault.NUMBER, at);
      do c = b[++at];
      while (c >= 0x30 && c <= 0x39);
    }
    return at;
  }

  private literal(at: number, word: string): number {
    for (let i = 0; i < word.length; i++)
      if (this.bytes[at + i] !== word.charCodeAt(i))
        return this.fail(Fault.LITERAL, at + i >= this.end ? this.end : at);
    return at + word.length;
  }

  /** Any value that begins at `at`; `kind` says what it was. Nesting is kept on a stack of its own. */
  value(at: number): number {
    const b = this.bytes;
    const first = b[at];
    if (first === 0x22) return this.string(at + 1);
    if (first !== 0x7b && first !== 0x5b) return this.scalar(at);
    const limit = DEPTH - this.outer;
    let depth = 0;
    for (;;) {
      // A value begins at `at`.
      const c = b[at];
      if (c === 0x22) {
        if ((at = this.string(at + 1)) < 0) return -1;
      } else if (c === 0x7b) {
        if (depth >= limit) return this.fail(Fault.DEPTH, at);
        this.stack[depth++] = 1;
        at = this.space(at + 1);
        if (b[at] === 0x7d && at < this.end) {
          depth--;
          at++;
        } else {
          if ((at = this.key(at)) < 0) return -1;
          continue;
        }
      } else if (c === 0x5b) {
        if (depth >= limit) return this.fail(Fault.DEPTH, at);
        this.stack[depth++] = 0;
        at = this.space(at + 1);
        if (b[at] === 0x5d && at < this.end) {
          depth--;
          at++;
        } else continue;
      } else if ((at = this.scalar(at)) < 0) return -1;
      // A value has ended: close, or go on to the next.
      for (;;) {
        if (depth === 0) {
          this.kind = Value.OTHER;
          return at;
        }
        at = this.space(at);
        const d = b[at];
        const object = this.stack[depth - 1] === 1;
        if (d === 0x2c) {
          const next = this.space(at + 1);
          if (object) {
            if (b[next] === 0x7d) return this.fail(Fault.TRAILING_COMMA, at);
            if ((at = this.key(next)) < 0) return -1;
          } else {
            if (b[next] === 0x5d) return this.fail(Fault.TRAILING_COMMA, at);
            at = next;
          }
          break;
        }
        if (d !== (object ? 0x7d : 0x5d)) return this.fail(object ? Fault.COMMA_OBJECT : Fault.COMMA_ARRAY, at);
        depth--;
        at++;
      }
    }
  }

  /** A key with its colon; returns where the value begins. */
  key(at: number): number {
    if (this.bytes[at] !== 0x22) return this.fail(Fault.KEY, at);
    if ((at = this.string(at + 1)) < 0) return -1;
    return this.colon(at);
  }

  protected colon(at: number): number {
    at = this.space(at);
    if (this.bytes[at] !== 0x3a) return this.fail(Fault.COLON, at);
    return this.space(at + 1);
  }

  /** Puts an end behind the places of escapes. */
  sealEscapes(): void {
    this.escapeAt[this.escapes] = 0x7fffffff;
  }

  private growEscapes(): void {
    const grown = new Int32Array(this.escapeAt.length * 2);
    grown.set(this.escapeAt);
    this.escapeAt = grown;
  }
}
