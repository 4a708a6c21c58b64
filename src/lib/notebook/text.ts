import { parseDocument, stringify } from 'yaml';
import type { Recipe, RecipeProblem, Step } from '$lib/recipe/types';

/** A recipe as the YAML that is shown, copied and downloaded. */
export function writeRecipe(recipe: Recipe): string {
  return stringify(recipe, { flowCollectionPadding: false, lineWidth: 0 });
}

/** Reads YAML or JSON; either a recipe or what is wrong with the text, by line. */
export function readRecipe(text: string): { recipe: Recipe | null; problems: RecipeProblem[] } {
  const document = parseDocument(text);
  const problems = document.errors.map((error) => ({
    line: error.linePos?.[0].line ?? 1,
    column: error.linePos?.[0].col ?? 1,
    message: error.message.split('\n')[0],
  }));
  if (problems.length) return { recipe: null, problems };
  const value = document.toJS() as Recipe | null;
  if (value?.siftbook !== 1 || !Array.isArray(value.steps))
    return { recipe: null, problems: [{ line: 1, column: 1, message: 'siftbook: 1 and a list of steps are needed' }] };
  return { recipe: value, problems: [] };
}

/** One step in one line of the recipe: `cut: {column: response_chars, min: 10}`. */
export function stepLine(step: Step): string {
  const [kind, body] = Object.entries(step)[0];
  const flow = stringify(body, { collectionStyle: 'flow', flowCollectionPadding: false, lineWidth: 0 }).trim();
  return `${kind}: ${flow}`;
}
