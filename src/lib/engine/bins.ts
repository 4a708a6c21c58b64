/** Edges of a histogram's bins and the bin of a value. Bins are half open, the last one closed. */

export interface Scale {
  kind: 'linear' | 'log';
  /** Ascending, one more than there are bins. */
  edges: Float64Array;
}

/** 50 bins tell a distribution's shape at the width of a cell, and a row's bins stay one byte each. */
export const BINS = 50;

/** The largest step of 1, 2 or 5 × 10ⁿ not above `x` (x > 0). */
function niceBelow(x: number): number {
  const power = 10 ** Math.floor(Math.log10(x));
  const lead = x / power;
  return (lead >= 5 ? 5 : lead >= 2 ? 2 : 1) * power;
}

/**
 * Edges over [min, max] of a column. Whole numbers get bins of whole width; a ratio keeps 0 and 1 as its ends where it comes
 * near them; a long tail (the 99th percentile more than 20 × the median's distance from the minimum away from the end) gets
 * a logarithmic axis.
 * `whole`: every value is an integer. Returns one bin for an empty or constant column.
 */
export function scaleFor(min: number, p50: number, p99: number, max: number, whole: boolean, bins = BINS): Scale {
  if (!(max > min)) {
    const at = Number.isFinite(min) ? min : 0;
    return { kind: 'linear', edges: Float64Array.of(at, at + (whole || at === 0 ? 1 : Math.abs(at))) };
  }
  if (whole && max - min < bins) {
    const edges = new Float64Array(max - min + 2);
    for (let i = 0; i < edges.length; i++) edges[i] = min + i;
    return { kind: 'linear', edges };
  }
  if (min >= 0 && max > 20 * Math.max(p50, 1e-9) && p99 > 4 * Math.max(p50, 1e-9) && (whole ? max >= 200 : min > 0))
    return { kind: 'log', edges: logEdges(whole ? min : min, max, whole, bins) };
  const step = whole ? Math.max(1, Math.ceil((max - min) / bins)) : niceStep((max - min) / bins);
  const low = whole ? min : Math.floor(min / step) * step;
  const count = Math.max(1, Math.ceil((max - low) / step - 1e-9));
  const edges = new Float64Array(count + 1);
  for (let i = 0; i <= count; i++) edges[i] = low + i * step;
  if (edges[count] < max) edges[count] = max;
  return { kind: 'linear', edges };
}

function niceStep(x: number): number {
  const below = niceBelow(x);
  return below >= x ? below : niceBelow(x * 2.0001) >= x ? niceBelow(x * 2.0001) : niceBelow(x * 2.5001);
}

/** Geometric edges from `min` to `max`; of whole numbers rounded to whole ones and never closer than 1. Zero gets a bin. */
function logEdges(min: number, max: number, whole: boolean, bins: number): Float64Array {
  const edges: number[] = [min];
  const from = Math.max(min, whole ? 1 : min);
  if (from > min) edges.push(from);
  const ratio = (max / from) ** (1 / bins);
  for (let i = 1, value = from; i <= bins; i++) {
    value = i === bins ? max : from * ratio ** i;
    const edge = whole ? Math.max(edges[edges.length - 1] + 1, Math.round(value)) : value;
    if (edge > max && i < bins) break;
    edges.push(edge);
  }
  if (edges[edges.length - 1] < max) edges.push(max);
  return Float64Array.from(edges);
}

/** The bin of `value`: -1 for NaN; values beyond the ends go to the first and last bin. */
export function binOf(edges: Float64Array, value: number): number {
  if (value !== value) return -1;
  let low = 0;
  let high = edges.length - 2;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (value >= edges[middle]) low = middle;
    else high = middle - 1;
  }
  return low;
}

const float = new Float32Array(1);
const bits = new Uint32Array(float.buffer);

/** The smallest float32 whose upper 16 bits are `high` (of a negative one: its mantissa is all ones). */
function floorOf(high: number): number {
  bits[0] = high < 0x8000 ? high << 16 : (high << 16) | 0xffff;
  return float[0];
}

/**
 * Writes the bin of values[from … to) into `out[(row) × stride + at]`; NaN gets `missing`. Exact against `binOf`, by a table
 * over the upper 16 bits of a float32 (a logarithm or a search per value costs five times as much).
 */
export function fillBins(
  scale: Scale,
  values: Float32Array,
  from: number,
  to: number,
  out: Uint8Array,
  stride: number,
  at: number,
  missing: number,
): void {
  const { edges } = scale;
  const last = edges.length - 2;
  const first = tableOf(edges);
  const words = new Uint32Array(values.buffer, values.byteOffset, values.length);
  for (let row = from, to_ = from * stride + at; row < to; row++, to_ += stride) {
    const value = values[row];
    if (value !== value) {
      out[to_] = missing;
      continue;
    }
    let bin = first[words[row] >>> 16];
    while (bin < last && value >= edges[bin + 1]) bin++;
    out[to_] = bin;
  }
}

const tables = new WeakMap<Float64Array, Uint8Array>();
function tableOf(edges: Float64Array): Uint8Array {
  let table = tables.get(edges);
  if (!table) {
    table = new Uint8Array(65536);
    for (let high = 0; high < 65536; high++) table[high] = Math.max(0, binOf(edges, floorOf(high)));
    tables.set(edges, table);
  }
  return table;
}
