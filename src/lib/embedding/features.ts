import { HASH_SEED, hashStep, lowerOf } from '$lib/text/lexicon';
import { Text } from '$lib/text/text';
import { FLAGS, HAN } from '$lib/text/unicode';
import type { SparseRows } from './rows';

/** Terms are hashed into this many buckets: Han characters into the last eighth, words and triples of characters into the rest. */
export const BUCKETS = 1 << 20;
const HAN_BUCKETS = BUCKETS / 8;
const OTHER_BUCKETS = BUCKETS - HAN_BUCKETS;
/** Stands before and after a word in its triples of characters. */
const EDGE = 0x5f;

/** Whether a bucket is one of Han characters. */
export function isHanBucket(bucket: number): boolean {
  return bucket >= OTHER_BUCKETS;
}

const text = new Text();
/** How often each term stands in the text at hand; all zeros between texts. */
const tally = new Uint16Array(BUCKETS);

/** Lower case, full-width forms of ASCII as ASCII. */
function folded(code: number): number {
  return lowerOf(code >= 0xff01 && code <= 0xff5e ? code - 0xfee0 : code);
}

/** MurmurHash3's last mixing: every bit of the result depends on every bit. */
function mixed(hash: number): number {
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}

const wordBucket = (hash: number) => mixed(hash) % OTHER_BUCKETS;
const hanBucket = (code: number) => OTHER_BUCKETS + (mixed(code + 0x51ed270b) % HAN_BUCKETS);
const tripleBucket = (a: number, b: number, c: number) =>
  mixed(Math.imul(Math.imul(a + 1, 0x9e3779b1) ^ b, 0x85ebca6b) ^ c) % OTHER_BUCKETS;

/** A list that grows. */
class Terms {
  values = new Uint32Array(1 << 14);
  size = 0;
  reserve(more: number): void {
    if (this.size + more <= this.values.length) return;
    const values = new Uint32Array(Math.max(this.values.length * 2, this.size + more));
    values.set(this.values.subarray(0, this.size));
    this.values = values;
  }
}

/** Terms of one text, each once, at the end of `terms`; `tally` has their counts. */
function addTerms(value: string, terms: Terms): void {
  text.reset(value);
  const { codes, classes, length, words } = text;
  terms.reserve(2 * length);
  const list = terms.values;
  let size = terms.size;
  const add = (bucket: number) => {
    const count = tally[bucket];
    if (count === 0) list[size++] = bucket;
    if (count < 0xffff) tally[bucket] = count + 1;
  };
  for (let w = 0; w < words.count; w++) {
    const start = words.starts[w];
    const end = words.ends[w];
    const han = (FLAGS[classes[start]] & HAN) !== 0;
    let hash = HASH_SEED;
    let first = EDGE;
    let second = 0;
    for (let i = start; i < end; i++) {
      const code = folded(codes[i]);
      hash = hashStep(hash, code);
      if (han) add(hanBucket(code));
      else {
        if (i > start) {
          add(tripleBucket(first, second, code));
          first = second;
        }
        second = code;
      }
    }
    if (!han) add(tripleBucket(first, second, EDGE));
    add(wordBucket(hash));
  }
  terms.size = size;
}

/**
 * Terms of texts: words (see `Words`; stop words stay, their weight is low), Han characters, and elsewhere triples of
 * characters of each word with its edges (Cavnar and Trenkle 1994 mark them likewise). Case and width are folded. A null or
 * a text without letters has no terms. The same whatever texts stand beside it. Chinese words need `loadSegmenter`.
 */
export function termRows(texts: readonly (string | null)[]): SparseRows {
  const offsets = new Uint32Array(texts.length + 1);
  const terms = new Terms();
  const counts: Uint16Array[] = [];
  texts.forEach((value, row) => {
    if (value) {
      addTerms(value, terms);
      const own = terms.values.subarray(offsets[row], terms.size).sort();
      const often = new Uint16Array(own.length);
      for (let i = 0; i < own.length; i++) {
        often[i] = tally[own[i]];
        tally[own[i]] = 0;
      }
      counts.push(often);
    }
    offsets[row + 1] = terms.size;
  });
  const joined = new Uint16Array(terms.size);
  let at = 0;
  for (const often of counts) {
    joined.set(often, at);
    at += often.length;
  }
  return { offsets, terms: terms.values.slice(0, terms.size), counts: joined };
}
