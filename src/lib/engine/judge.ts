/** A recipe judged over the records measured so far. */
import { decide } from '$lib/recipe/decide';
import type { Measured } from '$lib/recipe/measured';
import { compile, type Plan } from '$lib/recipe/plan';
import { KEPT, type Decision, type Recipe, type Step } from '$lib/recipe/types';
import type { Mapping } from '$lib/record/types';
import type { Blocked } from './linked';

/** Is everything there that the plan judges by? */
export function judgeable(plan: Plan, measured: Measured): boolean {
  return [...plan.columns, ...plan.groups, ...plan.classes, ...plan.sets].every((need) => measured.has(need));
}

/**
 * The recipe's plan with its steps from the first on that cannot be judged yet judging nothing (while records still come in,
 * or after a rewrite that is being measured).
 */
export function judgeablePlan(recipe: Recipe, mapping: Mapping, measured: Measured): Plan {
  const plan = compile(recipe, mapping);
  if (judgeable(plan, measured)) return plan;
  let able = 0;
  while (
    able < recipe.steps.length &&
    judgeable(compile({ ...recipe, steps: recipe.steps.slice(0, able + 1) }, mapping), measured)
  )
    able++;
  return { ...plan, steps: plan.steps.map((step) => (step.index < able ? step : { ...step, judge: null })) };
}

export const isCut = (step: Step) => 'cut' in step;
/** Steps that drop records for what other records say: neither a cut nor a share of what is left. */
export const isBlocker = (step: Step) => 'exact' in step || 'near' in step || 'semantic' in step;
/** Steps that take a share of what is left. */
export const isShare = (step: Step) => 'balance' in step || 'split' in step;

export function hasBlockers(recipe: Recipe): boolean {
  return recipe.steps.some(isBlocker);
}

/** 1 for each record that such a step drops when the recipe runs with `steps` only. */
function blockedWith(recipe: Recipe, steps: Step[], mapping: Mapping, measured: Measured): Uint8Array | null {
  const plan = compile({ ...recipe, steps }, mapping);
  if (!judgeable(plan, measured)) return null;
  return blockedIn(steps, decide(plan, measured));
}

function blockedIn(steps: readonly Step[], { fate }: Decision): Uint8Array {
  const blocks = steps.map(isBlocker);
  const out = new Uint8Array(fate.length);
  for (let row = 0; row < fate.length; row++) if (fate[row] !== KEPT && blocks[fate[row]]) out[row] = 1;
  return out;
}

/**
 * Who is dropped by steps that are no cuts: as decided for records that pass every cut; for the others as if there were no
 * cuts (a record's twins mostly fall on the same side of a cut).
 */
export function blockedBy(recipe: Recipe, mapping: Mapping, measured: Measured, decision: Decision): Blocked | null {
  if (!hasBlockers(recipe)) return null;
  const shared = recipe.steps.some(isShare);
  const left = recipe.steps.filter((step) => !isShare(step));
  const passing = (shared && blockedWith(recipe, left, mapping, measured)) || blockedIn(recipe.steps, decision);
  return { passing, failing: blockedWithoutCuts(recipe, mapping, measured) ?? passing };
}

/** Who were dropped so were there no cuts; `without`: nor this step, as while it is dragged. Null where that is not measured. */
export function blockedWithoutCuts(
  recipe: Recipe,
  mapping: Mapping,
  measured: Measured,
  without: number | null = null,
): Uint8Array | null {
  const left = recipe.steps.filter((step, i) => i !== without && !isShare(step) && !isCut(step));
  return blockedWith(recipe, left, mapping, measured);
}

/** 1 for every record that is written at least once. */
export function keptBytes({ copies }: Decision): Uint8Array {
  const kept = new Uint8Array(copies.length);
  for (let row = 0; row < copies.length; row++) kept[row] = copies[row] > 0 ? 1 : 0;
  return kept;
}
