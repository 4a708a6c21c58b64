import { columnById } from '$lib/columns';
import { taskTypeIn } from '$lib/diversity/task-type';
import type { View } from '$lib/record/types';

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

/** Categories that rules read from a record's texts, whatever fields the file has. */
const READ = new Map<string, (view: View) => string | null>([['task_type', ({ prompt }) => taskTypeIn(prompt)]]);

/** The class of a record in such a category, null for none; null where `by` is no such category. */
export function categoryReader(by: string): ((view: View) => string | null) | null {
  return READ.get(by) ?? null;
}

/** Names of the categories that are read so. */
export const READ_CATEGORIES: readonly string[] = [...READ.keys()];
