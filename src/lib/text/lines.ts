import { FLAGS, SPACE } from './unicode';

/**
 * Lines of a text, parted by line feeds. `starts` and `ends` bound a line as it stands, `from` and `to` without the white space
 * round it (a blank line has from = to).
 */
export class Lines {
  count = 0;
  /** Lines that are not blank. */
  filled = 0;
  starts = new Int32Array(64);
  ends = new Int32Array(64);
  from = new Int32Array(64);
  to = new Int32Array(64);

  read(codes: Uint32Array, classes: Uint8Array, length: number): void {
    this.count = 0;
    this.filled = 0;
    let begin = 0;
    for (let i = 0; i <= length; i++) {
      if (i < length && codes[i] !== 10) continue;
      let start = begin;
      let end = i;
      while (start < end && FLAGS[classes[start]] & SPACE) start++;
      while (end > start && FLAGS[classes[end - 1]] & SPACE) end--;
      if (this.count === this.starts.length) this.grow();
      this.starts[this.count] = begin;
      this.ends[this.count] = i;
      this.from[this.count] = start;
      this.to[this.count++] = end;
      if (end > start) this.filled++;
      begin = i + 1;
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
    this.from = larger(this.from);
    this.to = larger(this.to);
  }
}

let table = new Int32Array(256);
let hashes = new Int32Array(128);

/**
 * Lines equal to an earlier one: their share of all lines (empty ones left out), and their characters, as datatrove's
 * find_duplicates over the text split at runs of line feeds.
 */
export function duplicateLines(lines: Lines, codes: Uint32Array): { lines: number; chars: number } {
  const { count, starts, ends } = lines;
  if (count < 2) return { lines: 0, chars: 0 };
  let size = 256;
  while (size < count * 2) size *= 2;
  if (table.length < size) table = new Int32Array(size);
  if (hashes.length < count) hashes = new Int32Array(count * 2);
  table.fill(0, 0, size);
  let all = 0;
  let again = 0;
  let chars = 0;
  for (let l = 0; l < count; l++) {
    const start = starts[l];
    const end = ends[l];
    if (start === end) continue;
    all++;
    let hash = 0;
    for (let i = start; i < end; i++) hash = (Math.imul(hash, 0x01000193) + codes[i] + 1) | 0;
    hashes[l] = hash;
    let slot = (hash ^ (hash >>> 15)) & (size - 1);
    let known = false;
    for (; table[slot] && !known; slot = (slot + 1) & (size - 1)) {
      const other = table[slot] - 1;
      if (hashes[other] !== hash || ends[other] - starts[other] !== end - start) continue;
      let i = 0;
      while (i < end - start && codes[starts[other] + i] === codes[start + i]) i++;
      known = i === end - start;
    }
    if (known) {
      again++;
      chars += end - start;
    } else table[slot] = l + 1;
  }
  return { lines: all ? again / all : 0, chars };
}
