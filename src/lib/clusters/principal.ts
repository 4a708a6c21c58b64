import type { Vectors } from '../embedding/types';
import { Random } from './random';

const WIDTH = 4;
const PASSES = 8;

/**
 * The records along about the first two principal components (orthogonal iteration with four vectors, eight passes): rows × 2, the first
 * axis from −`extent` to `extent`.
 */
export function principalPlane({ rows, dim, values }: Vectors, extent: number, seed: number): Float32Array {
  const random = new Random(seed, 0x706361);
  const mean = new Float64Array(dim);
  for (let row = 0; row < rows; row++) for (let d = 0; d < dim; d++) mean[d] += values[row * dim + d] / rows;
  let axes = Float64Array.from({ length: WIDTH * dim }, () => random.unit() - 0.5);
  orthonormalise(axes, dim);
  const score = new Float64Array(WIDTH);
  const project = (row: number) => {
    for (let a = 0; a < WIDTH; a++) {
      let sum = 0;
      for (let d = 0; d < dim; d++) sum += (values[row * dim + d] - mean[d]) * axes[a * dim + d];
      score[a] = sum;
    }
  };
  // The axes need no more than a sample of the records.
  const stride = Math.max(1, Math.floor(rows / 10_000));
  for (let pass = 0; pass < PASSES; pass++) {
    const next = new Float64Array(WIDTH * dim);
    for (let row = 0; row < rows; row += stride) {
      project(row);
      for (let a = 0; a < WIDTH; a++)
        for (let d = 0; d < dim; d++) next[a * dim + d] += score[a] * (values[row * dim + d] - mean[d]);
    }
    orthonormalise(next, dim);
    axes = next;
  }
  const out = new Float32Array(rows * 2);
  let most = 0;
  for (let row = 0; row < rows; row++) {
    project(row);
    for (let a = 0; a < 2; a++) {
      out[2 * row + a] = score[a];
      most = Math.max(most, Math.abs(score[a]));
    }
  }
  if (most > 0) for (let i = 0; i < out.length; i++) out[i] *= extent / most;
  return out;
}

/** Gram–Schmidt on the rows. */
function orthonormalise(axes: Float64Array, dim: number): void {
  for (let a = 0; a < axes.length; a += dim) {
    for (let b = 0; b < a; b += dim) {
      let sum = 0;
      for (let d = 0; d < dim; d++) sum += axes[a + d] * axes[b + d];
      for (let d = 0; d < dim; d++) axes[a + d] -= sum * axes[b + d];
    }
    let norm = 0;
    for (let d = 0; d < dim; d++) norm += axes[a + d] ** 2;
    norm = Math.sqrt(norm);
    for (let d = 0; d < dim; d++) axes[a + d] = norm > 1e-12 ? axes[a + d] / norm : 0;
  }
}
