import type { Vectors } from '../embedding/types';

/**
 * Cosine distance (1 − cosine, 0–2) of every record to a query vector (of any length but zero): a column whose cut is "within this
 * distance". NaN where a record has no vector. Throws a RangeError where the query has another dimension.
 */
export function rank({ rows, dim, values }: Vectors, query: Float32Array): Float32Array {
  if (query.length !== dim)
    throw new RangeError(`The query has ${query.length} components, the records' vectors ${dim}: use the same model`);
  let norm = 0;
  for (const value of query) norm += value * value;
  const scale = 1 / Math.sqrt(norm);
  const out = new Float32Array(rows);
  for (let row = 0, at = 0; row < rows; row++) {
    let product = 0;
    let square = 0;
    for (let d = 0; d < dim; d++, at++) {
      product += values[at] * query[d];
      square += values[at] * values[at];
    }
    out[row] = square === 0 ? NaN : Math.min(2, Math.max(0, 1 - product * scale));
  }
  return out;
}

/** Places of the `count` records nearest to the query, nearest first, equal ones by place; records without a distance are left out. */
export function nearest(distances: Float32Array, count: number): Uint32Array {
  const places = new Uint32Array(distances.length);
  let n = 0;
  for (let i = 0; i < distances.length; i++) if (!Number.isNaN(distances[i])) places[n++] = i;
  return places
    .subarray(0, n)
    .sort((a, b) => distances[a] - distances[b] || a - b)
    .slice(0, count);
}

/** Weights of Rocchio's formula: query, records liked, records disliked. */
export interface RocchioWeights {
  alpha: number;
  beta: number;
  gamma: number;
}
/** Manning, Raghavan & Schütze 2008, section 9.1.1. */
export const ROCCHIO: RocchioWeights = { alpha: 1, beta: 0.75, gamma: 0.15 };

/**
 * The query moved towards records liked and away from records disliked: α q + β mean(liked) − γ mean(disliked), of unit length (Rocchio
 * 1971). Without a query (null) only the records speak. Records without a vector do not count. A row of zeros where nothing is left.
 */
export function rocchio(
  vectors: Vectors,
  liked: ArrayLike<number>,
  disliked: ArrayLike<number>,
  query: Float32Array | null = null,
  { alpha, beta, gamma }: RocchioWeights = ROCCHIO,
): Float32Array {
  const { dim, values } = vectors;
  const sum = new Float64Array(dim);
  if (query) for (let d = 0; d < dim; d++) sum[d] += alpha * query[d];
  const move = (places: ArrayLike<number>, weight: number) => {
    const withVector = Array.from(places).filter((row) =>
      values.subarray(row * dim, (row + 1) * dim).some((value) => value !== 0),
    );
    for (const row of withVector)
      for (let d = 0; d < dim; d++) sum[d] += (weight / withVector.length) * values[row * dim + d];
  };
  move(liked, beta);
  move(disliked, -gamma);
  let norm = 0;
  for (const value of sum) norm += value * value;
  return Float32Array.from(sum, (value) => (norm === 0 ? 0 : value / Math.sqrt(norm)));
}
