/**
 * Eigenvalues of a symmetric matrix (n × n, row-major), ascending: Householder reduction to tridiagonal form, then QL steps with implicit
 * shifts (Golub & Van Loan, Matrix Computations, 8.3). O(n³ · 4/3). `matrix` is overwritten.
 * @throws where a value is not finite.
 */
export function symmetricEigenvalues(matrix: Float64Array, n: number): Float64Array {
  for (const value of matrix)
    if (!Number.isFinite(value)) throw new Error('the matrix holds a value that is not a number');
  const { diagonal, beside } = tridiagonal(matrix, n);
  quick(diagonal, beside);
  return diagonal.sort();
}

/** Diagonal and subdiagonal (`beside[i]` between i and i + 1, the last 0) of the tridiagonal matrix with the same eigenvalues. */
function tridiagonal(a: Float64Array, n: number): { diagonal: Float64Array; beside: Float64Array } {
  const diagonal = new Float64Array(n);
  const beside = new Float64Array(n);
  const v = new Float64Array(n);
  const p = new Float64Array(n);
  for (let k = 0; k < n; k++) {
    diagonal[k] = a[k * n + k];
    if (k + 1 >= n) break;
    // Reflects column k below the diagonal onto its first place.
    let norm = 0;
    for (let i = k + 1; i < n; i++) norm += (v[i] = a[i * n + k]) ** 2;
    norm = Math.sqrt(norm);
    beside[k] = v[k + 1] > 0 ? -norm : norm;
    if (norm === 0) continue;
    v[k + 1] -= beside[k];
    let square = 0;
    for (let i = k + 1; i < n; i++) square += v[i] * v[i];
    if (square === 0) continue;
    // A ← A − v wᵀ − w vᵀ with w = p − (vᵀp / vᵀv) v, p = 2 A v / vᵀv. Rows only: A is symmetric.
    let dot = 0;
    for (let i = k + 1; i < n; i++) {
      let sum = 0;
      for (let j = k + 1, at = i * n + k + 1; j < n; j++, at++) sum += a[at] * v[j];
      p[i] = (2 * sum) / square;
      dot += p[i] * v[i];
    }
    const share = dot / square;
    for (let i = k + 1; i < n; i++) p[i] -= share * v[i];
    for (let i = k + 1; i < n; i++) {
      const vi = v[i];
      const pi = p[i];
      for (let j = k + 1, at = i * n + k + 1; j < n; j++, at++) a[at] -= vi * p[j] + pi * v[j];
    }
  }
  return { diagonal, beside };
}

const STEPS = 60;

/** QL with implicit shifts; the eigenvalues end up in `d`. */
function quick(d: Float64Array, e: Float64Array): void {
  const n = d.length;
  // Beside the largest entry: of a matrix without full rank, whole stretches are only noise.
  let scale = 0;
  for (let i = 0; i < n; i++) scale = Math.max(scale, Math.abs(d[i]) + Math.abs(e[i]));
  const noise = Number.EPSILON * scale;
  for (let l = 0; l < n; l++) {
    for (let step = 0; ; step++) {
      let m = l;
      while (m < n - 1 && Math.abs(e[m]) > noise) m++;
      if (m === l) break;
      if (step === STEPS) throw new Error(`an eigenvalue did not settle in ${STEPS} steps`);
      let g = (d[l + 1] - d[l]) / (2 * e[l]);
      let r = Math.hypot(g, 1);
      g = d[m] - d[l] + e[l] / (g + (g < 0 ? -r : r));
      let s = 1;
      let c = 1;
      let shift = 0;
      let i = m - 1;
      for (; i >= l; i--) {
        const f = s * e[i];
        const b = c * e[i];
        r = Math.hypot(f, g);
        e[i + 1] = r;
        if (r === 0) {
          d[i + 1] -= shift;
          e[m] = 0;
          break;
        }
        s = f / r;
        c = g / r;
        g = d[i + 1] - shift;
        r = (d[i] - g) * s + 2 * c * b;
        shift = s * r;
        d[i + 1] = g + shift;
        g = c * r - b;
      }
      if (r === 0 && i >= l) continue;
      d[l] -= shift;
      e[l] = g;
      e[m] = 0;
    }
  }
}
