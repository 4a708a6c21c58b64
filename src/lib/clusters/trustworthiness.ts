import type { Vectors } from '../embedding/types';
import { BlockProducts } from './products';

/**
 * How far the neighbours in a picture are neighbours in truth, 0–1: trustworthiness (Venna & Kaski 2001; scikit-learn's definition), by
 * cosine in the vectors and Euclidean distance in the plane, ties by place. Compares all pairs: for up to some ten thousand records, all
 * with vectors.
 * @param positions rows × 2
 */
export function trustworthiness({ rows, dim, values }: Vectors, positions: Float32Array, k = 15): number {
  const BLOCK = 256;
  const products = new BlockProducts(dim, 1, BLOCK);
  const cosine = new Float32Array(rows);
  const near = new Int32Array(k);
  const distance = new Float64Array(k);
  let penalty = 0;
  for (let row = 0; row < rows; row++) {
    let count = 0;
    for (let other = 0; other < rows; other++) {
      if (other === row) continue;
      const d =
        (positions[2 * row] - positions[2 * other]) ** 2 + (positions[2 * row + 1] - positions[2 * other + 1]) ** 2;
      if (count === k && d >= distance[k - 1]) continue;
      let at = count < k ? count++ : k - 1;
      for (; at > 0 && distance[at - 1] > d; at--) {
        distance[at] = distance[at - 1];
        near[at] = near[at - 1];
      }
      distance[at] = d;
      near[at] = other;
    }
    products.put(0, 0, values, row);
    for (let b = 0; b < rows; b += BLOCK) {
      const width = Math.min(BLOCK, rows - b);
      products.fill(1, values, b, b + width);
      products.multiply(1, width);
      cosine.set(products.out.subarray(0, width), b);
    }
    for (let i = 0; i < count; i++) {
      const value = cosine[near[i]];
      let rank = 1;
      for (let other = 0; other < rows; other++)
        if (other !== row && (cosine[other] > value || (cosine[other] === value && other < near[i]))) rank++;
      if (rank > k) penalty += rank - k;
    }
  }
  return 1 - (penalty * 2) / (rows * k * (2 * rows - 3 * k - 1));
}
