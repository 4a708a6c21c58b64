/**
 * How many different kinds a random sample of `size` records is expected to have, drawn without replacement from all that `counts` tell of:
 * rarefaction, Σ 1 − C(N − nᵢ, size) / C(N, size) (Hurlbert 1971), so that sets of different sizes compare.
 * @param counts records of each kind
 * @param total N, records of all kinds and of none; at least their sum
 * @param size records of the sample, 0 to `total`
 */
export function rarefied(counts: ArrayLike<number>, total: number, size: number): number {
  let most = 0;
  for (let i = 0; i < counts.length; i++) most = Math.max(most, counts[i]);
  // The share of samples that miss a kind of n records, for every n.
  const missed = new Float64Array(most + 1);
  missed[0] = 1;
  for (let n = 0; n < most; n++) missed[n + 1] = missed[n] * Math.max(0, (total - size - n) / (total - n));
  let sum = 0;
  for (let i = 0; i < counts.length; i++) sum += 1 - missed[counts[i]];
  return sum;
}
