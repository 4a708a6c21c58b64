import { symmetricEigen } from './eigen';
import { bits32 } from './draw';

/** A sparse matrix by rows. */
export interface SparseMatrix {
  rows: number;
  columns: number;
  /** Rows + 1 entries. */
  offsets: Uint32Array;
  /** Column of each value. */
  indices: Uint32Array;
  values: Float64Array;
}

/** Leading right singular vectors, `vectors[column * rank + j]`, and singular values, greatest first. */
export interface TruncatedSvd {
  rank: number;
  values: Float64Array;
  vectors: Float64Array;
}

/** Columns of the random matrix beyond the rank asked for (Halko et al. use 5 or 10). */
const OVERSAMPLING = 10;
/** Products with A Aᵀ before the range is taken: spectra of text fall slowly (Halko et al., 4.5; scikit-learn takes 4). */
const POWER = 4;
/** Values between two yields. */
const STRIDE = 1 << 18;

/** out (rows × l) = A · x (columns × l). */
function* times(a: SparseMatrix, x: Float64Array, l: number): Generator<void, Float64Array> {
  const out = new Float64Array(a.rows * l);
  const { offsets, indices, values } = a;
  let rest = STRIDE;
  for (let i = 0; i < a.rows; i++) {
    const to = i * l;
    for (let e = offsets[i]; e < offsets[i + 1]; e++) {
      const value = values[e];
      const from = indices[e] * l;
      for (let j = 0; j < l; j++) out[to + j] += value * x[from + j];
    }
    if ((rest -= offsets[i + 1] - offsets[i]) < 0) {
      rest = STRIDE;
      yield;
    }
  }
  return out;
}

/** out (columns × l) = Aᵀ · y (rows × l). */
function* transposedTimes(a: SparseMatrix, y: Float64Array, l: number): Generator<void, Float64Array> {
  const out = new Float64Array(a.columns * l);
  const { offsets, indices, values } = a;
  let rest = STRIDE;
  for (let i = 0; i < a.rows; i++) {
    const from = i * l;
    for (let e = offsets[i]; e < offsets[i + 1]; e++) {
      const value = values[e];
      const to = indices[e] * l;
      for (let j = 0; j < l; j++) out[to + j] += value * y[from + j];
    }
    if ((rest -= offsets[i + 1] - offsets[i]) < 0) {
      rest = STRIDE;
      yield;
    }
  }
  return out;
}

/** xᵀ · x of a matrix of rows × l. */
function gram(x: Float64Array, rows: number, l: number): Float64Array {
  const out = new Float64Array(l * l);
  for (let i = 0; i < rows; i++) {
    const at = i * l;
    for (let p = 0; p < l; p++) {
      const value = x[at + p];
      if (value !== 0) for (let q = p; q < l; q++) out[p * l + q] += value * x[at + q];
    }
  }
  for (let p = 0; p < l; p++) for (let q = 0; q < p; q++) out[p * l + q] = out[q * l + p];
  return out;
}

/**
 * Turns x (rows × l) so that its columns are orthogonal, the longest first, and makes each of unit length; what lies below
 * the precision of doubles becomes zero. Returns the squares of the lengths.
 */
function orthonormalise(x: Float64Array, rows: number, l: number): Float64Array {
  const { values, vectors } = symmetricEigen(gram(x, rows, l), l);
  const least = values[0] * 1e-13;
  const turn = new Float64Array(l * l);
  for (let j = 0; j < l; j++) {
    if (values[j] > least) for (let p = 0; p < l; p++) turn[p * l + j] = vectors[p * l + j] / Math.sqrt(values[j]);
    else values[j] = 0;
  }
  const row = new Float64Array(l);
  for (let i = 0; i < rows; i++) {
    row.fill(0);
    for (let p = 0; p < l; p++) {
      const value = x[i * l + p];
      if (value !== 0) for (let j = 0; j < l; j++) row[j] += value * turn[p * l + j];
    }
    x.set(row, i * l);
  }
  return values;
}

/** The vectors' signs are free: the greatest component in size, the first of equals, becomes positive. */
function fixSigns(vectors: Float64Array, columns: number, rank: number): void {
  for (let j = 0; j < rank; j++) {
    let most = 0;
    for (let c = 0; c < columns; c++) {
      const value = vectors[c * rank + j];
      if (Math.abs(value) > Math.abs(most)) most = value;
    }
    if (most < 0) for (let c = 0; c < columns; c++) vectors[c * rank + j] = -vectors[c * rank + j];
  }
}

/**
 * Truncated singular value decomposition by random projection with power iterations (Halko, Martinsson and Tropp 2011,
 * algorithms 4.3 and 5.1), in doubles, the random matrix of signs drawn by the seed and the column's name. Yields the share
 * done. Values beyond the matrix's rank are zero, with vectors of zeros.
 * @param names one number a column: the result does not depend on which other columns there are or how they are ordered
 */
export function* truncatedSvd(
  a: SparseMatrix,
  rank: number,
  seed: number,
  names: Uint32Array,
): Generator<number, TruncatedSvd> {
  const l = Math.min(rank, a.rows, a.columns) + OVERSAMPLING;
  const known = Math.min(rank, l);
  let w: Float64Array = new Float64Array(a.columns * l);
  for (let c = 0; c < a.columns; c++)
    for (let j = 0; j < l; j++) w[c * l + j] = (bits32(seed, names[c], j >>> 5) >>> (j & 31)) & 1 ? 1 : -1;
  let done = 0;
  function* step(work: Generator<void, Float64Array>): Generator<number, Float64Array> {
    for (;;) {
      const { done: ended, value } = work.next();
      if (ended) {
        done += 1 / (2 * POWER + 2);
        yield done;
        return value;
      }
      yield done;
    }
  }
  for (let i = 0; ; i++) {
    const y = yield* step(times(a, w, l));
    orthonormalise(y, a.rows, l);
    if (i === POWER) orthonormalise(y, a.rows, l);
    w = yield* step(transposedTimes(a, y, l));
    if (i === POWER) break;
  }
  const squares = orthonormalise(w, a.columns, l);
  const vectors = new Float64Array(a.columns * rank);
  for (let c = 0; c < a.columns; c++) for (let j = 0; j < known; j++) vectors[c * rank + j] = w[c * l + j];
  fixSigns(vectors, a.columns, rank);
  const values = new Float64Array(rank);
  for (let j = 0; j < known; j++) values[j] = Math.sqrt(squares[j]);
  return { rank, values, vectors };
}
