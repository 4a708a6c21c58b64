import { sequence } from '../bytes/utf8';

/** How a table's text is written. `separator` 0: lines of plain text, one field each. `quote` 0: quotes mean nothing. */
export interface Dialect {
  separator: number;
  quote: number;
  /** What makes a quote inside a quoted field an ordinary one: the quote itself (doubled), or a backslash. */
  escape: number;
  /** Whether a lone carriage return ends a record (old Mac files, which have no line feeds). */
  cr: boolean;
}

export const Fault = { NONE: 0, OPEN_QUOTE: 1, AFTER_QUOTE: 2 } as const;

/**
 * A strict scanner for separated values over bytes (RFC 4180 with any separator): fields may be quoted, doubled quotes
 * inside (or ones behind a backslash) are one, quoted fields may hold line breaks; `\n` and `\r\n` end a record, or else `\r`. A quote inside an
 * unquoted field is an ordinary character. `bytes[end]` must be 0.
 */
export class CsvScanner {
  bytes: Uint8Array = new Uint8Array(16);
  data = new DataView(this.bytes.buffer);
  end = 0;
  /** Whether `end` is the end of the text. */
  last = false;
  /** Fields of the record read last, three numbers each: start, end, and 1 where escapes are inside. */
  fields = new Int32Array(3 * 64);
  count = 0;
  badByte = -1;
  fault: number = Fault.NONE;
  faultAt = -1;
  /** Classes of bytes: 1 where an unquoted field stops or is looked at more closely. */
  private readonly plain = new Uint8Array(256);

  constructor(readonly dialect: Dialect) {
    this.plain.fill(1, 128);
    this.plain[0] = this.plain[10] = this.plain[13] = 1;
    if (dialect.separator) this.plain[dialect.separator] = 1;
  }

  aim(bytes: Uint8Array, data: DataView, end: number, last: boolean): void {
    this.bytes = bytes;
    this.data = data;
    this.end = end;
    this.last = last;
  }

  /** Reads the record at `at`; returns the place behind its line break, or -1 where the bytes end before it does. */
  record(at: number): number {
    const { bytes, end } = this;
    const { separator, quote } = this.dialect;
    this.count = 0;
    this.badByte = -1;
    this.fault = Fault.NONE;
    for (;;) {
      if (quote && bytes[at] === quote && at < end) {
        if ((at = this.quoted(at)) < 0) return -1;
      } else {
        const start = at;
        at = this.unquoted(at);
        this.add(start, at, 0);
      }
      if (at >= end) return this.last ? end : -1;
      const c = bytes[at];
      if (c === separator && separator) {
        at++;
        if (at >= end && !this.last) return -1;
        continue;
      }
      if (c === 13 && at + 1 >= end && !this.last) return -1;
      return c === 13 && bytes[at + 1] === 10 && at + 1 < end ? at + 2 : at + 1;
    }
  }

  /** End of the unquoted field at `at`: its separator, line break, or the end of the bytes. */
  private unquoted(at: number): number {
    const { bytes, plain, end } = this;
    for (;;) {
      let c = bytes[at];
      while (plain[c] === 0) c = bytes[++at];
      if (at >= end) return end;
      if (c >= 0x80) at += this.beyond(at);
      else if (c === 0) at++;
      else if (c === 13 && !this.dialect.cr && bytes[at + 1] !== 10) {
        if (at + 1 >= end && !this.last) return end;
        at++;
      } else return at;
    }
  }

  /** A quoted field from its quote; returns the place behind it, or -1 where the bytes end inside. */
  private quoted(at: number): number {
    const { bytes, end } = this;
    const { separator, quote, escape } = this.dialect;
    const start = at + 1;
    let doubled = 0;
    at = start;
    for (;;) {
      const c = bytes[at];
      if (c >= 0x80) at += this.beyond(at);
      else if (c === escape && escape !== quote && at < end) {
        doubled = 1;
        at += 2;
        if (at > end) at = end;
      } else if (c === quote) {
        const next = at + 1 < end ? bytes[at + 1] : 0;
        if (at + 1 >= end && !this.last) return -1;
        if (next === quote && escape === quote && at + 1 < end) {
          doubled = 1;
          at += 2;
          continue;
        }
        if (at + 1 >= end || next === separator || next === 10 || next === 13) {
          this.add(start, at, doubled);
          return at + 1;
        }
        return this.afterQuote(start, at, doubled);
      } else if (c === 0 && at >= end) {
        if (!this.last) return -1;
        this.fault = Fault.OPEN_QUOTE;
        this.faultAt = start - 1;
        this.add(start, end, doubled);
        return end;
      } else at++;
    }
  }

  /** Text behind a closing quote: blanks are let pass, anything else is a fault; goes on to the field's end. */
  private afterQuote(start: number, close: number, doubled: number): number {
    const { bytes, end } = this;
    const stop = this.unquoted(close + 1);
    if (stop >= end && !this.last) return -1;
    for (let i = close + 1; i < stop; i++)
      if (bytes[i] !== 0x20 && bytes[i] !== 9 && this.fault === Fault.NONE) {
        this.fault = Fault.AFTER_QUOTE;
        this.faultAt = i;
      }
    this.add(start, close, doubled);
    return stop;
  }

  /** Length of the character beyond ASCII at `at`; bytes that are no UTF-8 are noted and passed one by one. */
  private beyond(at: number): number {
    const length = sequence(this.bytes, at);
    if (length > 0) return length;
    if (this.badByte < 0) this.badByte = at;
    return 1;
  }

  private add(start: number, end: number, doubled: number): void {
    const n = this.count * 3;
    if (n + 3 > this.fields.length) {
      const grown = new Int32Array(this.fields.length * 2);
      grown.set(this.fields);
      this.fields = grown;
    }
    this.fields[n] = start;
    this.fields[n + 1] = end;
    this.fields[n + 2] = doubled;
    this.count++;
  }
}
