import { rankOf, type Vocabulary } from './vocabulary';

const NONE = -1;
/** A queue's entry is rank · 2³² + place: the lowest rank comes first, of equals the first place. */
const RANK = 2 ** 32;

/**
 * Counts byte-pair tokens as tiktoken does: `split` (global) cuts a text into pieces, and in each the neighbours of lowest
 * rank are joined until none can be. A queue finds them, so a piece of n bytes takes n log n steps: Chinese, which has no
 * spaces, comes in long ones.
 */
export class PairCounter {
  private bytes = new Uint8Array(1024);
  private next = new Int32Array(1024);
  private before = new Int32Array(1024);
  /** Rank of the part that begins here joined with the one behind it; NONE where there is none, or no part begins. */
  private ranks = new Int32Array(1024);
  private queue = new Float64Array(3072);
  private queued = 0;
  private readonly split: RegExp;

  constructor(
    private readonly vocabulary: Vocabulary,
    split: RegExp,
  ) {
    this.split = new RegExp(split);
  }

  /** Tokens of a text; lone surrogates count as U+FFFD. */
  count(text: string): number {
    const { split } = this;
    let tokens = 0;
    let from = 0;
    split.lastIndex = 0;
    while (from < text.length && split.test(text)) {
      const to = split.lastIndex;
      const size = this.encode(text, from, to);
      tokens += size === 1 || rankOf(this.vocabulary, this.bytes, 0, size) >= 0 ? 1 : this.parts(size);
      from = to;
    }
    return tokens;
  }

  /** Puts the UTF-8 of `text[from, to)` into `bytes`; returns its length. */
  private encode(text: string, from: number, to: number): number {
    if ((to - from) * 3 > this.bytes.length) this.grow((to - from) * 3);
    const b = this.bytes;
    let n = 0;
    for (let i = from; i < to; i++) {
      let c = text.charCodeAt(i);
      if (c < 0x80) {
        b[n++] = c;
        continue;
      }
      if (c >= 0xd800 && c < 0xe000) {
        const low = c < 0xdc00 && i + 1 < to ? text.charCodeAt(i + 1) : 0;
        if (low >= 0xdc00 && low < 0xe000) {
          c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
          i++;
        } else c = 0xfffd;
      }
      if (c < 0x800) b[n++] = 0xc0 | (c >> 6);
      else {
        if (c < 0x10000) b[n++] = 0xe0 | (c >> 12);
        else {
          b[n++] = 0xf0 | (c >> 18);
          b[n++] = 0x80 | ((c >> 12) & 63);
        }
        b[n++] = 0x80 | ((c >> 6) & 63);
      }
      b[n++] = 0x80 | (c & 63);
    }
    return n;
  }

  private grow(size: number): void {
    this.bytes = new Uint8Array(size * 2);
    this.next = new Int32Array(size * 2);
    this.before = new Int32Array(size * 2);
    this.ranks = new Int32Array(size * 2);
    // Every join takes one entry off and puts two on: three a byte are never exceeded.
    this.queue = new Float64Array(size * 6);
  }

  /** Parts that are left of the first `size` bytes when no two neighbours can be joined. */
  private parts(size: number): number {
    const { vocabulary, bytes, next, before, ranks } = this;
    const { pairs } = vocabulary;
    this.queued = 0;
    for (let i = 0; i < size; i++) {
      next[i] = i + 1;
      before[i] = i - 1;
      ranks[i] = i + 1 < size ? pairs[(bytes[i] << 8) | bytes[i + 1]] : NONE;
      if (ranks[i] !== NONE) this.push(ranks[i], i);
    }
    let parts = size;
    while (this.queued > 0) {
      const first = this.pop();
      const at = first % RANK;
      // What was queued before a neighbour changed counts no more.
      if (ranks[at] !== (first - at) / RANK) continue;
      const gone = next[at];
      const end = next[gone];
      next[at] = end;
      if (end < size) before[end] = at;
      ranks[gone] = NONE;
      parts--;
      ranks[at] = end < size ? rankOf(vocabulary, bytes, at, next[end]) : NONE;
      if (ranks[at] !== NONE) this.push(ranks[at], at);
      const left = before[at];
      if (left < 0) continue;
      ranks[left] = rankOf(vocabulary, bytes, left, end);
      if (ranks[left] !== NONE) this.push(ranks[left], left);
    }
    return parts;
  }

  private push(rank: number, at: number): void {
    const { queue } = this;
    const entry = rank * RANK + at;
    let i = this.queued++;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (queue[parent] <= entry) break;
      queue[i] = queue[parent];
      i = parent;
    }
    queue[i] = entry;
  }

  private pop(): number {
    const { queue } = this;
    const first = queue[0];
    const entry = queue[--this.queued];
    for (let i = 0; ;) {
      let child = 2 * i + 1;
      if (child + 1 < this.queued && queue[child + 1] < queue[child]) child++;
      if (child >= this.queued || queue[child] >= entry) {
        queue[i] = entry;
        return first;
      }
      queue[i] = queue[child];
      i = child;
    }
  }
}
