import type { NearPairs } from './near-pairs';
import { NO_SET } from './sets';

/** Groups of records; members of group g are `places[offsets[g]…offsets[g + 1])`, ascending. */
export interface NearGroups {
  count: number;
  /** count + 1 entries. */
  offsets: Uint32Array<ArrayBuffer>;
  places: Uint32Array<ArrayBuffer>;
}

/**
 * Connected components of two and more alive records under pairs at `at` or above; the largest first, equal ones by their first place.
 * In a chain the ends may be less alike than that.
 */
export function nearGroups(pairs: NearPairs, at: number, alive: Uint8Array | null = null): NearGroups {
  const { set, edges } = pairs;
  const there = (i: number) => set[i] !== NO_SET && (alive === null || alive[i] === 1);
  const present = new Uint8Array(pairs.sets);
  for (let i = 0; i < set.length; i++) if (there(i)) present[set[i]] = 1;
  const root = components(pairs.sets, function* () {
    const least = Math.fround(at);
    for (let e = 0; e < edges.a.length; e++)
      if (edges.similarity[e] >= least && present[edges.a[e]] && present[edges.b[e]]) yield [edges.a[e], edges.b[e]];
  });
  const sizes = new Uint32Array(pairs.sets);
  for (let i = 0; i < set.length; i++) if (there(i)) sizes[root[set[i]]]++;
  const firsts: number[] = [];
  const seen = new Uint8Array(pairs.sets);
  for (let i = 0; i < set.length; i++) {
    if (!there(i)) continue;
    const group = root[set[i]];
    if (sizes[group] < 2 || seen[group]) continue;
    seen[group] = 1;
    firsts.push(group);
  }
  // The sort is stable: groups of one size stay in order of their first place.
  firsts.sort((a, b) => sizes[b] - sizes[a]);
  const offsets = new Uint32Array(firsts.length + 1);
  const next = new Uint32Array(pairs.sets);
  firsts.forEach((group, g) => {
    next[group] = offsets[g];
    offsets[g + 1] = offsets[g] + sizes[group];
  });
  const places = new Uint32Array(offsets[firsts.length]);
  for (let i = 0; i < set.length; i++) {
    if (!there(i)) continue;
    const group = root[set[i]];
    if (seen[group]) places[next[group]++] = i;
  }
  return { count: firsts.length, offsets, places };
}

/** Least number of each one's component (union–find, path halving; the smaller root wins). */
function components(count: number, joins: () => Iterable<[number, number]>): Uint32Array {
  const parent = new Uint32Array(count);
  for (let i = 0; i < count; i++) parent[i] = i;
  const find = (i: number) => {
    while (parent[i] !== i) i = parent[i] = parent[parent[i]];
    return i;
  };
  for (const [a, b] of joins()) {
    const x = find(a);
    const y = find(b);
    if (x < y) parent[y] = x;
    else parent[x] = y;
  }
  for (let i = 0; i < count; i++) parent[i] = find(i);
  return parent;
}

/**
 * Every pair of records at `at` or above, a < b, in order of (a, b); made one record at a time, however many there are.
 */
export function* eachPair(pairs: NearPairs, at: number): Generator<{ a: number; b: number; similarity: number }> {
  const { set, sets, edges } = pairs;
  const members = membersOf(set, sets);
  const near = neighboursOf(pairs, at);
  for (let a = 0; a < set.length; a++) {
    const own = set[a];
    if (own === NO_SET) continue;
    const found: { b: number; similarity: number }[] = [];
    const take = (s: number, similarity: number) => {
      for (let m = after(members, s, a); m < members.offsets[s + 1]; m++)
        found.push({ b: members.places[m], similarity });
    };
    if (at <= 1) take(own, 1);
    let mixed = false;
    for (let k = near.offsets[own]; k < near.offsets[own + 1]; k++) {
      const e = near.edges[k];
      take(edges.a[e] === own ? edges.b[e] : edges.a[e], edges.similarity[e]);
      mixed = true;
    }
    if (mixed) found.sort((x, y) => x.b - y.b);
    for (const { b, similarity } of found) yield { a, b, similarity };
  }
}

interface Members {
  offsets: Uint32Array;
  places: Uint32Array;
}

/** Records of each set, ascending. */
function membersOf(set: Uint32Array, sets: number): Members {
  const offsets = new Uint32Array(sets + 1);
  for (const s of set) if (s !== NO_SET) offsets[s + 1]++;
  for (let s = 0; s < sets; s++) offsets[s + 1] += offsets[s];
  const next = offsets.slice();
  const places = new Uint32Array(offsets[sets]);
  for (let i = 0; i < set.length; i++) if (set[i] !== NO_SET) places[next[set[i]]++] = i;
  return { offsets, places };
}

/** Where the members of a set that stand behind `place` begin. */
function after({ offsets, places }: Members, set: number, place: number): number {
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
function neighboursOf({ sets, edges }: NearPairs, at: number): { offsets: Uint32Array; edges: Uint32Array } {
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
