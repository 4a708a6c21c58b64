import { after, membersOf, neighboursOf } from './members';
import type { NearPairs } from './near-pairs';
import { NO_SET } from './sets';

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

/** How many pairs `eachPair` would give, without making them. */
export function countPairs({ set, sets, edges }: NearPairs, at: number): number {
  const sizes = new Uint32Array(sets);
  for (const s of set) if (s !== NO_SET) sizes[s]++;
  let count = 0;
  if (at <= 1) for (const size of sizes) count += (size * (size - 1)) / 2;
  const least = Math.fround(at);
  for (let e = 0; e < edges.a.length; e++)
    if (edges.similarity[e] >= least) count += sizes[edges.a[e]] * sizes[edges.b[e]];
  return count;
}
