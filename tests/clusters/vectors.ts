import type { Vectors } from '../../src/lib/embedding/types';
import { Random } from '../../src/lib/clusters/random';

/** Unit rows of the given numbers; rows of zeros stay. */
export function unitRows(rows: number[][]): Vectors {
  const dim = rows[0].length;
  const values = new Float32Array(rows.length * dim);
  rows.forEach((row, r) => {
    const norm = Math.hypot(...row) || 1;
    row.forEach((value, d) => (values[r * dim + d] = value / norm));
  });
  return { rows: rows.length, dim, values };
}

/** A bell curve of mean 0 and deviation 1 (Box–Muller). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random.unit())) * Math.cos(2 * Math.PI * random.unit());
}

/** Unit rows round `centres` directions, `spread` wide, as texts lie round topics; `label` is each one's centre. */
export function blobs(rows: number, dim: number, centres: number, spread: number, seed = 1) {
  const random = new Random(seed);
  const directions = Array.from({ length: centres }, () => Array.from({ length: dim }, () => normal(random)));
  const label = Int32Array.from({ length: rows }, () => random.below(centres));
  const points = Array.from(label, (c) => directions[c].map((value) => value + spread * normal(random)));
  return { vectors: unitRows(points), label };
}

/** Cosines by double-precision loops. */
export function cosine({ dim, values }: Vectors, a: number, b: number): number {
  let sum = 0;
  for (let d = 0; d < dim; d++) sum += values[a * dim + d] * values[b * dim + d];
  return sum;
}
