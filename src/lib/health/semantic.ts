import { suitedThreshold } from '$lib/clusters/suited';
import type { Neighbours } from '$lib/clusters/neighbours';
import { groupsOf } from '$lib/duplicates/groups';
import { exactRank } from '$lib/duplicates/exact';
import { bestBetter } from '$lib/duplicates/near';
import type { NearPairs } from '$lib/duplicates/near-pairs';
import type { NearCompared } from './near';
import { recordFinding } from './records';
import type { Detected, HealthSet } from './types';

/** Records among which duplicates by meaning are looked for unasked: up to here neighbours are exact, and found in seconds. */
export const SEMANTIC_MOST = 20_000;

/** A finding of more records than this share is the set's way (one template throughout), not a fault to cut. */
const COMMON = 0.2;

/** What was compared for duplicates by meaning. */
export interface SemanticCompared {
  /** Pairs of alike vectors, from a floor up. */
  pairs: NearPairs;
  /** Of the same vectors: how alike two records are as a rule. */
  neighbours: Pick<Neighbours, 'k' | 'similarity'>;
  /** Of each record, 0 best. */
  rank: Uint32Array;
  /** The lowest threshold that a step offers. */
  floor: number;
  on: string[];
  model: string;
}

/**
 * Records that say by their vectors what a better one says, and of which no exact or near duplicate is found: those that meaning alone
 * tells. Alike is what is nearer than suits these vectors (see suitedThreshold). What remains is judged anew, as a record whose better
 * twins were all dropped has none any more. `near`: null where near-duplicates are not known; then none are left out.
 */
export function semanticDuplicates(
  { content, rows }: Pick<HealthSet, 'content' | 'rows'>,
  { pairs, neighbours, rank, floor, on, model }: SemanticCompared,
  near: NearCompared | null,
): Detected[] {
  const at = suitedThreshold(neighbours, floor);
  if (at === null) return [];
  const again = exactRank(groupsOf(content));
  const least = Math.fround(at);
  const said = near && Math.fround(near.at);
  const alike = (kept: Uint8Array | null) => {
    const { similarity } = bestBetter(pairs, rank, kept);
    const literal = near && bestBetter(near.pairs, near.rank, kept).similarity;
    const isNew = (place: number) => again[place] === 0 && !(literal && literal[place] >= said!);
    return Uint8Array.from(similarity, (value, place) => (value >= least && isNew(place) ? 1 : 0));
  };
  const cure = { on: on.length === 1 ? on[0] : on, ...(model !== BUILT_IN && { model }), at };
  const finding = recordFinding({
    id: 'semantic-duplicates',
    severity: 1,
    places: alike(null),
    cut: { semantic: cure },
    detail: { at, model },
  });
  if (finding.count === 0) return [];
  const cut = finding.count > COMMON * rows ? null : finding.cut;
  return [{ ...finding, cut, remainingOf: (kept) => alike(kept).reduce((sum, yes) => sum + yes, 0) }];
}

/** The model that a step means which names none. */
const BUILT_IN = 'tfidf';
