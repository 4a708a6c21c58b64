import { HASH_SEED, hashStep, lowerOf } from './lexicon';
import { wordLists } from './lists';
import { segmentHan } from './segment';
import { FLAGS, HAN, LETTER, MARK, NUMBER } from './unicode';

const WORD = LETTER | NUMBER;

/**
 * Words of a text: Han runs as the segmenter cuts them, elsewhere runs of letters and digits (marks continue a run).
 * Every word gets the number of its lower-cased form, so that later steps compare numbers; no string is made.
 */
export class Words {
  count = 0;
  starts = new Int32Array(256);
  ends = new Int32Array(256);
  /** Number of each word's form, from 0 in order of first appearance. */
  ids = new Int32Array(256);
  /** Forms: how many there are, where each first stands (index of a word), how often, its lists and its characters' bits. */
  distinct = 0;
  first = new Int32Array(256);
  frequency = new Int32Array(256);
  lists = new Uint32Array(256);
  bits = new Uint32Array(256);
  private hashes = new Int32Array(256);
  /** Hash of each word's lower-cased form, and its characters' bits together. */
  private wordHashes = new Int32Array(256);
  private wordBits = new Uint32Array(256);
  private table = new Int32Array(1024);
  private runs = new Int32Array(256);
  private hanEnds = new Int32Array(256);

  /** Reads the words of `length` code points, given with the class of each (see Text). */
  read(codes: Uint32Array, classes: Uint8Array, length: number): void {
    this.reserve(length);
    const { starts, ends, runs, wordHashes, wordBits } = this;
    let n = 0;
    let runCount = 0;
    for (let i = 0; i < length;) {
      const flags = FLAGS[classes[i]];
      if (!(flags & (WORD | HAN))) {
        i++;
        continue;
      }
      const from = i++;
      if (flags & HAN) {
        while (i < length && FLAGS[classes[i]] & HAN) i++;
        runs[2 * runCount] = from;
        runs[2 * runCount + 1] = i;
        runCount++;
        ends[n] = -i;
      } else {
        let bits = flags;
        let hash = hashStep(HASH_SEED, lowerOf(codes[from]));
        for (; i < length; i++) {
          const f = FLAGS[classes[i]];
          if (f & HAN || !(f & (WORD | MARK))) break;
          bits |= f;
          hash = hashStep(hash, lowerOf(codes[i]));
        }
        wordHashes[n] = hash;
        wordBits[n] = bits;
        ends[n] = i;
      }
      starts[n++] = from;
    }
    this.count = runCount ? this.expand(codes, classes, n, runCount) : n;
    this.intern(codes);
  }

  /** Replaces each Han run (its end is negative) by its words. */
  private expand(codes: Uint32Array, classes: Uint8Array, tokens: number, runCount: number): number {
    const { starts, ends, hanEnds, wordHashes, wordBits } = this;
    const hanWords = segmentHan(codes, this.runs, runCount, hanEnds);
    const total = tokens - runCount + hanWords;
    let h = hanWords - 1;
    let to = total - 1;
    for (let t = tokens - 1; t >= 0; t--) {
      const start = starts[t];
      let end = ends[t];
      if (end >= 0) {
        starts[to] = start;
        ends[to] = end;
        wordHashes[to] = wordHashes[t];
        wordBits[to--] = wordBits[t];
        continue;
      }
      end = -end;
      while (end > start) {
        const before = h > 0 && hanEnds[h - 1] > start && hanEnds[h - 1] < end ? hanEnds[h - 1] : start;
        let bits = 0;
        let hash = HASH_SEED;
        for (let i = before; i < end; i++) {
          bits |= FLAGS[classes[i]];
          hash = hashStep(hash, lowerOf(codes[i]));
        }
        starts[to] = before;
        ends[to] = end;
        wordHashes[to] = hash;
        wordBits[to--] = bits;
        end = before;
        h--;
      }
    }
    return total;
  }

  private intern(codes: Uint32Array): void {
    const { count, starts, ends, ids, first, frequency, lists, bits, hashes, wordHashes, wordBits } = this;
    let size = 256;
    while (size < count * 2) size *= 2;
    if (this.table.length < size) this.table = new Int32Array(size);
    const { table } = this;
    table.fill(0, 0, size);
    const mask = size - 1;
    const lexicon = wordLists();
    let distinct = 0;
    for (let w = 0; w < count; w++) {
      const start = starts[w];
      const end = ends[w];
      const hash = wordHashes[w];
      let slot = (hash ^ (hash >>> 15)) & mask;
      let id = -1;
      for (; table[slot]; slot = (slot + 1) & mask) {
        const other = table[slot] - 1;
        if (hashes[other] !== hash) continue;
        const from = starts[first[other]];
        if (ends[first[other]] - from !== end - start) continue;
        let i = start;
        while (i < end && lowerOf(codes[i]) === lowerOf(codes[from + i - start])) i++;
        if (i === end) {
          id = other;
          break;
        }
      }
      if (id < 0) {
        id = distinct++;
        table[slot] = id + 1;
        hashes[id] = hash;
        first[id] = w;
        frequency[id] = 0;
        lists[id] = lexicon.lookup(codes, start, end, hash);
        bits[id] = wordBits[w];
      }
      frequency[id]++;
      ids[w] = id;
    }
    this.distinct = distinct;
  }

  /** A text of n characters has at most n words. */
  private reserve(length: number): void {
    if (this.starts.length >= length) return;
    const size = length * 2;
    this.starts = new Int32Array(size);
    this.ends = new Int32Array(size);
    this.ids = new Int32Array(size);
    this.first = new Int32Array(size);
    this.frequency = new Int32Array(size);
    this.lists = new Uint32Array(size);
    this.bits = new Uint32Array(size);
    this.hashes = new Int32Array(size);
    this.wordHashes = new Int32Array(size);
    this.wordBits = new Uint32Array(size);
    this.runs = new Int32Array(size + 2);
    this.hanEnds = new Int32Array(size);
  }
}
