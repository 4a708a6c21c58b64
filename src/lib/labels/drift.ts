/** A label whose share differs between the first and the last quarter of time. */
export interface Drift {
  label: number;
  /** Shares in the first and in the last quarter. */
  from: number;
  to: number;
  /** Chi-square of the 2 × 2 table (one degree of freedom). */
  statistic: number;
  /** Of that statistic, times the number of labels tested (Bonferroni), at most 1. */
  p: number;
  /** Times between which the shares are compared: end of the first and start of the last quarter. */
  until: number;
  since: number;
}

/** Level of the corrected test. */
const LEVEL = 0.01;
/** Cohen's h of a small effect: in large sets a share that moves by less is significant but not worth a look. */
const EFFECT = 0.2;
/** Expected records in every cell of the table below which chi-square does not hold (Cochran). */
const EXPECTED = 5;

/**
 * Complementary error function, relative error below 1.2e-7 everywhere
 * (Chebyshev fit of Press et al., Numerical Recipes, 6.2).
 */
function erfc(x: number): number {
  const z = Math.abs(x);
  const t = 1 / (1 + z / 2);
  const fit = [
    0.17087277, -0.82215223, 1.48851587, -1.13520398, 0.27886807, -0.18628806, 0.09678418, 0.37409196, 1.00002368,
    -1.26551223,
  ].reduce((sum, c) => sum * t + c, 0);
  const value = t * Math.exp(-z * z + fit);
  return x >= 0 ? value : 2 - value;
}

/** Probability that a chi-square of one degree of freedom is at least `statistic`. */
export function chiSquareTail(statistic: number): number {
  return statistic <= 0 ? 1 : erfc(Math.sqrt(statistic / 2));
}

/**
 * Labels that drift over time, the most certain first: chi-square between the first and the last quarter of the dated
 * records, Bonferroni over the labels, p < 0.01, and at least a small effect (Cohen's h ≥ 0.2).
 * @param labels a class code per record, −1 where unlabelled
 * @param times milliseconds, NaN where unknown
 */
export function drifts(labels: Int32Array, classes: number, times: Float64Array): Drift[] {
  const dated = Float64Array.from(times.filter((time, row) => labels[row] >= 0 && !Number.isNaN(time))).sort();
  if (classes < 2 || dated.length < 40) return [];
  const until = dated[Math.floor((dated.length - 1) / 4)];
  const since = dated[Math.ceil(((dated.length - 1) * 3) / 4)];
  if (!(until < since)) return [];
  const early = new Float64Array(classes);
  const late = new Float64Array(classes);
  let earlySum = 0;
  let lateSum = 0;
  for (let row = 0; row < labels.length; row++) {
    if (labels[row] < 0) continue;
    if (times[row] <= until) {
      early[labels[row]]++;
      earlySum++;
    } else if (times[row] >= since) {
      late[labels[row]]++;
      lateSum++;
    }
  }
  const all = earlySum + lateSum;
  const tested: Drift[] = [];
  for (let label = 0; label < classes; label++) {
    const have = early[label] + late[label];
    const least = Math.min(earlySum, lateSum) / all;
    if (have * least < EXPECTED || (all - have) * least < EXPECTED) continue;
    const from = early[label] / earlySum;
    const to = late[label] / lateSum;
    const pooled = have / all;
    const statistic = (to - from) ** 2 / (pooled * (1 - pooled) * (1 / earlySum + 1 / lateSum));
    tested.push({ label, from, to, statistic, p: chiSquareTail(statistic), until, since });
  }
  return tested
    .map((drift) => ({ ...drift, p: Math.min(1, drift.p * tested.length) }))
    .filter(({ p, from, to }) => p < LEVEL && Math.abs(effect(from, to)) >= EFFECT)
    .sort((a, b) => a.p - b.p || b.statistic - a.statistic || a.label - b.label);
}

/** Cohen's h between two shares. */
function effect(a: number, b: number): number {
  return 2 * Math.asin(Math.sqrt(b)) - 2 * Math.asin(Math.sqrt(a));
}
