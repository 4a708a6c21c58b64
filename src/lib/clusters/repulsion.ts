import { Fourier, transpose } from './fft';

/** Widest step of a grid while there is a finer one. At 0.95 the grid showed in the picture: points stood on its lines. */
const STEP = 0.7;
/** Rows of the largest grid; its points' half is 512 × step wide. */
const LARGEST = 512;
const SMALLEST = 32;
/** Steps left free at each side, for the splines. */
const MARGIN = 3;

/**
 * What pushes every point of the plane from every other, w² (yᵢ − yⱼ) with w = 1 / (1 + |yᵢ − yⱼ|²), summed on a grid by Fourier transforms
 * in time linear in the points (Linderman et al. 2019, FIt-SNE). Points are spread over the grid and read from it by cubic B-splines, and
 * the kernel is w over the transform of the splines at the grid's points, so that sums are those of cubic interpolation. The push is
 * −½ the gradient of Σ w, taken among the frequencies.
 */
export class Repulsion {
  #fourier = new Fourier(SMALLEST);
  #step = 0;
  #re = new Float32Array(0);
  #im = new Float32Array(0);
  #kernel = new Float32Array(0);
  #angle = new Float32Array(0);

  /**
   * Writes each point's push to `push` (as long as `positions`: x and y in turn).
   * @returns the sum of w over all ordered pairs
   */
  of(positions: Float32Array, push: Float32Array): number {
    let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
    for (let i = 0; i < positions.length; i += 2) {
      const x = positions[i];
      const y = positions[i + 1];
      if (x < left) left = x;
      if (x > right) right = x;
      if (y < top) top = y;
      if (y > bottom) bottom = y;
    }
    this.#fit(Math.max(right - left, bottom - top));
    const n = this.#fourier.n;
    const step = this.#step;
    const x0 = (left + right) / 2 - (n / 4) * step;
    const y0 = (top + bottom) / 2 - (n / 4) * step;
    this.#spread(positions, x0, y0);
    const sum = this.#convolve();
    this.#read(positions, x0, y0, push);
    return sum - positions.length / 2;
  }

  /** A grid half of which (the rest keeps its ends apart) holds points spread as far as `width`. */
  #fit(width: number): void {
    const stepOf = (n: number) => width / (n / 2 - 2 * MARGIN);
    let n = SMALLEST;
    while (n < LARGEST && stepOf(n) > STEP) n *= 2;
    const least = Math.max(stepOf(n), 1e-6);
    // The same grid serves until points outgrow it.
    if (n === this.#fourier.n && least <= this.#step && this.#step <= 1.3 * least) return;
    this.#step = stepOf(n) > STEP ? 1.1 * least : Math.min(STEP, 1.2 * least);
    if (n !== this.#fourier.n || this.#re.length === 0) {
      this.#fourier = new Fourier(n);
      const planes = Array.from({ length: 3 }, () => new Float32Array(n * n));
      [this.#re, this.#im, this.#kernel] = planes;
    }
    this.#setKernel();
  }

  #setKernel(): void {
    const { n, rowOf } = this.#fourier;
    const re = this.#re;
    this.#im.fill(0);
    for (let row = 0; row < n; row++)
      for (let column = 0; column < n; column++) {
        const x = Math.min(column, n - column) * this.#step;
        const y = Math.min(row, n - row) * this.#step;
        re[row * n + column] = 1 / (1 + x * x + y * y);
      }
    this.#transform(n);
    const spline = new Float64Array(n);
    this.#angle = new Float32Array(n);
    for (let k = 0; k < n; k++) {
      const angle = (2 * Math.PI * (k < n / 2 ? k : k - n)) / n;
      spline[rowOf[k]] = ((2 + Math.cos(angle)) / 3) ** 2;
      this.#angle[rowOf[k]] = 2 * k === n ? 0 : angle / this.#step;
    }
    for (let a = 0; a < n; a++)
      for (let b = 0; b < n; b++) this.#kernel[a * n + b] = re[a * n + b] / (spline[a] * spline[b] * n * n);
  }

  /** To frequencies, those of x in rows; the first `columns` columns hold anything. */
  #transform(columns: number): void {
    const { n } = this.#fourier;
    this.#fourier.forward(this.#re, this.#im, n, columns);
    transpose(this.#re, n);
    transpose(this.#im, n);
    this.#fourier.forward(this.#re, this.#im, n, n);
  }

  /** From masses on the grid to the push along x (real part) and y (imaginary part); returns the sum of w. */
  #convolve(): number {
    const { n } = this.#fourier;
    const [re, im, kernel, angle] = [this.#re, this.#im, this.#kernel, this.#angle];
    this.#transform(n / 2);
    let sum = 0;
    for (let a = 0, at = 0; a < n; a++)
      for (let b = 0; b < n; b++, at++) {
        const r = re[at];
        const i = im[at];
        sum += kernel[at] * (r * r + i * i);
        // −½ (i·ax + i·i·ay) times kernel times mass.
        const kr = 0.5 * kernel[at] * angle[b];
        const ki = -0.5 * kernel[at] * angle[a];
        re[at] = kr * r - ki * i;
        im[at] = kr * i + ki * r;
      }
    this.#fourier.inverse(re, im, n, n);
    transpose(re, n);
    transpose(im, n);
    this.#fourier.inverse(re, im, n, n / 2);
    return sum;
  }

  #spread(positions: Float32Array, x0: number, y0: number): void {
    const { n } = this.#fourier;
    const re = this.#re.fill(0);
    this.#im.fill(0);
    const step = this.#step;
    for (let i = 0; i < positions.length; i += 2) {
      const u = (positions[i] - x0) / step;
      const v = (positions[i + 1] - y0) / step;
      const column = Math.floor(u);
      const row = Math.floor(v);
      spline(u - column, ACROSS);
      spline(v - row, DOWN);
      for (let d = 0, at = (row - 1) * n + column - 1; d < 4; d++, at += n) {
        const w = DOWN[d];
        re[at] += w * ACROSS[0];
        re[at + 1] += w * ACROSS[1];
        re[at + 2] += w * ACROSS[2];
        re[at + 3] += w * ACROSS[3];
      }
    }
  }

  #read(positions: Float32Array, x0: number, y0: number, push: Float32Array): void {
    const { n } = this.#fourier;
    const [re, im] = [this.#re, this.#im];
    const step = this.#step;
    for (let i = 0; i < positions.length; i += 2) {
      const u = (positions[i] - x0) / step;
      const v = (positions[i + 1] - y0) / step;
      const column = Math.floor(u);
      const row = Math.floor(v);
      spline(u - column, ACROSS);
      spline(v - row, DOWN);
      const w0 = ACROSS[0];
      const w1 = ACROSS[1];
      const w2 = ACROSS[2];
      const w3 = ACROSS[3];
      let x = 0;
      let y = 0;
      for (let d = 0, at = (row - 1) * n + column - 1; d < 4; d++, at += n) {
        x += DOWN[d] * (re[at] * w0 + re[at + 1] * w1 + re[at + 2] * w2 + re[at + 3] * w3);
        y += DOWN[d] * (im[at] * w0 + im[at + 1] * w1 + im[at + 2] * w2 + im[at + 3] * w3);
      }
      push[i] = x;
      push[i + 1] = y;
    }
  }
}

const ACROSS = new Float64Array(4);
const DOWN = new Float64Array(4);

/** The four cubic B-splines that a point a share `t` past the second of four grid points falls under. */
function spline(t: number, out: Float64Array): void {
  const s = 1 - t;
  out[0] = (s * s * s) / 6;
  out[1] = (4 + 3 * t * t * (t - 2)) / 6;
  out[2] = (4 + 3 * s * s * (s - 2)) / 6;
  out[3] = (t * t * t) / 6;
}
