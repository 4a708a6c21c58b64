/** Alike records while a cut before the step that compares them is dragged: where the best of a group falls away, the next one stays. */
import type { Edges } from '$lib/duplicates/edges';
import { NO_SET } from '$lib/duplicates/sets';
import { LISTED, minus, plus, Positions } from './positions';

/** Records of which only one stays, and who goes before whom. */
export interface Rivals {
  /** Set of each record; records of one set are alike. NO_SET: of none. */
  set: Uint32Array;
  sets: number;
  /** Which sets are alike too; null: none. */
  joined: Joined | null;
  /** Rank of each record, 0 first; null: its place. */
  rank: Uint32Array | null;
}

/** The sets joined to set s are `others` from `starts[s]` to before `starts[s + 1]`. */
export interface Joined {
  starts: Uint32Array;
  others: Uint32Array;
}

/** The sets that edges of this similarity or above join; null where there are none. */
export function joinedBy({ a, b, similarity }: Edges, least: number, sets: number): Joined | null {
  const starts = new Uint32Array(sets + 1);
  for (let e = 0; e < a.length; e++) {
    if (similarity[e] < least) continue;
    starts[a[e] + 1]++;
    starts[b[e] + 1]++;
  }
  for (let s = 0; s < sets; s++) starts[s + 1] += starts[s];
  if (starts[sets] === 0) return null;
  const others = new Uint32Array(starts[sets]);
  const next = starts.slice();
  for (let e = 0; e < a.length; e++) {
    if (similarity[e] < least) continue;
    others[next[a[e]]++] = b[e];
    others[next[b[e]]++] = a[e];
  }
  return { starts, others };
}

/**
 * A step that compares records, at every position of the handle at once: takes from each record the positions at which a better
 * twin reaches the step too. In order of rank, so that all better ones have been seen when a record's turn comes.
 * @param alive positions at which each record reaches the step; left are those at which it stays
 * @param touched set to 1 for every record that loses a position
 * @returns per position p how many more are dropped at p than at p + 1: what is dropped at p is the sum from p on
 */
export function takeTurns(
  { set, sets, joined, rank }: Rivals,
  alive: Positions,
  touched: Uint8Array,
  positions: number,
): Int32Array {
  const { ends } = alive;
  const dropped = new Int32Array(positions + 1);
  /** Positions at which any record seen so far reaches the step, per set. */
  const ahead = new Positions(sets);
  const order = inTurn({ set, sets, joined, rank }, ends);
  for (let r = 0; r < ends.length; r++) {
    if (order[r] === 0) continue;
    const row = order[r] - 1;
    const end = ends[row];
    const own = set[row];
    const before = ahead.ends[own];
    const [from, to] = joined ? [joined.starts[own], joined.starts[own + 1]] : [0, 0];
    if (end <= before && before !== LISTED) {
      ends[row] = 0;
      touched[row] = 1;
      dropped[end]++;
      continue;
    }
    // As most are, so that nothing is allocated for who has no twin.
    if (from === to && end !== LISTED && before !== LISTED) {
      ahead.ends[own] = end;
      if (before === 0) continue;
      alive.set(row, [before, end]);
      touched[row] = 1;
      dropped[before]++;
      continue;
    }
    const mine = alive.get(row);
    let left = minus(mine, ahead.get(own));
    for (let i = from; i < to && left.length > 0; i++) left = minus(left, ahead.get(joined!.others[i]));
    ahead.set(own, plus(ahead.get(own), mine));
    if (left === mine) continue;
    count(dropped, mine, 1);
    count(dropped, left, -1);
    alive.set(row, left);
    touched[row] = 1;
  }
  return dropped;
}

/** Notes that `by` more records are counted at these positions. */
export function count(into: Int32Array, ranges: readonly number[], by: number): void {
  for (let i = 0; i < ranges.length; i += 2) {
    into[ranges[i]] -= by;
    into[ranges[i + 1]] += by;
  }
}

/** The records that are compared with another one, each one more than its place, at their ranks; 0 at all others. */
function inTurn({ set, sets, joined, rank }: Rivals, ends: Uint16Array): Uint32Array {
  const takesPart = (row: number) => ends[row] !== 0 && set[row] !== NO_SET;
  const members = new Uint8Array(sets);
  for (let row = 0; row < ends.length; row++) if (takesPart(row) && members[set[row]] < 2) members[set[row]]++;
  const order = new Uint32Array(ends.length);
  for (let row = 0; row < ends.length; row++) {
    if (!takesPart(row)) continue;
    const s = set[row];
    if (members[s] > 1 || (joined && joined.starts[s] < joined.starts[s + 1])) order[rank ? rank[row] : row] = row + 1;
  }
  return order;
}
