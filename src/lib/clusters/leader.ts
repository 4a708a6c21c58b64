import type { Vectors } from '../embedding/types';
import { BlockProducts } from './products';
import type { Steps } from './steps';

const BLOCK = 128;

/** Clusters round leaders; every cluster is named by the record that founded it. */
export interface Leaders {
  /** Number of each record's cluster; −1 without a vector. */
  ids: Int32Array;
  /** The record that leads each cluster, in order of foundation. */
  leaders: Uint32Array;
  /** Cosine of each record to its leader; NaN without a vector. */
  similarity: Float32Array;
}

/**
 * One pass over the records in order of rank: each joins the most similar leader at `threshold` or above (on a tie the earlier one), or
 * becomes a leader itself (Hartigan 1975, the leader algorithm). No two leaders are as similar as the threshold. Time grows with
 * records × leaders.
 * @param order places in order of rank, those alone that take part; null: all as they stand
 * @param most inner products; null comes back as soon as what is ahead takes more
 */
export function* leaderClusters(
  { rows, dim, values }: Vectors,
  threshold: number,
  order: Uint32Array | null = null,
  most = Infinity,
): Steps<Leaders | null> {
  const records = order ? order.length : rows;
  const least = Math.fround(threshold);
  const ids = new Int32Array(rows).fill(-1);
  const similarity = new Float32Array(rows).fill(NaN);
  const leaders: number[] = [];
  const products = new BlockProducts(dim, BLOCK, BLOCK);
  const { out, pitch } = products;
  const block = new Uint32Array(BLOCK);
  const best = new Float32Array(BLOCK);
  const found = new Int32Array(BLOCK);
  const isNone = (row: number) => {
    for (let d = row * dim; d < (row + 1) * dim; d++) if (values[d] !== 0) return false;
    return true;
  };
  for (let from = 0; from < records;) {
    // Leaders never become fewer.
    if (leaders.length * (records - from) > most) return null;
    let count = 0;
    for (; from < records && count < BLOCK; from++) {
      const row = order ? order[from] : from;
      if (!isNone(row)) block[count++] = row;
    }
    for (let i = 0; i < count; i++) products.put(0, i, values, block[i]);
    best.fill(-Infinity);
    const before = leaders.length;
    const join = (i: number, leader: number, value: number) => {
      if (value <= best[i]) return;
      best[i] = value;
      found[i] = leader;
    };
    for (let b = 0; b < before; b += BLOCK) {
      const width = Math.min(BLOCK, before - b);
      for (let j = 0; j < width; j++) products.put(1, j, values, leaders[b + j]);
      products.multiply(count, width);
      for (let i = 0; i < count; i++) for (let j = 0; j < width; j++) join(i, b + j, out[i * pitch + j]);
    }
    // Then the leaders that this block itself brings.
    products.multiply(count, count, true);
    const founder = new Int32Array(BLOCK).fill(-1);
    for (let i = 0; i < count; i++) {
      for (let j = 0; j < i; j++) if (founder[j] >= 0) join(i, founder[j], out[i * pitch + j]);
      if (best[i] < least) {
        founder[i] = found[i] = leaders.length;
        best[i] = 1;
        leaders.push(block[i]);
      }
      ids[block[i]] = found[i];
      similarity[block[i]] = Math.min(1, best[i]);
    }
    yield from / records;
  }
  return { ids, leaders: Uint32Array.from(leaders), similarity };
}
