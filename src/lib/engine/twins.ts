/** Equal records while a cut before the `exact` step is dragged: where the first of a group falls away, the next one stays. */
import type { Groups } from '$lib/duplicates/groups';
import { decide } from '$lib/recipe/decide';
import type { Measured } from '$lib/recipe/measured';
import { compile } from '$lib/recipe/plan';
import { KEPT, type Recipe } from '$lib/recipe/types';
import type { Mapping } from '$lib/record/types';
import { judgeable } from './judge';

/** The handle that is held; the other end of the cut stays where it is. */
export interface HeldEnd {
  side: 'min' | 'max';
  /** ∓Infinity where the other end is open. */
  other: number;
}

/** Who stands for whom, wherever the handle goes. */
export interface Twins {
  /** The `exact` step. */
  step: number;
  /** 1 for records that an `exact` step before the dragged cut drops. */
  gone: Uint8Array;
  /** 1 for records that stay nowhere: an earlier twin stays wherever they would. */
  never: Uint8Array;
  /**
   * For records with an earlier twin that falls away before they do: the outermost value of such twins. Up to it (from it, for
   * the upper handle) the record is a duplicate, beyond it stays. NaN for all others.
   */
  until: Float32Array;
}

/**
 * For each record that reaches the `exact` step whether, and from where on, an earlier twin stands in its way.
 * @param reaches 1 for records that every step before keeps, the dragged cut aside
 * @param values of the dragged column; a record without a value (NaN) is always inside the cut
 */
export function takeTurns(
  { ids, count }: Groups,
  reaches: Uint8Array,
  values: Float32Array,
  { side, other }: HeldEnd,
): Pick<Twins, 'never' | 'until'> {
  const never = new Uint8Array(reaches.length);
  const until = new Float32Array(reaches.length).fill(NaN);
  // The upper handle is the lower one seen from the other end.
  const sign = side === 'min' ? 1 : -1;
  const outermost = new Float32Array(count).fill(-Infinity);
  const met = new Uint8Array(count);
  for (let row = 0; row < reaches.length; row++) {
    const value = Number.isNaN(values[row]) ? Infinity : sign * values[row];
    if (!reaches[row] || (value !== Infinity && value > sign * other)) continue;
    const group = ids[row];
    if (met[group] === 0) met[group] = 1;
    else if (outermost[group] >= value) never[row] = 1;
    else until[row] = sign * outermost[group];
    if (value > outermost[group]) outermost[group] = value;
  }
  return { never, until };
}

/**
 * Twins under a recipe whose cut at index `at` is dragged (`inserted`: the cut is not in the recipe yet). Null where no
 * `exact` step follows, where more than one does, or where not all is measured.
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
  const later = recipe.steps.flatMap((step, index) => ('exact' in step && index >= at ? [index] : []));
  if (later.length !== 1) return null;
  const [step] = later;
  const before = recipe.steps.slice(0, step).filter((one, i) => (inserted || i !== at) && !('balance' in one));
  const reaching = compile({ ...recipe, steps: before }, mapping);
  const body = recipe.steps[step];
  if (!('exact' in body) || !judgeable(reaching, measured)) return null;
  const { groups } = compile({ ...recipe, steps: recipe.steps.slice(0, step + 1) }, mapping);
  const need = groups.findLast(({ on }) => JSON.stringify(on) === JSON.stringify(body.exact.on));
  if (!need || !measured.has(need)) return null;
  const { fate } = decide(reaching, measured);
  const reaches = Uint8Array.from(fate, (one) => Number(one === KEPT));
  const gone = Uint8Array.from(fate, (one) => Number(one !== KEPT && 'exact' in before[one]));
  return { step, gone, ...takeTurns(measured.groups(need), reaches, values, held) };
}
