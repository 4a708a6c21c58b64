import type { SplitStep } from '$lib/recipe/types';
import type { Percents } from '$lib/ui/shares';

/** Shares in use: large sets need small ones for validation and test. */
export const OFFERS: readonly Percents[] = [
  [80, 10, 10],
  [90, 5, 5],
  [95, 5, 0],
];

/** A step's shares in per cent. */
export function percents({ train, validation = 0, test = 0 }: SplitStep): Percents {
  const round = (share: number) => Number((share * 100).toFixed(2));
  return [round(train), round(validation), round(test)];
}

/** The step with other shares; those of nothing are left out. */
export function withPercents(step: SplitStep, [train, validation, test]: Percents): SplitStep {
  const share = (percent: number) => Number((percent / 100).toFixed(4));
  const next: SplitStep = { train: share(train) };
  if (validation > 0) next.validation = share(validation);
  if (test > 0) next.test = share(test);
  if (step.stratify !== undefined) next.stratify = step.stratify;
  if (step.group !== undefined) next.group = step.group;
  return next;
}

/** Names of the classes with records of which a split has none. */
export function absent(names: readonly string[], final: ArrayLike<number>, there: ArrayLike<number>): string[] {
  return names.filter((_, i) => final[i] > 0 && there[i] === 0);
}
