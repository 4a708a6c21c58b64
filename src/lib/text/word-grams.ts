import type { Words } from './words';

/** What the n-gram columns ask: for each n, computed for all n at once because an n-gram can only recur where its parts do. */
export interface WordGrams {
  /** Share of word 10-grams that recur (Data-Juicer word_repetition_filter). */
  repetition: number;
  /** Index n = 2–4: characters (words joined by spaces) of the commonest n-gram times its count; 0 where none recurs. */
  top: Float64Array;
  /** Index n = 5–10: characters in recurring n-grams, walking on by n after each (datatrove find_all_duplicate). */
  duplicate: Float64Array;
  /** Distinct word pairs. */
  pairs: number;
}

const LONGEST = 10;
function roomFor(words: number) {
  return {
    names: [new Int32Array(words), new Int32Array(words)],
    left: new Int32Array(words),
    right: new Int32Array(words),
    counts: new Int32Array(words),
    firsts: new Int32Array(words),
  };
}

let table = new Int32Array(1024);
let room = roomFor(256);

function reserve(words: number): number {
  let size = 256;
  while (size < words * 2) size *= 2;
  if (table.length < size) table = new Int32Array(size);
  if (room.left.length < words) room = roomFor(words * 2);
  return size;
}

const result: WordGrams = { repetition: 0, top: new Float64Array(5), duplicate: new Float64Array(11), pairs: 0 };

/** The result is overwritten by the next call. Exact: an n-gram is named by the pair (its first n − 1 words' name, last word), names are numbers. Linear in the words for each n. */
export function wordGrams(words: Words): WordGrams {
  result.repetition = result.pairs = 0;
  result.top.fill(0);
  result.duplicate.fill(0);
  const n0 = words.count;
  if (n0 < 2) return result;
  const size = reserve(n0);
  const mask = size - 1;
  const { ids, starts, ends } = words;
  // The loops read constants: a variable of the module is loaded and checked at every use.
  const slots = table;
  const { names, left, right, counts, firsts } = room;
  let before = names[0];
  let now = names[1];
  before.set(ids.subarray(0, n0));
  for (let n = 2; n <= LONGEST && n <= n0; n++) {
    slots.fill(0, 0, size);
    let distinct = 0;
    let recurring = 0;
    for (let i = 0; i + n <= n0; i++) {
      const a = before[i];
      // A name of −1: these n − 1 words stand only once, so the n-gram does too.
      if (a < 0 || (n > 2 && before[i + 1] < 0)) {
        now[i] = -1;
        continue;
      }
      const b = ids[i + n - 1];
      const mixed = Math.imul(Math.imul(a, 0x9e3779b1) ^ b, 0x85ebca6b);
      let slot = (mixed ^ (mixed >>> 15)) & mask;
      let name = -1;
      for (; slots[slot]; slot = (slot + 1) & mask) {
        const other = slots[slot] - 1;
        if (left[other] === a && right[other] === b) {
          name = other;
          break;
        }
      }
      if (name < 0) {
        name = distinct++;
        slots[slot] = name + 1;
        left[name] = a;
        right[name] = b;
        counts[name] = 0;
        firsts[name] = i;
      }
      if (++counts[name] === 2) recurring++;
      now[i] = name;
    }
    if (n === 2) result.pairs = distinct;
    if (!recurring) return result;
    let most = -1;
    for (let i = 0; i + n <= n0; i++) {
      const name = now[i];
      if (name >= 0 && counts[name] === 1) now[i] = -1;
      else if (name >= 0 && firsts[name] === i && (most < 0 || counts[name] > counts[most])) most = name;
    }
    if (n <= 4) {
      let size = n - 1;
      for (let w = firsts[most]; w < firsts[most] + n; w++) size += ends[w] - starts[w];
      result.top[n] = size * counts[most];
    } else {
      let chars = 0;
      for (let i = 0; i + n <= n0;) {
        const name = now[i];
        // `counts` turns into "seen by this walk": 0 once the n-gram was passed over.
        if (name >= 0 && counts[name] === 0) {
          for (let w = i; w < i + n; w++) chars += ends[w] - starts[w];
          i += n;
        } else {
          if (name >= 0) counts[name] = 0;
          i++;
        }
      }
      result.duplicate[n] = chars;
    }
    if (n === LONGEST) {
      let again = 0;
      for (let i = 0; i + n <= n0; i++) if (now[i] >= 0) again++;
      result.repetition = again / (n0 - n + 1);
    }
    [before, now] = [now, before];
  }
  return result;
}
