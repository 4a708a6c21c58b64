import { parseDictionary } from './dictionary-trie';
import type { Segmenter } from './segment';

/** Characters of the highest frequency, for which a matrix says which of them follow which at a word's beginning. */
const FREQUENT = 2048;
/** Two numbers for 32 of them: their bits, and how many bits are set before in the row. */
const ROW = (FREQUENT / 32) * 2;

function bitsSet(word: number): number {
  word -= (word >>> 1) & 0x55555555;
  word = (word & 0x33333333) + ((word >>> 2) & 0x33333333);
  return Math.imul((word + (word >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Rows of bits: the children of each frequent first character. With the counts, a child's place is found without a search. */
function secondCharacters(roots: number, children: Int32Array, ranks: Uint16Array): Int32Array {
  const matrix = new Int32Array(FREQUENT * ROW);
  for (let root = 1; root < Math.min(FREQUENT, roots); root++) {
    const row = root * ROW;
    for (let child = children[root]; child < children[root + 1]; child++)
      if (ranks[child] < FREQUENT) matrix[row + (ranks[child] >>> 5) * 2] |= 1 << (ranks[child] & 31);
    for (let i = row, before = 0; i < row + ROW; i += 2) {
      matrix[i + 1] = before;
      before += bitsSet(matrix[i]);
    }
  }
  return matrix;
}

/**
 * jieba's segmentation by dictionary (its `cut` without the hidden Markov model): of all ways to cut a run into words of the dictionary,
 * the one of greatest probability, the longer word on a tie; a character that begins no word stands alone. `words` is in the form of
 * lists/dictionary.ts, `total` the sum of all frequencies.
 *
 * The time goes to the memory's delay and to mispredicted branches. So what texts often ask for lies together (characters are numbered
 * by frequency, siblings stand in that order), the second character, where most look-ups end, is asked of a matrix of bits, the
 * following ones of a sieve, and the search among siblings has no branch but its loop.
 */
export function dictionarySegmenter(words: string, total: number): Segmenter {
  const { rankOf, roots, ranks, children, sieves, weights } = parseDictionary(words, total);
  const matrix = secondCharacters(roots, children, ranks);
  let score = new Float64Array(256);
  let next = new Int32Array(256);
  let run = new Uint16Array(256);

  const child = (node: number, rank: number): number => {
    let low = children[node];
    let n = children[node + 1] - low;
    while (n > 1) {
      const half = n >>> 1;
      low += half & ((ranks[low + half] - rank - 1) >> 31);
      n -= half;
    }
    return n && ranks[low] === rank ? low : 0;
  };

  return (codes, runs, runCount, ends) => {
    let count = 0;
    for (let r = 0; r < runCount; r++) {
      const start = runs[2 * r];
      const length = runs[2 * r + 1] - start;
      if (score.length <= length) {
        score = new Float64Array(2 * length);
        next = new Int32Array(2 * length);
        run = new Uint16Array(2 * length);
      }
      score[length] = 0;
      let second = 0;
      for (let i = length - 1; i >= 0; i--) {
        const code = codes[start + i];
        const root = code < 0x10000 ? rankOf[code] : 0;
        run[i] = root;
        // A character alone is always a way.
        let best = weights[2 * root + 1] + score[i + 1];
        let to = i + 1;
        let node = 0;
        if (root >= FREQUENT || second >= FREQUENT) node = child(root, second);
        else {
          const at = root * ROW + (second >>> 5) * 2;
          const bits = matrix[at];
          const bit = 1 << second;
          if (bits & bit) node = children[root] + matrix[at + 1] + bitsSet(bits & (bit - 1));
        }
        for (let j = i + 2; node; j++) {
          const way = weights[2 * node + 1] + score[j];
          if (way >= best) {
            best = way;
            to = j;
          }
          if (j === length || !((sieves[2 * node] >>> run[j]) & 1)) break;
          node = child(node, run[j]);
        }
        second = root;
        score[i] = best;
        next[i] = to;
      }
      for (let i = 0; i < length;) {
        i = next[i];
        ends[count++] = start + i;
      }
    }
    return count;
  };
}
