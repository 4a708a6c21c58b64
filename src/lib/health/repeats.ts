import { exactRank } from '$lib/duplicates/exact';
import { groupsOf, type Groups } from '$lib/duplicates/groups';
import { recordFinding } from './records';
import type { Detected, HealthSet } from './types';

/** Above this share of repeated responses they are a closed set of answers, not a fault to cut. */
const CLOSED = 0.5;

/** 1 for each record that equals an earlier one; records whose hash is 0 take no part. */
function laterOnes(hashes: BigUint64Array, groups: Groups): Uint8Array {
  const rank = exactRank(groups);
  const words = new Uint32Array(hashes.buffer, hashes.byteOffset, 2 * hashes.length);
  return Uint8Array.from(rank, (value, i) => (value > 0 && (words[2 * i] !== 0 || words[2 * i + 1] !== 0) ? 1 : 0));
}

/** Finding whose remaining count is taken anew: a repeat is none any more where its first was dropped. */
function repeatFinding(
  part: Pick<Detected, 'id' | 'severity' | 'cut'>,
  hashes: BigUint64Array,
  judge: (count: number) => Partial<Detected> = () => ({}),
): Detected[] {
  const groups = groupsOf(hashes);
  const places = laterOnes(hashes, groups);
  const finding = recordFinding({ ...part, places });
  if (finding.count === 0) return [];
  const { ids, count } = groups;
  const takesPart = new Uint8Array(count);
  for (let place = 0; place < ids.length; place++) if (places[place]) takesPart[ids[place]] = 1;
  const remainingOf = (kept: Uint8Array) => {
    const seen = new Uint8Array(count);
    let again = 0;
    for (let place = 0; place < ids.length; place++) {
      if (!kept[place] || !takesPart[ids[place]]) continue;
      again += seen[ids[place]];
      seen[ids[place]] = 1;
    }
    return again;
  };
  return [{ ...finding, remainingOf, ...judge(finding.count) }];
}

/** Records whose mapped fields all equal those of an earlier record. */
export function exactDuplicates({ content, contentFields }: HealthSet): Detected[] {
  return repeatFinding({ id: 'exact-duplicates', severity: 2, cut: { exact: { on: contentFields } } }, content);
}

/**
 * Records whose response equals, byte for byte, that of an earlier record; the empty response counts as any other
 * (so counted Alpaca has 1,160).
 */
export function repeatedResponses({ rows, responses }: HealthSet): Detected[] {
  return repeatFinding(
    { id: 'repeated-response', severity: 1, cut: { exact: { on: ['response'] } } },
    responses,
    (count) => (count > CLOSED * rows ? { cut: null } : {}),
  );
}
