import type { Range } from '$lib/columns/types';
import { kindOf, placeFor } from '$lib/recipe/place';
import { endsBelow } from '$lib/recipe/steps/cut';
import { FIRST_SEED, type CutStep, type Recipe, type Step } from '$lib/recipe/types';

export { kindOf, placeFor };

/** A step taken out for the moment; it stands before the recipe's step of that index. */
export interface Paused {
  before: number;
  step: Step;
}

/** A recipe and the steps that are switched off. */
export interface Draft {
  recipe: Recipe;
  paused: Paused[];
}

export function emptyRecipe(): Recipe {
  return { siftbook: 1, seed: FIRST_SEED, steps: [] };
}

/** Index of the first cut on a column, or -1. */
export function cutIndex(steps: readonly Step[], column: string): number {
  return steps.findIndex((step) => 'cut' in step && step.cut.column === column);
}

function withSteps(draft: Draft, steps: Step[], paused: Paused[]): Draft {
  return { recipe: { ...draft.recipe, steps }, paused };
}

/** Puts a step in (at its usual place, or before the step `at`). */
export function inserted(draft: Draft, step: Step, at?: number): { draft: Draft; index: number } {
  const index = at ?? placeFor(draft.recipe.steps, kindOf(step));
  const steps = [...draft.recipe.steps.slice(0, index), step, ...draft.recipe.steps.slice(index)];
  const paused = draft.paused.map((p) => (p.before > index ? { ...p, before: p.before + 1 } : p));
  return { draft: withSteps(draft, steps, paused), index };
}

export function removed(draft: Draft, index: number): Draft {
  const paused = draft.paused.map((p) => (p.before > index ? { ...p, before: p.before - 1 } : p));
  return withSteps(
    draft,
    draft.recipe.steps.filter((_, i) => i !== index),
    paused,
  );
}

export function replaced(draft: Draft, index: number, step: Step): Draft {
  return withSteps(
    draft,
    draft.recipe.steps.map((old, i) => (i === index ? step : old)),
    draft.paused,
  );
}

/** Moves the step at `from` so that it stands at `to` afterwards. */
export function moved(draft: Draft, from: number, to: number): Draft {
  const steps = [...draft.recipe.steps];
  const [step] = steps.splice(from, 1);
  steps.splice(Math.max(0, Math.min(steps.length, to)), 0, step);
  return withSteps(draft, steps, draft.paused);
}

/** Switches a step off without forgetting it. */
export function paused(draft: Draft, index: number): Draft {
  const step = draft.recipe.steps[index];
  const out = removed(draft, index);
  const at = draft.paused.findIndex((p) => p.before > index);
  const list = [...out.paused];
  list.splice(at < 0 ? list.length : at, 0, { before: index, step });
  return { ...out, paused: list };
}

/** Switches a step on again, where it stood. */
export function resumed(draft: Draft, which: number): Draft {
  const { before, step } = draft.paused[which];
  const rest = { ...draft, paused: draft.paused.filter((_, i) => i !== which) };
  const out = inserted(rest, step, Math.min(before, draft.recipe.steps.length));
  return {
    ...out.draft,
    paused: out.draft.paused.map((p, i) => (i >= which && p.before === before ? { ...p, before: before + 1 } : p)),
  };
}

/** Sets, changes or (null, or a range open at both ends) takes away the cut on a column. */
export function withCut(draft: Draft, column: string, range: Range | null): Draft {
  const index = cutIndex(draft.recipe.steps, column);
  if (!range || (range.min === undefined && range.max === undefined && range.below === undefined))
    return index < 0 ? draft : removed(draft, index);
  const cut: Step = { cut: cutOf(column, range, draft.recipe.steps) };
  return index < 0 ? inserted(draft, cut).draft : replaced(draft, index, cut);
}

/** A column's cut in the way it stands in the recipe, or would: its upper end kept or not. */
export function cutOf(column: string, range: Range, steps: readonly Step[]): CutStep {
  const now = steps[cutIndex(steps, column)] as { cut: CutStep } | undefined;
  const { min, max } = ordered({ min: range.min, max: range.below ?? range.max });
  const open = range.below !== undefined || endsBelow(column, now?.cut);
  if (max === undefined || !open) return { column, ...ordered({ min, max }) };
  return { column, ...(min !== undefined && min < max && { min }), below: max };
}

/** The ends of a cut, the upper one whether it is kept or not. */
export function endsOf({ min, max, below }: Range): Range {
  return ordered({ min, max: below ?? max });
}

/** A range with only the ends it has, the smaller one first. */
export function ordered(range: Range): Range {
  const { min, max } = range;
  if (min !== undefined && max !== undefined) return min <= max ? { min, max } : { min: max, max: min };
  return min !== undefined ? { min } : max !== undefined ? { max } : {};
}

/** Is it the same recipe, key for key? */
export function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
