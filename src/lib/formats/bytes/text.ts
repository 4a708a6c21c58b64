import type { Window } from './window';

/** Text as UTF-8 bytes, whatever the file's own encoding is. */
export interface Text {
  window: Window;
  /** Where the text begins in the window (behind byte-order marks). */
  start: number;
  encoding: string;
  /** Offset in the file of a byte of the UTF-8 text. */
  offset(utf8: number): number;
  /** Whether the file's end is missing or unreadable (a damaged gzip file). */
  damaged(): boolean;
}

/** Counts line breaks as a reader moves on; positions are offsets in the UTF-8 text. */
export class Lines {
  line = 1;
  /** Counted up to here. */
  private at = 0;

  /** `mark`: the byte that ends a line. */
  constructor(
    from?: Lines,
    private readonly mark: number = from?.mark ?? 10,
  ) {
    if (from) {
      this.line = from.line;
      this.at = from.at;
    }
  }

  /** The line on which the byte at `position` of the window stands; positions must not go back. */
  to(window: Window, position: number): number {
    const { bytes, data, base } = window;
    let next = this.at - base;
    while (next < position) {
      // Four bytes at a time while none is a line break.
      if (next + 4 <= position) {
        const x = data.getInt32(next, true) ^ (this.mark * 0x01010101);
        if (((x - 0x01010101) & ~x & 0x80808080) === 0) {
          next += 4;
          continue;
        }
      }
      if (bytes[next] === this.mark) this.line++;
      next++;
    }
    this.at = base + next;
    return this.line;
  }
}
