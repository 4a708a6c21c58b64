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

/** One line of YAML parted for the eye: its keys, its comment, and what is between. */
export function yamlPieces(line: string): { text: string; kind: '' | 'key' | 'comment' }[] {
  const pieces: { text: string; kind: '' | 'key' | 'comment' }[] = [];
  let done = 0;
  const put = (to: number, kind: '' | 'key' | 'comment' = '') => {
    if (to > done) pieces.push({ text: line.slice(done, to), kind });
    done = to;
  };
  for (const found of line.matchAll(/"(?:[^"\\]|\\.)*"|'[^']*'|(?<=^|\s)#.*$|[\p{L}\p{N}_-]+(?=:(?:\s|$))/gu)) {
    if (/^["']/.test(found[0])) continue;
    put(found.index);
    put(found.index + found[0].length, found[0].startsWith('#') ? 'comment' : 'key');
  }
  put(line.length);
  return pieces;
}
