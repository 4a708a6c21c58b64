import { problemTexts } from '$lib/recipe/messages';

/** What may be wrong with a recipe (`recipe.problem.CODE`): the recipe's own English. */
export default { ...problemTexts } satisfies Record<string, string>;
