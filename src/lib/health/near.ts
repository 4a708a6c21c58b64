import { groupsOf } from '$lib/duplicates/groups';
import { exactRank } from '$lib/duplicates/exact';
import { bestBetter } from '$lib/duplicates/near';
import { nearGroups } from '$lib/duplicates/near-groups';
import type { NearPairs } from '$lib/duplicates/near-pairs';
import { recordFinding } from './records';
import type { Detected, HealthSet } from './types';

/** Records among which near-duplicates are looked for unasked: 100,000 take seconds. */
export const NEAR_MOST = 100_000;

/** A finding of more records than this share is the set's way (many answers to one prompt), not a fault to cut. */
const COMMON = 0.2;

/** What was compared for near-duplicates, and from which similarity on two records are one. */
export interface NearCompared {
  pairs: NearPairs;
  /** Of each record, 0 best. */
  rank: Uint32Array;
  on: string[];
  at: number;
}

/** `groups` of alike records, and the `extra` ones that have a better twin, exact duplicates among them. */
export interface NearSummary {
  on: string[];
  at: number;
  groups: number;
  extra: number;
}

/** How many near-duplicates there are, equal records counted. Time is rows + edges. */
export function nearSummary({ pairs, rank, on, at }: NearCompared): NearSummary {
  const { similarity } = bestBetter(pairs, rank, null);
  const least = Math.fround(at);
  const extra = similarity.reduce((sum, value) => sum + (value >= least ? 1 : 0), 0);
  return { on, at, groups: nearGroups(pairs, at).count, extra };
}

/**
 * Records with a better twin that are no exact duplicates. What remains is judged anew: a record whose better twins were all dropped
 * is a near-duplicate no more.
 */
export function nearDuplicates({ content, rows }: Pick<HealthSet, 'content' | 'rows'>, near: NearCompared): Detected[] {
  const { pairs, rank, on, at } = near;
  const again = exactRank(groupsOf(content));
  const least = Math.fround(at);
  const alike = (kept: Uint8Array | null) => {
    const { similarity } = bestBetter(pairs, rank, kept);
    return Uint8Array.from(similarity, (value, place) => (value >= least && again[place] === 0 ? 1 : 0));
  };
  const finding = recordFinding({
    id: 'near-duplicates',
    severity: 2,
    places: alike(null),
    cut: { near: { on, at } },
    detail: { at },
  });
  if (finding.count === 0) return [];
  const cut = finding.count > COMMON * rows ? null : finding.cut;
  return [{ ...finding, cut, remainingOf: (kept) => alike(kept).reduce((sum, yes) => sum + yes, 0) }];
}
