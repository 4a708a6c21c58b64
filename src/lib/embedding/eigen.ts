/** Sweeps after which Jacobi's method has always converged; more mean that the matrix holds NaN. */
const SWEEPS = 60;

/** Eigenvalues, greatest first, and eigenvectors of a symmetric matrix: `vectors[i * n + j]` is component i of vector j. */
export interface Eigen {
  values: Float64Array;
  vectors: Float64Array;
}

/**
 * Eigenvalues and eigenvectors of a symmetric matrix of n × n, row-major, by cyclic Jacobi rotations (Golub and Van Loan,
 * Matrix Computations, 8.5). The matrix is not changed.
 * @throws Error where it holds NaN
 */
export function symmetricEigen(matrix: Float64Array, n: number): Eigen {
  const a = matrix.slice();
  // Row j is vector j until the end: rotations then run along memory.
  const rows = new Float64Array(n * n);
  for (let i = 0; i < n; i++) rows[i * n + i] = 1;
  let most = 0;
  for (const value of a) most = Math.max(most, Math.abs(value));
  const least = most * 1e-17;
  for (let sweep = 0, turned = true; turned; sweep++) {
    if (sweep === SWEEPS || Number.isNaN(most))
      throw new Error('the eigenvalues do not converge: the matrix holds NaN');
    turned = false;
    for (let p = 0; p < n; p++)
      for (let q = p + 1; q < n; q++) {
        // Small beside both its diagonal entries: a smaller one would not make small eigenvalues truer (Demmel and Veselić 1992).
        const size = Math.abs(a[p * n + q]);
        if (size <= least || size <= 1e-14 * Math.sqrt(Math.abs(a[p * n + p] * a[q * n + q]))) continue;
        rotate(a, rows, n, p, q);
        turned = true;
      }
  }
  const order = Array.from({ length: n }, (_, i) => i).sort((i, j) => a[j * n + j] - a[i * n + i] || i - j);
  const values = Float64Array.from(order, (i) => a[i * n + i]);
  const vectors = new Float64Array(n * n);
  order.forEach((from, j) => {
    for (let i = 0; i < n; i++) vectors[i * n + j] = rows[from * n + i];
  });
  return { values, vectors };
}

function rotate(a: Float64Array, rows: Float64Array, n: number, p: number, q: number): void {
  const apq = a[p * n + q];
  const theta = (a[q * n + q] - a[p * n + p]) / (2 * apq);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  for (let k = 0; k < n; k++) {
    const akp = a[k * n + p];
    const akq = a[k * n + q];
    a[k * n + p] = c * akp - s * akq;
    a[k * n + q] = s * akp + c * akq;
  }
  turn(a, n, p, q, c, s);
  turn(rows, n, p, q, c, s);
  a[p * n + q] = a[q * n + p] = 0;
}

function turn(m: Float64Array, n: number, p: number, q: number, c: number, s: number): void {
  for (let k = 0; k < n; k++) {
    const mp = m[p * n + k];
    const mq = m[q * n + k];
    m[p * n + k] = c * mp - s * mq;
    m[q * n + k] = s * mp + c * mq;
  }
}
