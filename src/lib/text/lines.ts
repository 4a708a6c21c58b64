import { FLAGS, SPACE } from './unicode';

/** Lines of a text, parted by line feeds, with the white space round them trimmed. A blank line has start = end. */
export class Lines {
  count = 0;
  /** Lines that are not blank. */
  filled = 0;
  starts = new Int32Array(64);
  ends = new Int32Array(64);

  read(codes: Uint32Array, classes: Uint8Array, length: number): void {
    this.count = 0;
    this.filled = 0;
    let from = 0;
    for (let i = 0; i <= length; i++) {
      if (i < length && codes[i] !== 10) continue;
      let start = from;
      let end = i;
      while (start < end && FLAGS[classes[start]] & SPACE) start++;
      while (end > start && FLAGS[classes[end - 1]] & SPACE) end--;
      if (this.count === this.starts.length) this.grow();
      this.starts[this.count] = start;
      this.ends[this.count++] = end;
      if (end > start) this.filled++;
      from = i + 1;
    }
  }

  private grow(): void {
    const larger = (old: Int32Array) => {
      const next = new Int32Array(old.length * 2);
      next.set(old);
      return next;
    };
    this.starts = larger(this.starts);
    this.ends = larger(this.ends);
  }
}
