/** What float32 rounding leaves of a vector of unit length: within this of 1 its square is left as it is. */
const ROUNDING = 1e-5;

/**
 * Brings each row of a rows × dim matrix to unit length, in place. Rows of unit length keep their bits, rows of zeros stay, and so do
 * rows with a number that is not finite.
 */
export function unitRows(values: Float32Array, dim: number): void {
  for (let at = 0; at < values.length; at += dim) {
    let squares = 0;
    for (let j = at; j < at + dim; j++) squares += values[j] * values[j];
    if (!(squares > 0) || squares === Infinity || Math.abs(squares - 1) <= ROUNDING) continue;
    const scale = 1 / Math.sqrt(squares);
    for (let j = at; j < at + dim; j++) values[j] *= scale;
  }
}
