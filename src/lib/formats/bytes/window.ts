/**
 * A window of bytes that moves over a stream: `bytes[0, end)` is what is held, `base` the offset of `bytes[0]` in
 * the stream. The byte at `end` is always 0, so that a scanner stops there without testing its position;
 * a few more bytes behind it may be read as well.
 */
export class Window {
  bytes = new Uint8Array(1 << 19);
  data = new DataView(this.bytes.buffer);
  end = 0;
  base = 0;
  done = false;
  private readonly input: AsyncIterator<Uint8Array>;

  /** `moved` hears of the new base whenever bytes are let go of. */
  constructor(
    input: AsyncIterable<Uint8Array>,
    private readonly moved: (base: number) => void = () => undefined,
  ) {
    this.input = input[Symbol.asyncIterator]();
  }

  /** What is held, without the spare room behind it. */
  view(): Uint8Array {
    return this.bytes.subarray(0, this.end);
  }

  /**
   * Lets go of everything before `from` and takes in more; the byte at `from` is afterwards at 0. While one record
   * fills the window, it takes in as much again as it holds, so that a long record is scanned a few times only.
   * Returns false where the stream had no more.
   */
  async more(from: number): Promise<boolean> {
    if (from > 0) {
      this.bytes.copyWithin(0, from, this.end);
      this.end -= from;
      this.base += from;
      this.moved(this.base);
    }
    const held = this.end;
    while (!this.done && (this.end === held || this.end < held * 2)) {
      const { value, done } = await this.input.next();
      if (done) {
        this.done = true;
        break;
      }
      this.append(value);
    }
    this.bytes[this.end] = 0;
    return this.end > held;
  }

  /** Stops the stream behind the window. */
  async close(): Promise<void> {
    await this.input.return?.();
  }

  private append(chunk: Uint8Array): void {
    const needed = this.end + chunk.length;
    if (needed + 8 > this.bytes.length) {
      const grown = new Uint8Array(Math.max(needed + 8, Math.min(this.bytes.length * 2, needed + (1 << 26))));
      grown.set(this.view());
      this.bytes = grown;
      this.data = new DataView(grown.buffer);
    }
    this.bytes.set(chunk, this.end);
    this.end = needed;
  }
}
