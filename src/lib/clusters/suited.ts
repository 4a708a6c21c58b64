import type { Neighbours } from './neighbours';

/** Datalab's near duplicates (cleanlab 2.7): nearer than this share of the median distance to the nearest neighbour. */
const NEAR_SHARE = 0.13;
/** Thresholds stand five thousandths apart. */
const STEPS = 200;

/**
 * The cosine from which on two records of these vectors are held for alike: 1 − 0.13 × the median distance (1 − cosine) of a record to
 * its nearest neighbour, rounded up to five thousandths, at least `floor`. Null where no record has a neighbour.
 * @param share of the median distance; with 1, half of the records have a neighbour from there on
 */
export function suitedThreshold(
  { k, similarity }: Pick<Neighbours, 'k' | 'similarity'>,
  floor: number,
  share = NEAR_SHARE,
): number | null {
  const nearest = new Float32Array(similarity.length / k);
  let count = 0;
  for (let at = 0; at < similarity.length; at += k)
    if (similarity[at] === similarity[at]) nearest[count++] = similarity[at];
  if (count === 0) return null;
  const median = nearest.subarray(0, count).sort()[count >> 1];
  const distance = share * (1 - median);
  return Math.max(floor, Math.min(1, Math.ceil((1 - distance) * STEPS) / STEPS));
}
