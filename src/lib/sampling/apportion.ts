/**
 * Whole numbers in proportion to `weights` that sum to `total` (Hamilton's method of largest remainders; equal remainders
 * go to the earlier entry). Weights must not be negative; if all are 0, everything is 0.
 */
export function apportion(weights: ArrayLike<number>, total: number): number[] {
  let sum = 0;
  for (let i = 0; i < weights.length; i++) sum += weights[i];
  const out = new Array<number>(weights.length).fill(0);
  if (sum <= 0 || total <= 0) return out;
  const rest: number[] = [];
  let given = 0;
  for (let i = 0; i < weights.length; i++) {
    const exact = (weights[i] / sum) * total;
    // A share that is whole but for rounding (0.1 × 30) counts as whole, so that its remainder is 0 and not nearly 1.
    const near = Math.round(exact);
    out[i] = Math.abs(exact - near) < 1e-9 * total ? near : Math.floor(exact);
    // In steps of 1e-9: engines differ in the last digit of Math.pow, and must not differ in who gets a remainder.
    rest[i] = Math.round((exact - out[i]) * 1e9);
    given += out[i];
  }
  const order = rest.map((_, i) => i).sort((a, b) => rest[b] - rest[a] || a - b);
  for (let i = 0; given < total && i < order.length; i++, given++) out[order[i]]++;
  for (let i = order.length - 1; given > total && i >= 0; i--)
    if (out[order[i]] > 0) {
      out[order[i]]--;
      given--;
    }
  return out;
}
