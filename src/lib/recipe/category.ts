import { columnById } from '$lib/columns';

/** Classes that a column's dictionary names: the columns to measure, the first that is measurable counts. */
export interface CategoryColumns {
  ids: string[];
  dictionary: readonly string[];
}

/**
 * The columns behind a category: `language` is the response's, or the prompt's where there is no response; any other column with
 * a dictionary stands for itself. Null where `by` is a part of the record or a field.
 */
export function categoryColumns(by: string): CategoryColumns | null {
  const ids = by === 'language' ? ['response_language', 'prompt_language'] : [by];
  const dictionary = columnById(ids[0])?.dictionary;
  return dictionary ? { ids, dictionary } : null;
}
