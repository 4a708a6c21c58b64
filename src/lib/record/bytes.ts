const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const HEX = new TextEncoder().encode('0123456789abcdef');

/** Per byte below 0x60: the letter of its short escape, 1 for a `\u00xx` escape, 0 for none. */
const ESCAPES = new Uint8Array(256);
ESCAPES.fill(1, 0, 0x20);
for (const [code, letter] of [
  [8, 'b'],
  [9, 't'],
  [10, 'n'],
  [12, 'f'],
  [13, 'r'],
  [QUOTE, '"'],
  [BACKSLASH, '\\'],
] as const)
  ESCAPES[code] = letter.charCodeAt(0);

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Longest run worth reading byte by byte: beyond it TextDecoder is faster (measured on V8 with ASCII). */
const SHORT = 12;

/** UTF-8 bytes `start`…`end` as a string. */
export function decodeUtf8(bytes: Uint8Array, start: number, end: number): string {
  if (end - start <= SHORT) {
    let text = '';
    let at = start;
    for (; at < end; at++) {
      const code = bytes[at];
      if (code > 0x7f) break;
      text += String.fromCharCode(code);
    }
    if (at === end) return text;
  }
  return decoder.decode(bytes.subarray(start, end));
}

/** A growing buffer that JSON text is written to. `buffer` is only good up to `length`, and until the next write. */
export class ByteSink {
  buffer: Uint8Array<ArrayBuffer>;
  length = 0;

  constructor(capacity = 4096) {
    this.buffer = new Uint8Array(capacity);
  }

  /** Makes room for `more` bytes. */
  ensure(more: number): void {
    const need = this.length + more;
    if (need <= this.buffer.length) return;
    const grown = new Uint8Array(Math.max(need, this.buffer.length * 2));
    grown.set(this.buffer.subarray(0, this.length));
    this.buffer = grown;
  }

  byte(value: number): void {
    if (this.length === this.buffer.length) this.ensure(1);
    this.buffer[this.length++] = value;
  }

  /** Bytes `start`…`end` of `source`, as they are. */
  copy(source: Uint8Array, start = 0, end = source.length): void {
    const count = end - start;
    this.ensure(count);
    const { buffer } = this;
    let to = this.length;
    if (count < 48) for (let at = start; at < end; at++) buffer[to++] = source[at];
    else buffer.set(source.subarray(start, end), to);
    this.length += count;
  }

  /** A string as UTF-8, as it is (lone surrogates become U+FFFD). */
  text(value: string): void {
    this.ensure(value.length * 3);
    this.length += encoder.encodeInto(value, this.buffer.subarray(this.length)).written;
  }

  /** UTF-8 bytes as the inside of a JSON string, with no more escapes than JSON asks for. */
  escaped(source: Uint8Array, start: number, end: number): void {
    this.ensure((end - start) * 6);
    const { buffer } = this;
    let to = this.length;
    for (let at = start; at < end; at++) {
      const code = source[at];
      const escape = ESCAPES[code];
      if (escape === 0) {
        buffer[to++] = code;
        continue;
      }
      buffer[to++] = BACKSLASH;
      if (escape !== 1) {
        buffer[to++] = escape;
        continue;
      }
      buffer[to++] = 0x75;
      buffer[to++] = 0x30;
      buffer[to++] = 0x30;
      buffer[to++] = HEX[code >> 4];
      buffer[to++] = HEX[code & 15];
    }
    this.length = to;
  }

  /** UTF-8 bytes as a JSON string, quotes included. */
  quoted(source: Uint8Array, start = 0, end = source.length): void {
    this.byte(QUOTE);
    this.escaped(source, start, end);
    this.byte(QUOTE);
  }

  /** A string as a JSON string, quotes included; lone surrogates stay, as escapes. */
  jsonString(value: string): void {
    this.text(JSON.stringify(value));
  }

  /** What was written, as a view that the next write may change. */
  view(): Uint8Array<ArrayBuffer> {
    return this.buffer.subarray(0, this.length);
  }

  /** A copy of what was written; the sink is empty afterwards. */
  take(): Uint8Array<ArrayBuffer> {
    const bytes = this.buffer.slice(0, this.length);
    this.length = 0;
    return bytes;
  }

  toString(): string {
    return decoder.decode(this.view());
  }
}
