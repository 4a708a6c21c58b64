import { Failure } from '$lib/record/failure';
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

/** The first fault of a recipe's text as an error, with its line; the page says it in the reader's language. */
export function problemFailure(problem: RecipeProblem): Failure {
  const { line, message } = problem;
  const failure = new Failure(`Recipe, line ${line}: ${message}`, 'error.recipe-line', { line });
  failure.cause = problem;
  return failure;
}
