import type { Groups } from '$lib/duplicates/groups';

/** Prompts that carry more than one label. */
export interface Conflicts {
  /** Such groups, in order of first appearance (numbers of the groups given). */
  groups: number[];
  /** 1 for every labelled record of such a group. */
  places: Uint8Array;
  records: number;
}

/**
 * Finds groups of equal prompts whose records do not all carry the same label.
 * @param prompts records grouped by normalised prompt
 * @param labels a class code per record, −1 where it takes no part (no label, no prompt)
 */
export function conflicts({ ids, count }: Groups, labels: Int32Array): Conflicts {
  const seen = new Int32Array(count).fill(-1);
  const torn = new Uint8Array(count);
  for (let row = 0; row < labels.length; row++) {
    const group = ids[row];
    if (labels[row] < 0) continue;
    if (seen[group] < 0) seen[group] = labels[row];
    else if (seen[group] !== labels[row]) torn[group] = 1;
  }
  return collect(ids, torn, labels);
}

/**
 * Of the groups in conflict, those where two annotators chose different labels.
 * @param annotators a code per record, −1 where unknown
 */
export function disagreements(prompts: Groups, labels: Int32Array, annotators: Int32Array): Conflicts {
  const { places } = conflicts(prompts, labels);
  const votes = new Map<number, { label: number; annotator: number }[]>();
  const torn = new Uint8Array(prompts.count);
  for (let row = 0; row < labels.length; row++) {
    const annotator = annotators[row];
    if (!places[row] || annotator < 0) continue;
    const group = prompts.ids[row];
    const before = votes.get(group) ?? [];
    if (before.some((vote) => vote.label !== labels[row] && vote.annotator !== annotator)) torn[group] = 1;
    if (!before.some((vote) => vote.label === labels[row] && vote.annotator === annotator))
      before.push({ label: labels[row], annotator });
    votes.set(group, before);
  }
  const voting = labels.map((label, row) => (annotators[row] < 0 ? -1 : label));
  return collect(prompts.ids, torn, voting);
}

function collect(ids: Uint32Array, torn: Uint8Array, labels: Int32Array): Conflicts {
  const places = new Uint8Array(labels.length);
  let records = 0;
  for (let row = 0; row < labels.length; row++)
    if (labels[row] >= 0 && torn[ids[row]]) {
      places[row] = 1;
      records++;
    }
  const groups: number[] = [];
  torn.forEach((yes, group) => yes && groups.push(group));
  return { groups, places, records };
}
