/**
 * Cuts Han runs into words. `codes` holds the text's code points; run r is `[runs[2r], runs[2r + 1])`. The end of every word
 * goes to `ends`, in order; the last word of a run ends where the run does. `ends` has room for one word a character.
 * Returns the number of words.
 */
export type Segmenter = (codes: Uint32Array, runs: Int32Array, runCount: number, ends: Int32Array) => number;

/** Without the dictionary every Han character is a word of its own. */
export function characterSegmenter(_codes: Uint32Array, runs: Int32Array, runCount: number, ends: Int32Array): number {
  let count = 0;
  for (let r = 0; r < runCount; r++) for (let i = runs[2 * r] + 1; i <= runs[2 * r + 1]; i++) ends[count++] = i;
  return count;
}

let current: Segmenter = characterSegmenter;
let loading: Promise<void> | null = null;

/**
 * Loads the dictionary (1.4 MB over the wire) once a thread; its tree is made when the first Han run asks for it. Words are jieba's by dictionary alone: `cut(text, HMM = false)`. The same
 * everywhere, and about ten times as fast as jieba compiled to WebAssembly.
 */
export function loadSegmenter(): Promise<void> {
  return (loading ??= (async () => {
    const [{ dictionarySegmenter }, { TOTAL, WORDS }] = await Promise.all([
      import('./dictionary'),
      import('./lists/dictionary'),
    ]);
    current = (...run) => {
      current = dictionarySegmenter(WORDS, TOTAL);
      return current(...run);
    };
  })());
}

/** Cuts Han runs (see Segmenter) with the dictionary, or one character a word until `loadSegmenter` has run. */
export function segmentHan(codes: Uint32Array, runs: Int32Array, runCount: number, ends: Int32Array): number {
  return current(codes, runs, runCount, ends);
}
