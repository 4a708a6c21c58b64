import type { NearPairs } from './near-pairs';
import { NO_SET } from './sets';

/** Records by set: those of set s are `places[offsets[s]…offsets[s + 1])`. */
export interface Members {
  offsets: Uint32Array;
  places: Uint32Array;
}

/** Records of each set, ascending. */
export function membersOf(set: Uint32Array, sets: number): Members {
  const offsets = new Uint32Array(sets + 1);
  for (const s of set) if (s !== NO_SET) offsets[s + 1]++;
  for (let s = 0; s < sets; s++) offsets[s + 1] += offsets[s];
  const next = offsets.slice();
  const places = new Uint32Array(offsets[sets]);
  for (let i = 0; i < set.length; i++) if (set[i] !== NO_SET) places[next[set[i]]++] = i;
  return { offsets, places };
}

/** Where the members of a set that stand behind `place` begin. */
export function after({ offsets, places }: Members, set: number, place: number): number {
  let low = offsets[set];
  let high = offsets[set + 1];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (places[middle] > place) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Edges at `at` or above by each of their two sets. */
export function neighboursOf({ sets, edges }: NearPairs, at: number): { offsets: Uint32Array; edges: Uint32Array } {
  const least = Math.fround(at);
  const offsets = new Uint32Array(sets + 1);
  const n = edges.a.length;
  for (let e = 0; e < n; e++) {
    if (edges.similarity[e] < least) continue;
    offsets[edges.a[e] + 1]++;
    offsets[edges.b[e] + 1]++;
  }
  for (let s = 0; s < sets; s++) offsets[s + 1] += offsets[s];
  const next = offsets.slice();
  const out = new Uint32Array(offsets[sets]);
  for (let e = 0; e < n; e++) {
    if (edges.similarity[e] < least) continue;
    out[next[edges.a[e]]++] = e;
    out[next[edges.b[e]]++] = e;
  }
  return { offsets, edges: out };
}
