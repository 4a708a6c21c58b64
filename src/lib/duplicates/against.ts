import { joinShingles, type ShingleSets } from '$lib/text/shingles';
import { membersOf, neighboursOf } from './members';
import { nearSteps, type NearPairs } from './near-pairs';
import { NO_SET } from './sets';

/** Near-duplicates across two datasets: rows before `split` are the first's, from there on the second's. */
export interface AcrossPairs extends NearPairs {
  split: number;
}

/**
 * Records of one dataset that another one has too (a test set: contamination; an owned set: already have it): the same sets,
 * signatures and exact similarities as within a dataset, but only pairs across. Yields the share that is done.
 */
export function* againstSteps(
  own: ShingleSets,
  other: ShingleSets,
  settings: { floor: number; seed?: number },
): Generator<number, AcrossPairs> {
  const split = own.offsets.length - 1;
  const pairs = yield* nearSteps(joinShingles([own, other]), { ...settings, split });
  return { ...pairs, split };
}

/** `againstSteps` in one go. */
export function nearAgainst(
  own: ShingleSets,
  other: ShingleSets,
  settings: { floor: number; seed?: number },
): AcrossPairs {
  const steps = againstSteps(own, other, settings);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

export interface BestMatch {
  /** Per record of the first dataset: greatest similarity to a record of the second; 0 where there is none, NaN without text. */
  similarity: Float32Array<ArrayBuffer>;
  /** The place of that record in the second dataset, of several the first; -1 where there is none. */
  match: Int32Array<ArrayBuffer>;
}

/** What each record of the first dataset is most alike in the second: a column for an ordinary cut. Time is rows + edges. */
export function bestMatch({ set, sets, edges, split }: AcrossPairs): BestMatch {
  const first = new Int32Array(sets).fill(-1);
  for (let i = set.length - 1; i >= split; i--) if (set[i] !== NO_SET) first[set[i]] = i - split;
  const best = new Float32Array(sets);
  const at = new Int32Array(sets).fill(-1);
  for (let s = 0; s < sets; s++)
    if (first[s] >= 0) {
      best[s] = 1;
      at[s] = first[s];
    }
  const meet = (s: number, t: number, value: number) => {
    if (first[t] < 0 || value < best[s] || (value === best[s] && at[s] <= first[t])) return;
    best[s] = value;
    at[s] = first[t];
  };
  for (let e = 0; e < edges.a.length; e++) {
    meet(edges.a[e], edges.b[e], edges.similarity[e]);
    meet(edges.b[e], edges.a[e], edges.similarity[e]);
  }
  const similarity = new Float32Array(split);
  const match = new Int32Array(split).fill(-1);
  for (let i = 0; i < split; i++) {
    const s = set[i];
    similarity[i] = s === NO_SET ? NaN : best[s];
    if (s !== NO_SET) match[i] = at[s];
  }
  return { similarity, match };
}

/** Every pair across at `at` or above, in order of (a, b): a is a place of the first dataset, b of the second. */
export function* eachAcross(pairs: AcrossPairs, at: number): Generator<{ a: number; b: number; similarity: number }> {
  const { set, edges, split } = pairs;
  const members = membersOf(set.subarray(split), pairs.sets);
  const near = neighboursOf(pairs, at);
  for (let a = 0; a < split; a++) {
    const own = set[a];
    if (own === NO_SET) continue;
    const found: { b: number; similarity: number }[] = [];
    const take = (s: number, similarity: number) => {
      for (let m = members.offsets[s]; m < members.offsets[s + 1]; m++)
        found.push({ b: members.places[m], similarity });
    };
    if (at <= 1) take(own, 1);
    for (let k = near.offsets[own]; k < near.offsets[own + 1]; k++) {
      const e = near.edges[k];
      take(edges.a[e] === own ? edges.b[e] : edges.a[e], edges.similarity[e]);
    }
    found.sort((x, y) => x.b - y.b);
    for (const { b, similarity } of found) yield { a, b, similarity };
  }
}
