/** Context lengths trainers are set to, in tokens. */
export const LIMITS = [512, 1024, 2048, 4096, 8192] as const;

/** How many records fit a length. */
export interface Fit {
  limit: number;
  all: number;
  kept: number;
}

/**
 * Counts records that fit each limit, of all measurable ones and of those kept.
 * @param values tokens per record, NaN where not measurable (left out)
 * @param kept one byte per record, 0 = dropped
 */
export function fits(
  values: Float32Array,
  kept: Uint8Array,
  limits: readonly number[] = LIMITS,
): { all: number; kept: number; rows: Fit[] } {
  const all = new Float64Array(limits.length + 1);
  const still = new Float64Array(limits.length + 1);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value !== value) continue;
    let slot = 0;
    while (slot < limits.length && value > limits[slot]) slot++;
    all[slot]++;
    if (kept[i]) still[slot]++;
  }
  const total = { all: 0, kept: 0 };
  const rows = limits.map((limit, slot) => {
    total.all += all[slot];
    total.kept += still[slot];
    return { limit, all: total.all, kept: total.kept };
  });
  return { all: total.all + all[limits.length], kept: total.kept + still[limits.length], rows };
}
