import type { Vectors } from '../embedding/types';
import { DESCENT, descentLists, type DescentOptions } from './descent';
import { distinctVectors, membersOf, NONE, type Distinct } from './distinct';
import { exactLists } from './exact-neighbours';
import type { NearestLists } from './nearest-lists';
import type { Steps } from './steps';

/** The k most similar records of each record: `ids[row * k + i]` and their cosines, nearest first. */
export interface Neighbours {
  k: number;
  /** rows × k, nearest first, equal ones by place; −1 where there is none, never the record itself. */
  ids: Int32Array;
  /** rows × k cosines, −1 to 1; NaN where there is none. */
  similarity: Float32Array;
}

/** The nearest of each distinct vector among the distinct ones, by their numbers (see Distinct); −1 where there is none. */
export type DistinctNeighbours = Pick<Neighbours, 'k' | 'ids'>;

export interface FoundNeighbours extends Neighbours {
  /** Half as many again of each distinct vector, found by the way; null above 100,000 of them. */
  distinct: DistinctNeighbours | null;
}

/** Distinct vectors up to which all pairs are compared. */
export const EXACT_UP_TO = 20_000;

export interface NeighbourOptions extends Partial<DescentOptions> {
  /** Compare all pairs up to this many distinct vectors; EXACT_UP_TO unless given. */
  exactUpTo?: number;
}

/** Distinct vectors up to which `neighbours` hands on what it found among them. */
const HANDED_ON = 100_000;

/** Lists of the distinct vectors (see Distinct), exact where they are few; half as long again with `wide`. */
export function* distinctLists(
  vectors: Vectors,
  { first, sets }: Distinct,
  k: number,
  { exactUpTo = EXACT_UP_TO, ...descent }: NeighbourOptions = {},
  wide = false,
): Steps<NearestLists> {
  const most = (count: number) => Math.max(1, Math.min(count, sets - 1));
  const wanted = most(wide ? Math.ceil(k * DESCENT.wider) : k);
  if (sets <= exactUpTo) return yield* exactLists(vectors, first, wanted);
  const lists = yield* descentLists(vectors, first, most(k), descent);
  return lists.trim(wanted);
}

/**
 * The k nearest neighbours of each record by cosine: exact up to 20,000 distinct vectors, by NN-descent above (recall in
 * tests/bench/clusters.bench.ts). Equal vectors are searched once and are each other's nearest, at similarity 1. A record without a
 * vector has no neighbours and is nobody's. Throws a RangeError unless k is a whole number from 1.
 */
export function* neighbours(vectors: Vectors, k: number, options: NeighbourOptions = {}): Steps<FoundNeighbours> {
  if (!Number.isInteger(k) || k < 1) throw new RangeError(`k must be a whole number from 1, not ${k}`);
  const distinct = distinctVectors(vectors);
  const lists = yield* distinctLists(vectors, distinct, k, options, true);
  const handed = distinct.sets <= HANDED_ON ? { k: lists.k, ids: lists.ids } : null;
  return { ...expand(lists.trim(Math.min(k, lists.k)), distinct, k), distinct: handed };
}

/** From lists of distinct vectors to lists of records: a record's equals come first, and each neighbour brings its own equals. */
function expand(lists: NearestLists, distinct: Distinct, k: number): Neighbours {
  const { set, sets, first } = distinct;
  const rows = set.length;
  const ids = new Int32Array(rows * k).fill(-1);
  const similarity = new Float32Array(rows * k).fill(NaN);
  const { starts, members } = membersOf(distinct);
  const single = members.length === sets;
  for (let row = 0; row < rows; row++) {
    const s = set[row];
    if (s === NONE) continue;
    let at = row * k;
    const end = at + k;
    for (let m = starts[s]; m < starts[s + 1] && at < end; m++) {
      if (members[m] === row) continue;
      ids[at] = members[m];
      similarity[at++] = 1;
    }
    const last = (s + 1) * lists.k;
    for (let i = s * lists.k; i < last && lists.ids[i] >= 0 && at < end;) {
      const value = lists.similarity[i];
      if (single) {
        ids[at] = first[lists.ids[i++]];
        similarity[at++] = value;
        continue;
      }
      // Sets of equal similarity share their records, by place.
      const tied: number[] = [];
      for (; i < last && lists.similarity[i] === value && lists.ids[i] >= 0; i++) {
        const other = lists.ids[i];
        const room = starts[other] + end - at;
        for (let m = starts[other]; m < Math.min(starts[other + 1], room); m++) tied.push(members[m]);
      }
      if (tied.length > 1) tied.sort((a, b) => a - b);
      for (let t = 0; t < tied.length && at < end; t++) {
        ids[at] = tied[t];
        similarity[at++] = value;
      }
    }
  }
  return { k, ids, similarity };
}
