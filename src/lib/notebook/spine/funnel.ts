import type { Counts } from '$lib/engine/protocol';
import { balanceTargets } from '$lib/recipe/steps/balance';
import type { Step, StepCount } from '$lib/recipe/types';
import { kindOf } from '../edit';
import type { HeldStep } from './held';

/** What the drag index says at the handle's position. */
export interface Held {
  /** The step whose handle is held. */
  step: number;
  /** Records that every cut keeps. */
  kept: number;
  /** Of those that the held step keeps, how many a later one drops; null where that is not known. */
  dropped(step: number): number | null;
  /** Records of each class before balancing; null where that is not known. */
  classes(by: string): { names: readonly string[]; kept: ArrayLike<number> } | null;
}

/**
 * The funnel's counts while a handle is held: steps before it stay, those from it on follow. Where a later step's part is
 * not known (it waits for the exact counts), it drops the same share.
 */
export function funnelHeld(steps: readonly Step[], counts: Counts, held: Held): StepCount[] {
  const now = counts.steps.map((count) => ({ ...count }));
  const own = now[held.step];
  if (!own) return now;
  const later = now.filter(({ index }) => index > held.step);
  own.kept = later.reduce((sum, { index }) => sum + (held.dropped(index) ?? 0), held.kept);
  own.dropped = own.in - own.kept;
  let left = own.kept;
  for (const count of later) {
    const step = steps[count.index];
    const before = count.in;
    count.in = left;
    if (step && 'balance' in step) {
      const view = held.classes(step.balance.by);
      if (view) {
        const targets = balanceTargets(view.kept, view.names, step.balance);
        count.dropped = targets.reduce((sum, target, i) => sum + Math.max(0, view.kept[i] - target), 0);
      } else if (before > 0) count.dropped = Math.round((count.dropped / before) * left);
    } else count.dropped = held.dropped(count.index) ?? 0;
    left -= count.dropped;
    count.kept = left;
  }
  return now;
}

/** Records that over-sampling adds while a handle is held: of each class, what its target has beyond its records. */
export function addedBy(steps: readonly Step[], classes: Held['classes']): number {
  const step = steps.find((one) => 'balance' in one);
  const view = step && classes(step.balance.by);
  if (!view) return 0;
  const targets = balanceTargets(view.kept, view.names, step.balance);
  return targets.reduce((sum, target, i) => sum + Math.max(0, target - view.kept[i]), 0);
}

/**
 * The funnel while the handle of a step is held that is not in the recipe yet, as if it stood in its place already: its own
 * count, what is kept at the end, and those of the steps that are there. Steps behind it that are no balance drop what `held`
 * says, else what they dropped.
 */
export function funnelFresh(
  steps: readonly Step[],
  counts: Counts,
  { step, place }: Pick<HeldStep, 'step' | 'place'>,
  held: Omit<Held, 'step'>,
): { own: StepCount; steps: StepCount[]; kept: number } {
  const before = counts.steps[place - 1]?.kept ?? counts.rows;
  const own: StepCount = { index: place, step: kindOf(step), in: before, kept: before, dropped: 0 };
  const behind = counts.steps.slice(place).map((count) => ({ ...count, index: count.index + 1 }));
  const all = [...counts.steps.slice(0, place), own, ...behind];
  const now = funnelHeld(
    [...steps.slice(0, place), step, ...steps.slice(place)],
    { ...counts, steps: all },
    {
      ...held,
      step: place,
      dropped: (index) => (all[index].step === 'balance' ? null : (held.dropped(index - 1) ?? all[index].dropped)),
    },
  );
  const { kept } = now[now.length - 1];
  const [fresh] = now.splice(place, 1);
  return { own: fresh, kept, steps: now.map((count, index) => ({ ...count, index })) };
}
