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
