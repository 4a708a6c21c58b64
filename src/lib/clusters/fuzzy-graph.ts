import type { Neighbours } from './neighbours';

/** Edges of a weighted graph, each direction once: `head[e]` to `tail[e]` with `weight[e]`, 0–1. */
export interface FuzzyGraph {
  head: Int32Array;
  tail: Int32Array;
  weight: Float32Array;
}

/** Weights of one record's neighbours: exp(−(d − ρ) / σ), ρ the nearest distance above 0, σ such that they add up to log2(k). */
function strengths(similarity: Float32Array, from: number, count: number, k: number, out: Float32Array): void {
  let nearest = 0;
  let mean = 0;
  for (let i = from; i < from + count; i++) {
    const d = 1 - similarity[i];
    mean += d / count;
    if (d > 0 && (nearest === 0 || d < nearest)) nearest = d;
  }
  const target = Math.log2(k);
  let low = 0;
  let high = Infinity;
  let sigma = 1;
  for (let step = 0; step < 64; step++) {
    let sum = 0;
    for (let i = from; i < from + count; i++) {
      const d = 1 - similarity[i] - nearest;
      sum += d > 0 ? Math.exp(-d / sigma) : 1;
    }
    if (Math.abs(sum - target) < 1e-5) break;
    if (sum > target) high = sigma;
    else low = sigma;
    sigma = high === Infinity ? sigma * 2 : (low + high) / 2;
  }
  sigma = Math.max(sigma, 1e-3 * mean);
  for (let i = from; i < from + count; i++) {
    const d = 1 - similarity[i] - nearest;
    out[i] = d > 0 && sigma > 0 ? Math.exp(-d / sigma) : 1;
  }
}

/**
 * The fuzzy simplicial set of a neighbour graph (McInnes, Healy & Melville 2018, section 3): each record's neighbours weighted by its own
 * scale of distance, both directions joined as a + b − ab. Distances are 1 − cosine.
 */
export function fuzzyGraph({ k, ids, similarity }: Neighbours): FuzzyGraph {
  const rows = ids.length / k;
  const own = new Float32Array(ids.length);
  const counts = new Int32Array(rows);
  for (let row = 0; row < rows; row++) {
    let count = 0;
    while (count < k && ids[row * k + count] >= 0) count++;
    counts[row] = count;
    if (count) strengths(similarity, row * k, count, k, own);
  }
  let edges = 0;
  const head = new Int32Array(ids.length * 2);
  const tail = new Int32Array(ids.length * 2);
  const weight = new Float32Array(ids.length * 2);
  const add = (from: number, to: number, value: number) => {
    head[edges] = from;
    tail[edges] = to;
    weight[edges++] = value;
  };
  for (let row = 0; row < rows; row++)
    for (let i = row * k; i < row * k + counts[row]; i++) {
      const other = ids[i];
      let back = -1;
      for (let j = other * k; j < other * k + counts[other]; j++) if (ids[j] === row) back = j;
      if (back < 0) {
        add(row, other, own[i]);
        add(other, row, own[i]);
      } else add(row, other, own[i] + own[back] - own[i] * own[back]);
    }
  return { head: head.slice(0, edges), tail: tail.slice(0, edges), weight: weight.slice(0, edges) };
}
