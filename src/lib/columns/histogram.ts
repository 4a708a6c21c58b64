import type { Column, ColumnStats } from './types';

/** Bins of a histogram: bin i is [edges[i], edges[i + 1]), the last one closed. Values beyond an end count in the end's bin. */
export interface Binning {
  scale: 'linear' | 'log';
  /** 2 to 51 ascending numbers (more only for dictionary codes). On a log scale the first may be 0: a bin of its own for zeros. */
  edges: Float64Array;
}

const MOST = 50;
/** Preferred numbers of a decade, coarse to fine. */
const DECADES = [
  [1],
  [1, 3],
  [1, 2, 5],
  [1, 1.5, 2, 3, 5, 7],
  [1, 1.25, 1.6, 2, 2.5, 3.2, 4, 5, 6.3, 8],
  [1, 1.12, 1.25, 1.4, 1.6, 1.8, 2, 2.2, 2.5, 2.8, 3.2, 3.6, 4, 4.5, 5, 5.6, 6.3, 7.1, 8, 9],
];
const WHOLE = new Set(['characters', 'words', 'tokens', 'turns', 'count', 'rank']);

/** Smallest step of 1, 2, 5 × 10^k (2.5 too for fractions) of which at most 50 cover the range. */
function niceStep(range: number, whole: boolean): number {
  const least = range / MOST;
  const power = 10 ** Math.floor(Math.log10(least));
  for (const m of [1, 2, whole && power < 10 ? 2 : 2.5, 5, 10]) {
    const step = whole ? Math.max(1, Math.round(m * power)) : m * power;
    if (step >= least * (1 - 1e-9)) return step;
  }
  return 10 * power;
}

function linear(low: number, high: number, whole: boolean): Binning {
  if (!(high > low)) high = low + (whole ? 1 : Math.max(Math.abs(low) * 0.01, 1e-3));
  const step = niceStep(high - low, whole);
  let start = Math.floor(low / step + 1e-9);
  const end = Math.ceil(high / step - 1e-9);
  if (end - start > MOST) start = end - MOST;
  const count = Math.max(1, end - start);
  const edges = Float64Array.from({ length: count + 1 }, (_, i) => Number(((start + i) * step).toPrecision(12)));
  return { scale: 'linear', edges };
}

function logarithmic(low: number, high: number, zeros: boolean, whole: boolean): Binning {
  let best: number[] = [];
  const first = Math.floor(Math.log10(low) + 1e-9);
  const last = Math.ceil(Math.log10(high) + 1e-9);
  for (const decade of DECADES) {
    const all: number[] = [];
    for (let k = first; k <= last; k++)
      for (const m of decade) {
        const edge = whole ? Math.round(m * 10 ** k) : Number((m * 10 ** k).toPrecision(3));
        if (edge > (all.at(-1) ?? 0)) all.push(edge);
      }
    let from = 0;
    while (from + 1 < all.length && all[from + 1] <= low) from++;
    let to = all.length - 1;
    while (to > from + 1 && all[to - 1] > high) to--;
    const edges = [...(zeros ? [0] : []), ...all.slice(from, to + 1)];
    if (edges.length > MOST + 1) break;
    best = edges;
  }
  return { scale: 'log', edges: Float64Array.from(best) };
}

/** Bins for a column: whole numbers get whole edges, what spans decades a log scale, ratios only the stretch where the data lives. */
export function binning(stats: ColumnStats, column: Pick<Column, 'unit' | 'dictionary'>): Binning {
  const { unit } = column;
  if (unit === 'flag') return { scale: 'linear', edges: Float64Array.of(0, 1, 2) };
  if (unit === 'code') {
    const size = column.dictionary?.length ?? stats.max + 1;
    return { scale: 'linear', edges: Float64Array.from({ length: (size || 1) + 1 }, (_, i) => i) };
  }
  if (!stats.count) return { scale: 'linear', edges: Float64Array.of(0, 1) };
  const { min, max, p01, p05, p25, p50, p75, p95, p99 } = stats;
  // Means are counted in characters too, but are no whole numbers; a quantile of whole numbers may end in quarters.
  const whole = WHOLE.has(unit) && [min, max, p25 * 4, p50 * 4, p75 * 4].every(Number.isInteger);
  if (whole && max - min < MOST)
    return { scale: 'linear', edges: Float64Array.from({ length: max - min + 2 }, (_, i) => min + i) };
  const low = whole ? Math.max(1, p05) : p05 > 0 ? p05 : p50 / 100;
  if (
    min >= 0 &&
    low > 0 &&
    max > 2 &&
    max / Math.max(p50, low) > 8 &&
    (p95 / low > 8 || (whole && max / Math.max(p50, low) > 20))
  )
    return logarithmic(whole ? Math.max(1, min) : p01 > 0 ? p01 : low, max, min < (whole ? 1 : p01), whole);
  if (unit === 'ratio' && min >= 0 && max <= 1) {
    const high = max > p99 * 2 && p99 > 0 ? Math.min(max, p99 * 1.5) : max;
    return linear(p01 > 0.2 && p01 > (high - p01) / 2 ? Math.max(min, p01 - (high - p01) / 4) : 0, high, false);
  }
  // A few far outliers shall not press everything else into one bar: they count in the last one.
  if (!whole && p99 > p01 && (max > p99 + 2 * (p99 - p01) || min < p01 - 2 * (p99 - p01)))
    return linear(Math.max(min, p01 - (p99 - p01) / 4), Math.min(max, p99 + (p99 - p01) / 4), false);
  return linear(Math.min(min, whole || min < (max - min) / 4 ? Math.max(0, min) : min), max + (whole ? 1 : 0), whole);
}

/** Where a value stands on an axis that gives every bin the same width: 0–1, clamped. */
export function binPosition(value: number, edges: Float64Array): number {
  const bins = edges.length - 1;
  if (!(value > edges[0])) return 0;
  if (value >= edges[bins]) return 1;
  let b = 0;
  while (value >= edges[b + 1]) b++;
  return (b + (value - edges[b]) / (edges[b + 1] - edges[b])) / bins;
}

/** The value at a position (0–1) of that axis. */
export function valueAt(position: number, edges: Float64Array): number {
  const bins = edges.length - 1;
  const at = Math.min(Math.max(position, 0), 1) * bins;
  const b = Math.min(Math.floor(at), bins - 1);
  return edges[b] + (at - b) * (edges[b + 1] - edges[b]);
}

/** Bin of a missing value. */
export const NO_BIN = 255;

const bits = new Float32Array(1);
const asInteger = new Int32Array(bits.buffer);

/**
 * Bin of every value; 255 where it is missing. Edges are compared in float32, as cuts are. At most 254 bins.
 * The upper 16 bits of a positive float32 rise with its value: a table over them gives the bin at once, or the one before.
 */
export function binIndex(values: Float32Array, edges: Float64Array, into = new Uint8Array(values.length)): Uint8Array {
  const bins = edges.length - 1;
  if (bins > 254) throw new Error(`${bins} bins are more than one byte holds`);
  const limits = Float32Array.from(edges);
  limits[bins] = Infinity;
  const table = new Uint8Array(32768);
  let b = 0;
  for (let top = 0; top < 32768; top++) {
    asInteger[0] = top << 16;
    while (b < bins - 1 && bits[0] >= limits[b + 1]) b++;
    table[top] = b;
  }
  const words = new Int32Array(values.buffer, values.byteOffset, values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value !== value) {
      into[i] = NO_BIN;
      continue;
    }
    let bin = words[i] < 0 ? 0 : table[words[i] >>> 16];
    while (value >= limits[bin + 1]) bin++;
    into[i] = bin;
  }
  return into;
}
