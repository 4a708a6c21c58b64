import { escapedLength, escapeInto } from '../json/escape';

const encoder = new TextEncoder();

/** Bytes of one value being written: text, or JSON text. */
export class Out {
  bytes = new Uint8Array(1 << 12);
  data = new DataView(this.bytes.buffer);
  length = 0;
  /** Set where text was not well-formed UTF-8. */
  bad = false;

  /** ASCII as it is. */
  raw(text: string): void {
    this.room(text.length);
    for (let i = 0; i < text.length; i++) this.bytes[this.length++] = text.charCodeAt(i);
  }

  /** Bytes as they are. */
  text(from: Uint8Array, start: number, end: number): void {
    this.room(end - start);
    if (end - start > 48) this.bytes.set(from.subarray(start, end), this.length);
    else for (let i = start, at = this.length; i < end; i++) this.bytes[at++] = from[i];
    this.length += end - start;
  }

  /** UTF-8 text as a JSON string. */
  quoted(from: Uint8Array, start: number, end: number): void {
    this.room(escapedLength(from, start, end));
    this.length = escapeInto(from, start, end, this.bytes, this.length);
  }

  quotedText(text: string): void {
    const bytes = encoder.encode(text);
    this.quoted(bytes, 0, bytes.length);
  }

  private room(size: number): void {
    if (this.length + size <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(this.bytes.length * 2, this.length + size));
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
    this.data = new DataView(grown.buffer);
  }
}
