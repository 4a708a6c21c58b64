/** Pairs of records that are alike, as parallel arrays: `a[i] < b[i]` are places, each pair once, in order of (a, b). */
export interface Edges {
  a: Uint32Array;
  b: Uint32Array;
  /** 0–1. */
  similarity: Float32Array;
}
