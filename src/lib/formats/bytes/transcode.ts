import type { Encoding } from './encoding';

/** A stretch of the file and where its UTF-8 form stands. */
interface Piece {
  raw: Uint8Array;
  rawAt: number;
  utf8At: number;
  utf8Length: number;
}

const REPLACEMENT = '\ufffd';

/**
 * Turns a text of another encoding into UTF-8 and knows the way back from an offset in that to one in the file. What
 * cannot be decoded becomes a byte that is no UTF-8, so that the readers refuse just the record that holds it.
 */
export class Transcoder {
  private pieces: Piece[] = [];
  private rawAt = 0;
  private utf8At = 0;
  private rest: Uint8Array = new Uint8Array(0);
  private readonly decoder: TextDecoder;
  private readonly encoder = new TextEncoder();

  constructor(private readonly encoding: Exclude<Encoding, 'utf-8'>) {
    this.decoder = new TextDecoder(encoding, { ignoreBOM: true });
  }

  async *run(input: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of input) {
      const bytes = concat(this.rest, chunk);
      const end = this.whole(bytes);
      this.rest = bytes.slice(end);
      if (end > 0) yield this.piece(bytes.subarray(0, end));
    }
    if (this.rest.length > 0) yield this.piece(this.rest);
  }

  /** Forgets pieces that lie wholly before an offset of the UTF-8 text. */
  forget(utf8: number): void {
    let n = 0;
    while (n < this.pieces.length - 1 && this.pieces[n + 1].utf8At <= utf8) n++;
    if (n > 0) this.pieces.splice(0, n);
  }

  /** Offset in the file of an offset in the UTF-8 text. */
  offset(utf8: number): number {
    const piece = this.pieces.findLast((p) => p.utf8At <= utf8);
    if (!piece) return 0;
    const text = this.encode(piece.raw);
    let characters = 0;
    let astral = 0;
    const end = Math.min(utf8 - piece.utf8At, piece.utf8Length);
    for (let i = 0; i < end; i++) {
      if ((text[i] & 0xc0) !== 0x80) characters++;
      if (text[i] >= 0xf0 && text[i] !== 0xff) astral++;
    }
    if (this.encoding !== 'gb18030') return piece.rawAt + (characters + astral) * 2;
    let at = 0;
    while (characters-- > 0 && at < piece.raw.length) at += gbLength(piece.raw, at);
    return piece.rawAt + at;
  }

  private piece(raw: Uint8Array): Uint8Array {
    const utf8 = this.encode(raw);
    this.pieces.push({ raw, rawAt: this.rawAt, utf8At: this.utf8At, utf8Length: utf8.length });
    this.rawAt += raw.length;
    this.utf8At += utf8.length;
    return utf8;
  }

  private encode(raw: Uint8Array): Uint8Array {
    const text = this.decoder.decode(raw);
    const bytes = this.encoder.encode(text);
    if (!text.includes(REPLACEMENT)) return bytes;
    let fatal = false;
    try {
      new TextDecoder(this.encoding, { fatal: true }).decode(raw);
    } catch {
      fatal = true;
    }
    for (let at = bytes.indexOf(0xef); fatal && at >= 0; at = bytes.indexOf(0xef, at + 1))
      if (bytes[at + 1] === 0xbf && bytes[at + 2] === 0xbd) bytes[at] = 0xff;
    return bytes;
  }

  /** Length of the part that holds whole characters. */
  private whole(bytes: Uint8Array): number {
    if (this.encoding === 'gb18030') {
      let at = 0;
      for (;;) {
        const next = at + gbLength(bytes, at);
        if (next > bytes.length || at >= bytes.length) return at;
        at = next;
      }
    }
    const even = bytes.length & ~1;
    if (even === 0) return 0;
    const high = bytes[this.encoding === 'utf-16le' ? even - 1 : even - 2];
    return high >= 0xd8 && high < 0xdc ? even - 2 : even;
  }
}

/** Bytes of the GB18030 character at `at`; 4 where too few are there to tell. */
function gbLength(bytes: Uint8Array, at: number): number {
  const a = bytes[at];
  if (a < 0x81 || a === 0xff) return 1;
  if (at + 1 >= bytes.length) return 4;
  const b = bytes[at + 1];
  return b >= 0x30 && b <= 0x39 ? 4 : b < 0x40 ? 1 : 2;
}

function concat(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b;
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
