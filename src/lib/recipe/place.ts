import type { Step, StepKind } from './types';

/** The order a recipe reads best in: texts are cleaned before they are measured, and shares are drawn from what remains. */
const RANK: Record<StepKind, number> = {
  normalise: 0,
  redact: 1,
  cut: 2,
  exact: 3,
  near: 4,
  semantic: 5,
  relabel: 6,
  balance: 7,
  split: 8,
};

/** The one key of a step. */
export function kindOf(step: Step): StepKind {
  return Object.keys(step)[0] as StepKind;
}

/** Index at which a new step of this kind belongs: behind the last step that should stand before it. */
export function placeFor(steps: readonly Step[], kind: StepKind): number {
  let place = 0;
  steps.forEach((step, i) => {
    if (RANK[kindOf(step)] <= RANK[kind]) place = i + 1;
  });
  return place;
}
