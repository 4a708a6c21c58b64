import { symmetricEigenvalues } from './eigenvalues';

/**
 * Vendi score (Friedman & Dieng 2023): exp of the Shannon entropy of the eigenvalues of K / n, K the cosine similarities of n unit vectors; the
 * effective number of unlike records, from 1 to n. Of XXᵀ and XᵀX, which share the eigenvalues that are not zero, the smaller one is solved.
 * @param values rows × dim, unit vectors. NaN without a row.
 */
export function vendiScore(values: Float32Array, dim: number): number {
  const rows = values.length / dim;
  if (rows === 0) return NaN;
  const size = Math.min(rows, dim);
  const gram = new Float64Array(size * size);
  if (rows <= dim)
    for (let i = 0; i < rows; i++)
      for (let j = 0; j <= i; j++) {
        let dot = 0;
        for (let d = 0; d < dim; d++) dot += values[i * dim + d] * values[j * dim + d];
        gram[i * size + j] = gram[j * size + i] = dot / rows;
      }
  else {
    for (let r = 0; r < rows; r++)
      for (let i = 0; i < dim; i++) {
        const value = values[r * dim + i] / rows;
        for (let j = 0; j <= i; j++) gram[i * size + j] += value * values[r * dim + j];
      }
    for (let i = 0; i < dim; i++) for (let j = 0; j < i; j++) gram[j * size + i] = gram[i * size + j];
  }
  let entropy = 0;
  for (const value of symmetricEigenvalues(gram, size)) if (value > 0) entropy -= value * Math.log(value);
  return Math.exp(entropy);
}
