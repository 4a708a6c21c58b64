import type { FieldData } from '$lib/record/types';
import { copyText } from '../bytes/copy';
import { escapedLength, escapeInto, unescapeInto } from '../json/escape';

/** One field of the batch being filled. Slots left out are filled in as absent when a later one is put. */
export class FieldBuilder {
  kind: 'text' | 'json' = 'text';
  /** Slots written so far; a slot put again (a key twice in a record) replaces the first. */
  filled = 0;
  /** The column's type in a typed source. */
  arrowType: string | null = null;
  private settled = false;
  private present = 0;
  private length = 0;
  private offsets = new Int32Array(256);
  private bytes = new Uint8Array(1 << 10);
  private data = new DataView(this.bytes.buffer);
  private validity = new Uint8Array(32);

  constructor(
    readonly name: string,
    /** The key's bytes as they stand in the file, for a quick comparison. */
    readonly key: Uint8Array,
  ) {}

  /** Bytes held, offsets included. */
  get weight(): number {
    return this.length + 4 * this.filled;
  }
  /** Whether any slot is present or null. */
  get used(): boolean {
    return this.length > 0 || this.present > 0;
  }

  /** A string's text as it is. */
  text(row: number, from: Uint8Array, data: DataView, start: number, end: number): void {
    if (this.kind === 'json') {
      this.open(row, escapedLength(from, start, end));
      this.close(row, escapeInto(from, start, end, this.bytes, this.length), true);
      return;
    }
    this.open(row, end - start);
    this.settled = true;
    this.close(row, copyText(from, data, start, end, this.bytes, this.data, this.length), true);
  }

  /** The inside of a JSON string with escapes (their places from `escapeAt[e]` on), none of them a lone surrogate. */
  escaped(
    row: number,
    from: Uint8Array,
    data: DataView,
    start: number,
    end: number,
    escapeAt: Int32Array,
    e: number,
  ): void {
    if (this.kind === 'json') return this.json(row, from, data, start - 1, end + 1);
    this.open(row, end - start);
    this.settled = true;
    this.close(row, unescapeInto(from, data, start, end, this.bytes, this.data, this.length, escapeAt, e), true);
  }

  /** Text of a quoted field: `escape` before a quote or before itself is left out. */
  quoted(
    row: number,
    from: Uint8Array,
    data: DataView,
    start: number,
    end: number,
    { quote, escape }: { quote: number; escape: number },
  ): void {
    this.open(row, end - start);
    this.settled = true;
    let at = this.length;
    for (let i = from.indexOf(escape, start); i >= 0 && i + 1 < end; i = from.indexOf(escape, i)) {
      if (from[i + 1] !== quote && from[i + 1] !== escape) {
        i++;
        continue;
      }
      at = copyText(from, data, start, i, this.bytes, this.data, at);
      start = i + 1;
      i += 2;
    }
    this.close(row, copyText(from, data, start, end, this.bytes, this.data, at), true);
  }

  /** Any value's JSON text. The field is of kind `json` from here on. */
  json(row: number, from: Uint8Array, data: DataView, start: number, end: number): void {
    if (this.kind === 'text') this.toJson();
    this.open(row, end - start);
    this.close(row, copyText(from, data, start, end, this.bytes, this.data, this.length), true);
  }

  /** An explicit null. */
  nothing(row: number): void {
    this.open(row, 4);
    this.bytes[this.length] = 0x6e;
    this.bytes[this.length + 1] = 0x75;
    this.bytes[this.length + 2] = this.bytes[this.length + 3] = 0x6c;
    this.close(row, this.length + 4, false);
  }

  /** The field over `rows` slots, in buffers of its own; null where no record had it. The builder is empty after. */
  take(rows: number): FieldData | null {
    // A record begun and then refused leaves a slot behind the last row.
    if (this.filled > rows) this.open(rows, 0);
    const used = this.used;
    let data: FieldData | null = null;
    if (used) {
      this.pad(rows);
      data = {
        name: this.name,
        kind: this.kind,
        offsets: this.offsets.slice(0, rows + 1),
        bytes: this.bytes.slice(0, this.length),
        validity: this.present === rows ? null : this.validity.slice(0, (rows + 7) >> 3),
      };
      if (this.arrowType !== null) data.arrowType = this.arrowType;
    }
    this.validity.fill(0, 0, (rows + 7) >> 3);
    this.kind = 'text';
    this.settled = false;
    this.filled = this.present = this.length = 0;
    return data;
  }

  private open(row: number, size: number): void {
    if (this.filled > row) {
      this.length = this.offsets[row];
      const bit = 1 << (row & 7);
      if (this.validity[row >> 3] & bit) {
        this.validity[row >> 3] &= ~bit;
        this.present--;
      }
      this.filled = row;
    } else if (this.filled < row || row + 2 > this.offsets.length) this.pad(row);
    if (this.length + size > this.bytes.length) {
      const grown = new Uint8Array(Math.max(this.bytes.length * 2, this.length + size));
      grown.set(this.bytes.subarray(0, this.length));
      this.bytes = grown;
      this.data = new DataView(grown.buffer);
    }
  }

  private close(row: number, length: number, valid: boolean): void {
    this.length = length;
    this.offsets[row + 1] = length;
    this.filled = row + 1;
    if (valid) {
      this.validity[row >> 3] |= 1 << (row & 7);
      this.present++;
    }
  }

  private pad(rows: number): void {
    if (rows + 2 > this.offsets.length) {
      const size = Math.max(rows + 2, this.offsets.length * 2);
      const offsets = new Int32Array(size);
      offsets.set(this.offsets.subarray(0, this.filled + 1));
      this.offsets = offsets;
      const validity = new Uint8Array((size + 7) >> 3);
      validity.set(this.validity.subarray(0, Math.min(this.validity.length, validity.length)));
      this.validity = validity;
    }
    this.offsets.fill(this.length, this.filled + 1, rows + 1);
    this.filled = rows;
  }

  /** Writes the strings held so far anew as JSON strings. */
  private toJson(): void {
    this.kind = 'json';
    if (!this.settled) return;
    const { bytes, offsets, validity, filled } = this;
    const valid = (row: number) => validity[row >> 3] & (1 << (row & 7));
    let size = 0;
    for (let row = 0; row < filled; row++)
      size += valid(row) ? escapedLength(bytes, offsets[row], offsets[row + 1]) : offsets[row + 1] - offsets[row];
    const out = new Uint8Array(Math.max(bytes.length, size));
    let at = 0;
    for (let row = 0, start = 0; row < filled; row++) {
      const end = offsets[row + 1];
      if (valid(row)) at = escapeInto(bytes, start, end, out, at);
      else for (let i = start; i < end; i++) out[at++] = bytes[i];
      offsets[row + 1] = at;
      start = end;
    }
    this.bytes = out;
    this.data = new DataView(out.buffer);
    this.length = at;
  }
}
