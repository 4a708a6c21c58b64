import { fill, hasMessage, translate, type Lang } from '$lib/i18n';
import { parseRecipe } from '$lib/recipe/parse';
import { stepLine as asLine, stringifyRecipe } from '$lib/recipe/stringify';
import type { Recipe, RecipeProblem, Step } from '$lib/recipe/types';

/** A recipe as the YAML that is shown, copied and downloaded. */
export const writeRecipe = (recipe: Recipe): string => stringifyRecipe(recipe);

/** Reads YAML or JSON; either a recipe or what is wrong with the text, by line. */
export function readRecipe(
  text: string,
  context: { columns?: readonly string[]; fields?: readonly string[] } = {},
): { recipe: Recipe | null; problems: RecipeProblem[] } {
  return parseRecipe(text, context);
}

/** One step in one line of the recipe: `cut: {column: response_chars, min: 10}`. */
export function stepLine(step: Step): string {
  return asLine(step).replace(/^- /, '');
}

/** What is wrong, in the reader's language. */
export function problemMessage(lang: Lang, problem: RecipeProblem): string {
  const { code, values = {} } = problem as RecipeProblem & { code?: string; values?: Record<string, string | number> };
  const key = `recipe.problem.${code}`;
  if (!code || lang === 'en' || !hasMessage(lang, key)) return problem.message;
  const meant = 'meant' in values ? ` ${fill(translate(lang, 'recipe.problem.meant'), values)}` : '';
  return translate(lang, key, values) + meant;
}
