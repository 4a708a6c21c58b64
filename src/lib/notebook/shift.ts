import type { Recipe, Step, StepCount } from '$lib/recipe/types';
import { kindOf, same } from './edit';

/** What a recipe's steps dropped, as the engine counted them. */
export interface Counted {
  steps: readonly Step[];
  counts: readonly StepCount[];
}

/** A step that stands unchanged in both recipes and drops another number of records. */
export interface Shift {
  step: Step;
  was: number;
  is: number;
}

/** The steps behind `index` whose counts changed though they did not: a text step in front of them rewrites what they measure. */
export function shifts(before: Counted, after: Counted, index: number): Shift[] {
  const fits = ({ steps, counts }: Counted) => steps.every((step, i) => counts[i]?.step === kindOf(step));
  if (!fits(before) || !fits(after)) return [];
  return after.steps.flatMap((step, i) => {
    if (i <= index) return [];
    const at = before.steps.findIndex((other) => same(other, step));
    const [was, is] = [before.counts[at]?.dropped, after.counts[i].dropped];
    return was === undefined || was === is ? [] : [{ step, was, is }];
  });
}

/** Does this step rewrite texts, so that what follows measures something else? */
export function rewrites(step: Recipe['steps'][number]): boolean {
  return 'normalise' in step || 'redact' in step;
}
