/** How spread out vectors are. All take unit vectors, row-major, rows × dim; rows of zeros (no text) must be left out before. */

/** Cosine distances of every row to every other, rows × rows, 0 on the diagonal; never below 0. */
export function cosineDistances(values: Float32Array, dim: number): Float64Array {
  const rows = values.length / dim;
  const out = new Float64Array(rows * rows);
  for (let i = 0; i < rows; i++)
    for (let j = 0; j < i; j++) {
      let dot = 0;
      for (let d = 0, a = i * dim, b = j * dim; d < dim; d++) dot += values[a + d] * values[b + d];
      out[i * rows + j] = out[j * rows + i] = Math.max(0, 1 - dot);
    }
  return out;
}

/** Mean over rows of the cosine distance to the nearest other row; NaN below two rows. `distances` is of cosineDistances. */
export function meanNearestDistance(distances: Float64Array, rows: number): number {
  if (rows < 2) return NaN;
  let sum = 0;
  for (let i = 0; i < rows; i++) {
    let least = Infinity;
    for (let j = 0; j < rows; j++) if (j !== i && distances[i * rows + j] < least) least = distances[i * rows + j];
    sum += least;
  }
  return sum / rows;
}

/** Constants of NovelSum as its authors recommend them: power of the proximity, power of the density, neighbours of the density. */
export const NOVELSUM = { proximity: 1, density: 0.5, neighbours: 10 } as const;
const REGULAR = 1e-9;

/**
 * Density at each row: (mean squared Euclidean distance to its K nearest rows of `reference` + 1e-9)^−β, with itself and exact copies left out
 * (β = 0.5, K = 10; fewer where the reference is smaller, 1 where it has no other row).
 */
export function densities(values: Float32Array, reference: Float32Array, dim: number): Float64Array {
  const rows = values.length / dim;
  const others = reference.length / dim;
  const out = new Float64Array(rows);
  const nearest = new Float64Array(NOVELSUM.neighbours);
  const seen = distinctRows(reference, dim, others);
  for (let i = 0; i < rows; i++) {
    let held = 0;
    for (const j of seen) {
      let squared = 0;
      for (let d = 0, a = i * dim, b = j * dim; d < dim; d++) {
        const by = values[a + d] - reference[b + d];
        squared += by * by;
      }
      if (squared === 0 || (held === nearest.length && squared >= nearest[held - 1])) continue;
      let at = held < nearest.length ? held++ : held - 1;
      for (; at > 0 && nearest[at - 1] > squared; at--) nearest[at] = nearest[at - 1];
      nearest[at] = squared;
    }
    let sum = 0;
    for (let k = 0; k < held; k++) sum += nearest[k];
    out[i] = held ? 1 / (sum / held + REGULAR) ** NOVELSUM.density : 1;
  }
  return out;
}

function distinctRows(values: Float32Array, dim: number, rows: number): number[] {
  const known = new Set<string>();
  const out: number[] = [];
  for (let i = 0; i < rows; i++) {
    const key = values.subarray(i * dim, (i + 1) * dim).join();
    if (known.has(key)) continue;
    known.add(key);
    out.push(i);
  }
  return out;
}

/**
 * NovelSum (Yang et al. 2025, arXiv 2502.17184): mean over rows i of Σ_j w_ij σ_i d_ij / Σ_j w_ij over the other rows j, with d the cosine distance,
 * w_ij = 1 / (rank of j by distance from i)^α, the nearest having rank 1 (α = 1), and σ_i the density at i (`densities`, of all records, so that a
 * cut does not change the measure it is judged by). As the authors' code has it now: the row itself is left out of the ranks (the paper's own figures
 * gave it rank 1), and the sum is a mean, so that sets of different sizes compare. NaN below two rows.
 */
export function novelSum(distances: Float64Array, density: Float64Array): number {
  const rows = density.length;
  if (rows < 2) return NaN;
  const row = new Float64Array(rows - 1);
  let weights = 0;
  for (let r = 1; r < rows; r++) weights += 1 / r ** NOVELSUM.proximity;
  let sum = 0;
  for (let i = 0; i < rows; i++) {
    row.set(distances.subarray(i * rows, i * rows + i));
    row.set(distances.subarray(i * rows + i + 1, (i + 1) * rows), i);
    row.sort();
    let novelty = 0;
    for (let r = 0; r < row.length; r++) novelty += row[r] / (r + 1) ** NOVELSUM.proximity;
    sum += (density[i] * novelty) / weights;
  }
  return sum / rows;
}
