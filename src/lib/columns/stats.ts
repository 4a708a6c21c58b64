import { sortFloats } from '$lib/text/radix';
import type { ColumnStats } from './types';

const POINTS = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99] as const;

/** The q-quantile (0–1) of ascending values by linear interpolation, numpy's default; NaN where there are none. */
export function quantile(sorted: Float32Array, q: number): number {
  if (!sorted.length) return NaN;
  const at = q * (sorted.length - 1);
  const low = Math.floor(at);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (sorted[high] - sorted[low]) * (at - low);
}

/** The measurable values in ascending order, as a new array. */
export function sortedValues(values: Float32Array): Float32Array {
  const kept = new Float32Array(values.length);
  let n = 0;
  for (let i = 0; i < values.length; i++) if (values[i] === values[i]) kept[n++] = values[i];
  return sortFloats(kept.subarray(0, n));
}

/** Exact order statistics of a column; quantiles as numpy's default (linear). `values` are left alone. */
export function columnStats(values: Float32Array): ColumnStats {
  return statsOfSorted(sortedValues(values), values.length);
}

/** The same of values already sorted, of which `total - sorted.length` are missing. */
export function statsOfSorted(sorted: Float32Array, total: number): ColumnStats {
  const count = sorted.length;
  const [p01, p05, p25, p50, p75, p95, p99] = POINTS.map((q) => quantile(sorted, q));
  let sum = 0;
  for (let i = 0; i < count; i++) sum += sorted[i];
  return {
    count,
    missing: total - count,
    min: count ? sorted[0] : NaN,
    p01,
    p05,
    p25,
    p50,
    p75,
    p95,
    p99,
    max: count ? sorted[count - 1] : NaN,
    mean: count ? sum / count : NaN,
  };
}

/** Statistics of parts put together (chunks measured apart); exact, as if measured at once. */
export function mergedStats(parts: Float32Array[]): ColumnStats {
  const all = new Float32Array(parts.reduce((n, part) => n + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return columnStats(all);
}
