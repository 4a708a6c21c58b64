/** Alike records while a cut before the step that compares them is dragged: where the best of a group falls away, the next one stays. */
import { NO_SET } from '$lib/duplicates/sets';
import { decide } from '$lib/recipe/decide';
import type { Measured } from '$lib/recipe/measured';
import { compile } from '$lib/recipe/plan';
import { KEPT, type Recipe } from '$lib/recipe/types';
import type { Mapping } from '$lib/record/types';
import { isBlocker, judgeable } from './judge';

/** The handle that is held; the other end of the cut stays where it is. */
export interface HeldEnd {
  side: 'min' | 'max';
  /** ∓Infinity where the other end is open. */
  other: number;
}

/** Who stands for whom, wherever the handle goes. */
export interface Twins {
  /** The step that compares. */
  step: number;
  /** 1 for records that such a step before the dragged cut drops. */
  gone: Uint8Array;
  /** 1 for records that stay nowhere: an earlier twin stays wherever they would. */
  never: Uint8Array;
  /**
   * For records with an earlier twin that falls away before they do: the outermost value of such twins. Up to it (from it, for
   * the upper handle) the record is a duplicate, beyond it stays. NaN for all others.
   */
  until: Float32Array;
}

/** Records of which only one stays, and who goes before whom. */
export interface Rivals {
  /** Set of each record; records of one set are alike. NO_SET: of none. */
  set: Uint32Array;
  sets: number;
  /** Sets that are alike. */
  edges: readonly (readonly [number, number])[];
  /** Rank of each record, 0 first; null: its place. */
  rank: Uint32Array | null;
}

/**
 * For each record that reaches the step whether, and from where on, a better twin stands in its way.
 * @param reaches 1 for records that every step before keeps, the dragged cut aside
 * @param values of the dragged column; a record without a value (NaN) is always inside the cut
 */
export function takeTurns(
  { set, sets, edges, rank }: Rivals,
  reaches: Uint8Array,
  values: Float32Array,
  { side, other }: HeldEnd,
): Pick<Twins, 'never' | 'until'> {
  const rows = reaches.length;
  // The upper handle is the lower one seen from the other end.
  const sign = side === 'min' ? 1 : -1;
  const valueOf = (row: number) => (Number.isNaN(values[row]) ? Infinity : sign * values[row]);
  /** The members of each set that take part, best first, and the outermost value among them up to each. */
  const starts = new Uint32Array(sets + 1);
  const takesPart = (row: number) => {
    if (!reaches[row] || set[row] === NO_SET) return false;
    const value = valueOf(row);
    return value === Infinity || value <= sign * other;
  };
  for (let row = 0; row < rows; row++) if (takesPart(row)) starts[set[row] + 1]++;
  for (let s = 0; s < sets; s++) starts[s + 1] += starts[s];
  const next = starts.slice();
  const members = new Uint32Array(starts[sets]);
  const outermost = new Float32Array(starts[sets]);
  const order = rank && inverse(rank);
  for (let r = 0; r < rows; r++) {
    const row = order ? order[r] : r;
    if (!takesPart(row)) continue;
    const s = set[row];
    const at = next[s]++;
    members[at] = row;
    outermost[at] = Math.max(valueOf(row), at > starts[s] ? outermost[at - 1] : -Infinity);
  }
  const before = new Float32Array(starts[sets]).fill(-Infinity);
  for (let s = 0; s < sets; s++) for (let at = starts[s] + 1; at < starts[s + 1]; at++) before[at] = outermost[at - 1];
  /** What stands in the way of members of `own` among those of `others`. */
  const meet = (own: number, others: number) => {
    let met = starts[others];
    for (let at = starts[own]; at < starts[own + 1]; at++) {
      const mine = rank ? rank[members[at]] : members[at];
      while (met < starts[others + 1] && (rank ? rank[members[met]] : members[met]) < mine) met++;
      if (met > starts[others]) before[at] = Math.max(before[at], outermost[met - 1]);
    }
  };
  for (const [a, b] of edges) {
    meet(a, b);
    meet(b, a);
  }
  const never = new Uint8Array(rows);
  const until = new Float32Array(rows).fill(NaN);
  for (let at = 0; at < members.length; at++) {
    if (before[at] === -Infinity) continue;
    if (before[at] >= valueOf(members[at])) never[members[at]] = 1;
    else until[members[at]] = sign * before[at];
  }
  return { never, until };
}

function inverse(rank: Uint32Array): Uint32Array {
  const order = new Uint32Array(rank.length);
  for (let row = 0; row < rank.length; row++) order[rank[row]] = row;
  return order;
}

/**
 * Twins under a recipe whose cut at index `at` is dragged (`inserted`: the cut is not in the recipe yet). Null where no step
 * that compares records (`exact`, `near`, `semantic`) follows, where more than one does, or where not all is measured.
 */
export function twinsOf(
  recipe: Recipe,
  mapping: Mapping,
  measured: Measured,
  values: Float32Array,
  at: number,
  inserted: boolean,
  held: HeldEnd,
): Twins | null {
  const first = inserted ? at : at + 1;
  const later = recipe.steps.flatMap((step, index) => (isBlocker(step) && index >= first ? [index] : []));
  if (later.length !== 1) return null;
  const [step] = later;
  const before = recipe.steps.slice(0, step).filter((one, i) => (inserted || i !== at) && !('balance' in one));
  const reaching = compile({ ...recipe, steps: before }, mapping);
  if (!judgeable(reaching, measured)) return null;
  const rivals = rivalsAt(recipe, step, mapping, measured);
  if (!rivals) return null;
  const { fate } = decide(reaching, measured);
  const reaches = Uint8Array.from(fate, (one) => Number(one === KEPT));
  const gone = Uint8Array.from(fate, (one) => Number(one !== KEPT && isBlocker(before[one])));
  return { step, gone, ...takeTurns(rivals, reaches, values, held) };
}

/** Who is whose rival at a step that compares records; null where that is not measured. */
function rivalsAt(recipe: Recipe, step: number, mapping: Mapping, measured: Measured): Rivals | null {
  const plan = compile({ ...recipe, steps: recipe.steps.slice(0, step + 1) }, mapping);
  const body = recipe.steps[step];
  if ('exact' in body) {
    const need = plan.groups.findLast(({ on }) => JSON.stringify(on) === JSON.stringify(body.exact.on));
    if (!need || !measured.has(need)) return null;
    const { ids, count } = measured.groups(need);
    return { set: ids, sets: count, edges: [], rank: null };
  }
  const alike = plan.steps[step].judge?.alike;
  if (!alike || !measured.has(alike.pairs)) return null;
  const { set, sets, edges } = measured.pairs(alike.pairs);
  const least = Math.fround(alike.at);
  const near: [number, number][] = [];
  for (let e = 0; e < edges.a.length; e++) if (edges.similarity[e] >= least) near.push([edges.a[e], edges.b[e]]);
  return { set, sets, edges: near, rank: measured.rank(alike.prefer) };
}
