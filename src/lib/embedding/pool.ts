/** One vector a text out of the vectors of its tokens. */
import type { Pooling } from './models/types';

/** Tokens that count (1) and padding (0), rows × length; as numbers or, as ONNX Runtime wants it, as 64-bit integers. */
export type Mask = ArrayLike<number> | ArrayLike<bigint>;

/**
 * Pools a batch's last hidden state (rows × length × dim, row-major) into `into` (rows × dim, from `at`): the mean over tokens that
 * count, or the first token; then, if asked, to unit length (a row of zeros stays one). Sums are in double precision.
 * Sentence-BERT (Reimers & Gurevych 2019), §3.
 */
export function pool(
  hidden: Float32Array,
  mask: Mask,
  shape: { rows: number; length: number; dim: number },
  how: { pooling: Pooling; normalise: boolean },
  into: Float32Array,
  at = 0,
): void {
  const { rows, length, dim } = shape;
  const sum = new Float64Array(dim);
  for (let row = 0; row < rows; row++) {
    sum.fill(0);
    let tokens = 0;
    for (let t = 0; t < length; t++) {
      if (Number(mask[row * length + t]) === 0) continue;
      const from = (row * length + t) * dim;
      for (let d = 0; d < dim; d++) sum[d] += hidden[from + d];
      tokens++;
      if (how.pooling === 'cls') break;
    }
    let scale = tokens ? 1 / tokens : 0;
    if (how.normalise) {
      let square = 0;
      for (let d = 0; d < dim; d++) square += sum[d] * sum[d];
      scale = square > 0 ? 1 / Math.sqrt(square) : 0;
    }
    for (let d = 0; d < dim; d++) into[at + row * dim + d] = sum[d] * scale;
  }
}
