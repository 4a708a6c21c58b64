import { AGAINST_COLUMNS } from '$lib/recipe/alike';
import type { Recipe, Step } from '$lib/recipe/types';
import type { Paused } from '../edit';

/** Does a step follow from another file? */
export const usesOther = (steps: readonly Step[]): boolean =>
  steps.some((step) => 'cut' in step && AGAINST_COLUMNS.includes(step.cut.column));

/** A recipe with the steps that are switched off. */
interface Work {
  recipe: Recipe;
  paused: readonly Paused[];
}
const used = ({ recipe, paused }: Work) => usesOther([...recipe.steps, ...paused.map(({ step }) => step)]);

/**
 * The draft's recipe with `against` where a step has come to follow from the other file, and without it where the last such step went.
 * @param before what the recipe was; `names`: the files that are open to compare with, null for none
 */
export function followed(before: Work, draft: Work, names: readonly string[] | null): Recipe {
  const { recipe } = draft;
  if (used(draft)) return recipe.against || !names ? recipe : { ...recipe, against: { files: [...names] } };
  if (!recipe.against || !used(before)) return recipe;
  const { against, ...rest } = recipe;
  return against ? rest : recipe;
}
