/**
 * Discrete Fourier transforms of length n, a power of two from 4, down the columns of planes (real and imaginary parts, rows of `pitch`
 * numbers): radix 4 (Cooley & Tukey 1965), in place. Frequencies stand in bit-reversed rows (`rowOf`), which spares putting them in
 * order where they are only multiplied and transformed back.
 */
export class Fourier {
  readonly n: number;
  /** Row in which each frequency stands. */
  readonly rowOf: Int32Array;
  readonly #cos: Float64Array;
  readonly #sin: Float64Array;

  constructor(n: number) {
    const bits = Math.log2(n);
    if (!Number.isInteger(bits) || bits < 2) throw new RangeError(`the length must be a power of two from 4, not ${n}`);
    this.n = n;
    this.#cos = Float64Array.from({ length: n }, (_, i) => Math.cos((2 * Math.PI * i) / n));
    this.#sin = Float64Array.from({ length: n }, (_, i) => Math.sin((2 * Math.PI * i) / n));
    this.rowOf = new Int32Array(n);
    for (let i = 1; i < n; i++) this.rowOf[i] = (this.rowOf[i >> 1] >> 1) | (i & 1 ? n >> 1 : 0);
  }

  /** Columns 0 to `columns` − 1, to frequencies: sums with exp(−2πi·rk / n). */
  forward(re: Float32Array, im: Float32Array, pitch: number, columns: number): void {
    const { n } = this;
    const cos = this.#cos;
    const sin = this.#sin;
    let m = n;
    for (; m >= 4; m >>= 2) {
      const quarter = m >> 2;
      for (let group = 0; group < n; group += m)
        for (let j = 0; j < quarter; j++) {
          const w = (j * n) / m;
          const [c1, s1, c2, s2, c3, s3] = [cos[w], -sin[w], cos[2 * w], -sin[2 * w], cos[3 * w], -sin[3 * w]];
          let a = (group + j) * pitch;
          let b = a + quarter * pitch;
          let c = b + quarter * pitch;
          let d = c + quarter * pitch;
          for (const end = a + columns; a < end; a++, b++, c++, d++) {
            const evenR = re[a] + re[c];
            const evenI = im[a] + im[c];
            const halfR = re[a] - re[c];
            const halfI = im[a] - im[c];
            const oddR = re[b] + re[d];
            const oddI = im[b] + im[d];
            const restR = re[b] - re[d];
            const restI = im[b] - im[d];
            re[a] = evenR + oddR;
            im[a] = evenI + oddI;
            const xr = evenR - oddR;
            const xi = evenI - oddI;
            re[b] = xr * c2 - xi * s2;
            im[b] = xr * s2 + xi * c2;
            const yr = halfR + restI;
            const yi = halfI - restR;
            re[c] = yr * c1 - yi * s1;
            im[c] = yr * s1 + yi * c1;
            const zr = halfR - restI;
            const zi = halfI + restR;
            re[d] = zr * c3 - zi * s3;
            im[d] = zr * s3 + zi * c3;
          }
        }
    }
    if (m === 2) this.#pairs(re, im, pitch, columns);
  }

  /** Back from frequencies, n times too large. */
  inverse(re: Float32Array, im: Float32Array, pitch: number, columns: number): void {
    const { n } = this;
    const cos = this.#cos;
    const sin = this.#sin;
    const odd = Math.log2(n) % 2 === 1;
    if (odd) this.#pairs(re, im, pitch, columns);
    for (let m = odd ? 8 : 4; m <= n; m <<= 2) {
      const quarter = m >> 2;
      for (let group = 0; group < n; group += m)
        for (let j = 0; j < quarter; j++) {
          const w = (j * n) / m;
          const [c1, s1, c2, s2, c3, s3] = [cos[w], sin[w], cos[2 * w], sin[2 * w], cos[3 * w], sin[3 * w]];
          let a = (group + j) * pitch;
          let b = a + quarter * pitch;
          let c = b + quarter * pitch;
          let d = c + quarter * pitch;
          for (const end = a + columns; a < end; a++, b++, c++, d++) {
            const xr = re[b] * c2 - im[b] * s2;
            const xi = re[b] * s2 + im[b] * c2;
            const yr = re[c] * c1 - im[c] * s1;
            const yi = re[c] * s1 + im[c] * c1;
            const zr = re[d] * c3 - im[d] * s3;
            const zi = re[d] * s3 + im[d] * c3;
            const evenR = re[a] + xr;
            const evenI = im[a] + xi;
            const halfR = re[a] - xr;
            const halfI = im[a] - xi;
            re[a] = evenR + yr + zr;
            im[a] = evenI + yi + zi;
            re[c] = evenR - yr - zr;
            im[c] = evenI - yi - zi;
            const restR = yr - zr;
            const restI = yi - zi;
            re[b] = halfR - restI;
            im[b] = halfI + restR;
            re[d] = halfR + restI;
            im[d] = halfI - restR;
          }
        }
    }
  }

  /** Sums and differences of neighbouring rows. */
  #pairs(re: Float32Array, im: Float32Array, pitch: number, columns: number): void {
    for (const plane of [re, im])
      for (let row = 0; row < this.n; row += 2) {
        let a = row * pitch;
        for (const end = a + columns; a < end; a++) {
          const value = plane[a];
          plane[a] = value + plane[a + pitch];
          plane[a + pitch] = value - plane[a + pitch];
        }
      }
  }
}

/** Turns a plane of n × n numbers over its diagonal, in place; n is a multiple of 4. */
export function transpose(plane: Float32Array, n: number): void {
  const TILE = Math.min(n, 16);
  for (let i = 0; i < n; i += TILE)
    for (let j = i; j < n; j += TILE)
      for (let row = i; row < i + TILE; row++)
        for (let column = i === j ? row + 1 : j; column < j + TILE; column++) {
          const value = plane[row * n + column];
          plane[row * n + column] = plane[column * n + row];
          plane[column * n + row] = value;
        }
}
