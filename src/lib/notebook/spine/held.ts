import type { Range } from '$lib/columns/types';
import type { Step } from '$lib/recipe/types';
import { alikeOf, alikeWith } from '../alike';
import { cutIndex, cutOf, kindOf, ordered, placeFor } from '../edit';

/** The step that a held handle moves. */
export interface HeldStep {
  /** As the handle stands. */
  step: Step;
  /** Where it is in the recipe; -1 where it is not in it yet. */
  index: number;
  /** Where it is, or would stand. */
  place: number;
}

/** The step of a handle by its name: a column's id, or `near:{…}` and `semantic:{…}`, of which a recipe's first is meant. */
export function heldStep(steps: readonly Step[], name: string, range: Range): HeldStep {
  const { max } = ordered(range);
  const alike = alikeOf(name);
  const cut = cutOf(name, range, steps);
  const step: Step = alike ? alikeWith(alike, max === undefined ? {} : { at: max }) : { cut };
  const kind = kindOf(step);
  const index = alike ? steps.findIndex((one) => kind in one) : cutIndex(steps, name);
  return { step, index, place: index < 0 ? placeFor(steps, kind) : index };
}
