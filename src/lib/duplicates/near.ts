import type { NearPairs } from './near-pairs';
import { sortedOrder } from '$lib/text/radix';
import { NO_SET } from './sets';

/**
 * Rank of each place, 0 best: by the first key, greatest first, among equals by the next, then by place. NaN stands behind every
 * number.
 * @param keys one value a record each, e.g. quality, then length
 */
export function rankOrder(keys: readonly Float32Array[], rows: number): Uint32Array<ArrayBuffer> {
  let order = new Uint32Array(rows).map((_, i) => i);
  // Each sort keeps the order of the one before among equals: the first key comes last.
  for (const key of keys.toReversed()) order = sortedOrder(Uint32Array.from(key, descending), order);
  const rank = new Uint32Array(rows);
  for (let r = 0; r < rows; r++) rank[order[r]] = r;
  return rank;
}

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** Whole numbers whose ascending order is the descending one of the values, NaN last; 0 and -0 are one. */
function descending(value: number): number {
  if (Number.isNaN(value)) return 0xffffffff;
  float[0] = value + 0;
  return bits[0] >>> 31 ? bits[0] : (~bits[0] & 0x7fffffff) >>> 0;
}

export interface BestBetter {
  /** Greatest similarity to an alive record ranked before; 0 where there is none, NaN where a record has no text or is not alive. */
  similarity: Float32Array<ArrayBuffer>;
  /** The record of that similarity, of several the best ranked; -1 where there is none. */
  twin: Int32Array<ArrayBuffer>;
}

/**
 * For each record its best better twin: the `near_similarity` column, in which the answer for every threshold lies. A cut at t drops
 * the records with a better twin at t or above; the best of every group stays. Time is rows + edges.
 *
 * @param rank of each record, 0 best, all different (see rankOrder)
 * @param alive 1 for each record that takes part; null: all
 * @param floor leaves edges below it out
 */
export function bestBetter(pairs: NearPairs, rank: Uint32Array, alive: Uint8Array | null, floor = 0): BestBetter {
  const { set, sets, edges } = pairs;
  const rows = set.length;
  const similarity = new Float32Array(rows);
  const twin = new Int32Array(rows).fill(-1);
  const best = bestOfSets(set, sets, rank, alive);
  for (let i = 0; i < rows; i++) {
    if (set[i] === NO_SET || (alive !== null && alive[i] === 0)) {
      similarity[i] = NaN;
      continue;
    }
    const first = best[set[i]];
    if (first === i) continue;
    similarity[i] = 1;
    twin[i] = first;
  }
  // Only the best of a set can have its best twin in another one.
  const lowest = Math.fround(floor);
  for (let e = 0; e < edges.a.length; e++) {
    const value = edges.similarity[e];
    if (value < lowest) continue;
    let worse = best[edges.a[e]];
    let better = best[edges.b[e]];
    if (worse < 0 || better < 0) continue;
    if (rank[worse] < rank[better]) [worse, better] = [better, worse];
    if (value < similarity[worse] || (value === similarity[worse] && rank[twin[worse]] < rank[better])) continue;
    similarity[worse] = value;
    twin[worse] = better;
  }
  return { similarity, twin };
}

/** The best ranked alive record of each set; -1 where none is alive. */
function bestOfSets(set: Uint32Array, sets: number, rank: Uint32Array, alive: Uint8Array | null): Int32Array {
  const best = new Int32Array(sets).fill(-1);
  for (let i = 0; i < set.length; i++) {
    const s = set[i];
    if (s === NO_SET || (alive !== null && alive[i] === 0)) continue;
    if (best[s] < 0 || rank[i] < rank[best[s]]) best[s] = i;
  }
  return best;
}
