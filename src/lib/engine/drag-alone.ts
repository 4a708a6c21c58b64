/**
 * Records that fail one cut only, while a threshold of likeness is dragged: they count in that cut's own view, where who is a
 * duplicate is judged as if there were no cuts.
 */
import type { AlikeStep } from '$lib/recipe/types';
import { classesOf, type DragClasses } from './drag-classes';
import { alikeAt, withAlike } from './drag-target';
import { twinsOf, type DragTwins } from './drag-twins';
import { isCut, isShare, judgeablePlan } from './judge';
import type { Judged, Opened } from './state';

/** As were there no cuts: the class of each record's similarity, who is not kept wherever it lies inside, and who is where. */
export interface Alone extends Pick<DragTwins, 'apart' | 'turns'> {
  classes: DragClasses;
}

/** @param steps positions of the threshold, ascending */
export function aloneOf(opened: Opened, judged: Judged, step: AlikeStep, steps: Float64Array): Alone {
  const { mapping } = opened;
  const { measured } = judged;
  const whole = withAlike(judged.recipe, step).recipe;
  const recipe = { ...whole, steps: whole.steps.filter((one) => !isCut(one) && !isShare(one)) };
  const { at, inserted } = withAlike(recipe, step);
  const values = alikeAt(opened, recipe, step);
  const classes = classesOf(steps, values);
  const plan = judgeablePlan(recipe, mapping, measured);
  const handle = { side: 'max' as const, other: -Infinity, values, classes, at, inserted };
  const { apart, turns } = twinsOf({ recipe, plan, measured }, mapping, handle);
  return { classes, apart, turns };
}
