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
export const READ_CATEGORIES: readonly string[] = ['task_type', 'sentence_type'];

type Reader = (view: View) => string | null;
const readers = new Map<string, Reader>([['task_type', ({ prompt }) => taskTypeIn(prompt)]]);

/** Loads what these categories are read with in this thread: sentence types take a tagger of English, which comes with the first who asks for them. */
export async function loadCategories(wanted: readonly { by: string }[]): Promise<void> {
  if (readers.has('sentence_type') || !wanted.some(({ by }) => by === 'sentence_type')) return;
  const { sentenceTypeIn } = await import('$lib/diversity/instruction');
  readers.set('sentence_type', ({ prompt }) => sentenceTypeIn(prompt));
}

/**
 * The class of a record in such a category, null for none; null where `by` is no such category.
 * @throws Error where `loadCategories` did not run
 */
export function categoryReader(by: string): Reader | null {
  if (!READ_CATEGORIES.includes(by)) return null;
  const reader = readers.get(by);
  if (!reader) throw new Error(`call loadCategories before ${by} is measured`);
  return reader;
}
