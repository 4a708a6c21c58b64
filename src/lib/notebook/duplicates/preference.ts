import { columnById } from '$lib/columns';
import type { Group } from '$lib/columns/types';
import type { Mapping } from '$lib/record/types';

const LONGER = 'total_chars';
const COUNTS: readonly string[] = ['characters', 'words', 'tokens', 'turns'];

/** Preferences a step may have, by the group of their column; each as the step's `prefer` says it. */
export interface Preferences {
  group: Group;
  choices: string[][];
}

/** What decides where a step does not say: the file's first score, then the length. */
export function usualPreference({ scores }: Pick<Mapping, 'scores'>): string[] {
  return [...scores.slice(0, 1).map((name) => `field:${name}`), LONGER];
}

/** A preference whose last word is the length: what comes before it; null for any other. */
export function beforeLonger(prefer: readonly string[]): string[] | null {
  return prefer.length > 1 && prefer.at(-1) === LONGER ? prefer.slice(0, -1) : null;
}

/**
 * Columns of which more is a reason to stay: numbers of the file, lengths, and those whose low values are the doubtful ones. Records
 * often have equal numbers, so the longer of those is the next thing asked. Without the usual preference, which has no name.
 */
export function preferences(ids: readonly string[], usual: readonly string[]): Preferences[] {
  const groups = new Map<Group, string[][]>();
  for (const id of ids) {
    const column = columnById(id);
    const group = id.startsWith('field:') ? 'field' : column?.group;
    if (!group) continue;
    const length = column !== undefined && group === 'length' && COUNTS.includes(column.unit);
    if (group !== 'field' && !length && (column?.bad !== 'low' || column.unit === 'code')) continue;
    const choice = length ? [id] : [id, LONGER];
    if (choice.join() === usual.join()) continue;
    groups.set(group, [...(groups.get(group) ?? []), choice]);
  }
  const first = (group: Group) => Number(group !== 'field');
  return [...groups].map(([group, choices]) => ({ group, choices })).sort((a, b) => first(a.group) - first(b.group));
}
