import type { Neighbours } from './neighbours';

/**
 * Mean cosine distance (1 − cosine) of each record to its k nearest neighbours, 0–2: the `outlier_distance` column; k-nearest-neighbour
 * outlier detection after Angiulli & Pizzuti 2002, divided by k. NaN where a record has no vector or no neighbours.
 */
export function outlierDistance({ k, ids, similarity }: Neighbours): Float32Array {
  return perRecord(ids, k, (from, count) => {
    let sum = 0;
    for (let i = from; i < from + count; i++) sum += 1 - similarity[i];
    return sum / count;
  });
}

/**
 * Share of each record's neighbours that bear another label, 0–1: the `neighbour_disagreement` column (k-nearest-neighbour disagreement
 * of Kang et al. 1998 / Smith, Martinez & Giraud-Carrier 2014, there called kDN). Neighbours without a label do not count. NaN where the
 * record has no label (−1) or no neighbour has one.
 * @param labels a code a record, −1 for none
 */
export function neighbourDisagreement({ k, ids }: Neighbours, labels: Int32Array): Float32Array {
  return perRecord(ids, k, (from, count, row) => {
    if (labels[row] < 0) return NaN;
    let labelled = 0;
    let other = 0;
    for (let i = from; i < from + count; i++) {
      const label = labels[ids[i]];
      if (label < 0) continue;
      labelled++;
      if (label !== labels[row]) other++;
    }
    return other / labelled;
  });
}

/** Mean cosine distance of the records to their nearest neighbour, over those that have one (and are kept): 0 where all have a twin. */
export function meanNearestDistance({ k, similarity }: Neighbours, kept: Uint8Array | null = null): number {
  let sum = 0;
  let count = 0;
  for (let i = 0; i < similarity.length; i += k) {
    if (Number.isNaN(similarity[i]) || (kept && !kept[i / k])) continue;
    sum += 1 - similarity[i];
    count++;
  }
  return sum / count;
}

function perRecord(ids: Int32Array, k: number, measure: (from: number, count: number, row: number) => number) {
  const rows = ids.length / k;
  const out = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    let count = 0;
    while (count < k && ids[row * k + count] >= 0) count++;
    out[row] = count ? measure(row * k, count, row) : NaN;
  }
  return out;
}
