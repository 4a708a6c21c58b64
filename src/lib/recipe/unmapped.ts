import type { Mapping } from '$lib/record/types';
import { openDocument, offsetOf } from './locate';
import { problemText } from './messages';
import type { Recipe, RecipeProblem } from './types';
import type { Flaw } from './validate';

/**
 * Steps that ask for a part of the record to which the mapping gives no field: balancing and stratifying then change nothing,
 * and to `exact` all records are equal. Such a recipe is sound (other data may have the part), so these are warnings.
 * `values.role` is the part.
 */
export function unmapped({ steps }: Pick<Recipe, 'steps'>, mapping: Mapping): Flaw[] {
  return steps.flatMap((step, i): Flaw[] => {
    if ('balance' in step) return missing(step.balance.by, mapping, ['steps', i, 'balance', 'by']);
    if ('split' in step)
      return (['stratify', 'group'] as const).flatMap((key) =>
        missing(step.split[key] ?? '', mapping, ['steps', i, 'split', key]),
      );
    if (!('exact' in step)) return [];
    const { on } = step.exact;
    const lost = on.flatMap((part, k) => missing(part, mapping, ['steps', i, 'exact', 'on', k], 'all-equal'));
    return lost.length === on.length ? lost.slice(0, 1) : [];
  });
}

function missing(by: string, mapping: Mapping, path: (string | number)[], code = 'unmapped'): Flaw[] {
  const role = /^label:\d+$/.test(by) ? 'label' : by;
  return isMapped(role, mapping) ? [] : [{ path, code, values: { role } }];
}

/** Does the mapping say where this part of the record comes from? What is no part (a field's name) needs no mapping. */
function isMapped(part: string, mapping: Mapping): boolean {
  switch (part) {
    case 'label':
      return mapping.label.length > 0;
    case 'prompt':
      return mapping.prompt.length > 0 || mapping.messages !== null || mapping.history !== null;
    case 'response':
    case 'system':
      return mapping[part] !== null || mapping.messages !== null;
    case 'source':
    case 'annotator':
    case 'time':
    case 'id':
      return mapping[part] !== null;
    default:
      return true;
  }
}

/** The same with the places in the recipe's text, which must be sound. */
export function unmappedIn(text: string, recipe: Recipe, mapping: Mapping): RecipeProblem[] {
  const { document, at } = openDocument(text);
  return unmapped(recipe, mapping).map(({ path, code, values }) => ({
    ...at(offsetOf(document, path)),
    code,
    values,
    message: problemText(code, values),
  }));
}
