/**
 * Cuts Han runs into words. `codes` holds the text's code points; run r is `[runs[2r], runs[2r + 1])`. The end of every word
 * goes to `ends`, in order; the last word of a run ends where the run does. `ends` has room for one word a character.
 * Returns the number of words.
 */
export type Segmenter = (codes: Uint32Array, runs: Int32Array, runCount: number, ends: Int32Array) => number;

/** What is used of jieba-wasm: Node and browsers load it differently, so the loaded module is handed in. */
export interface Jieba {
  cut(text: string, hmm?: boolean | null): string[];
}

/** Words of the same dictionary everywhere; without jieba every Han character is a word of its own. */
export function characterSegmenter(_codes: Uint32Array, runs: Int32Array, runCount: number, ends: Int32Array): number {
  let count = 0;
  for (let r = 0; r < runCount; r++) for (let i = runs[2 * r] + 1; i <= runs[2 * r + 1]; i++) ends[count++] = i;
  return count;
}

const SOME = 4096;

function stringOf(codes: Uint32Array, start: number, end: number): string {
  let text = '';
  for (let i = start; i < end; i += SOME)
    text += String.fromCodePoint.apply(null, codes.subarray(i, Math.min(end, i + SOME)) as unknown as number[]);
  return text;
}

/** jieba's words by its dictionary alone (no hidden Markov model, so a word never depends on guesses). One call a text. */
export function jiebaSegmenter(jieba: Jieba): Segmenter {
  return (codes, runs, runCount, ends) => {
    let joined = '';
    for (let r = 0; r < runCount; r++) joined += (r ? '\n' : '') + stringOf(codes, runs[2 * r], runs[2 * r + 1]);
    let count = 0;
    let run = 0;
    let at = runs[0];
    for (const word of jieba.cut(joined, false)) {
      if (word === '\n') {
        at = runs[2 * ++run];
        continue;
      }
      let length = word.length;
      for (let i = 0; i < word.length - 1; i++) if ((word.charCodeAt(i) & 0xfc00) === 0xd800) length--;
      at += length;
      ends[count++] = at;
    }
    return count;
  };
}

let current: Segmenter = characterSegmenter;

/** Sets the segmenter of this thread. */
export function useSegmenter(segmenter: Segmenter): void {
  current = segmenter;
}

export function segmentHan(codes: Uint32Array, runs: Int32Array, runCount: number, ends: Int32Array): number {
  return current(codes, runs, runCount, ends);
}
