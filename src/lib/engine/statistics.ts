/** A column's order statistics without sorting it: a million values take 10 ms instead of 80. */
import { columnStats } from '$lib/columns/stats';
import type { ColumnStats } from '$lib/columns/types';

const POINTS = [0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99];
/** Below this many values sorting costs less than counting into 65,536 buckets. */
const FEW = 20_000;

const buckets = new Uint32Array(65536);
/** Per bucket: 0, or one more than its entry among the wanted ones. */
const wantedAt = new Uint8Array(65536);

/**
 * The same as `columnStats` of the columns: quantiles by linear interpolation, exact. Values are counted by the upper half of
 * their bits; only the few buckets that hold a wanted rank are looked into.
 */
export function quickStats(values: Float32Array): ColumnStats {
  if (values.length < FEW) return columnStats(values);
  const words = new Int32Array(values.buffer, values.byteOffset, values.length);
  buckets.fill(0);
  let count = 0;
  let sum = 0;
  let min = Infinity;
  let max = -Infinity;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value !== value) continue;
    const word = words[i];
    buckets[word < 0 ? ~word >>> 16 : (word >>> 16) | 0x8000]++;
    count++;
    sum += value;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  if (count === 0) return columnStats(values);
  const ranks = POINTS.flatMap((q) => {
    const low = Math.floor(q * (count - 1));
    return [low, Math.min(low + 1, count - 1)];
  });
  const at = ranked(values, words, ranks);
  const [p01, p05, p25, p50, p75, p95, p99] = POINTS.map((q, i) => {
    const rank = q * (count - 1);
    return at[2 * i] + (at[2 * i + 1] - at[2 * i]) * (rank - Math.floor(rank));
  });
  return { count, missing: values.length - count, min, p01, p05, p25, p50, p75, p95, p99, max, mean: sum / count };
}

/** The values at these ascending ranks. Buckets are counted already. */
function ranked(values: Float32Array, words: Int32Array, ranks: number[]): Float64Array {
  const own: { before: number; size: number }[] = [];
  const entryOf: number[] = [];
  const keys: number[] = [];
  for (let rank = 0, bucket = -1, before = 0, end = 0; rank < ranks.length; rank++) {
    while (ranks[rank] >= end) {
      before = end;
      end += buckets[++bucket];
    }
    if (keys[keys.length - 1] !== bucket) {
      keys.push(bucket);
      own.push({ before, size: buckets[bucket] });
      wantedAt[bucket] = keys.length;
    }
    entryOf.push(keys.length - 1);
  }
  // Where a bucket holds one value only (whole numbers, flags) its first is enough.
  const first = new Float32Array(keys.length);
  const state = new Uint8Array(keys.length);
  let mixed = false;
  for (let i = 0; i < values.length; i++) {
    const word = words[i];
    const entry = wantedAt[word < 0 ? ~word >>> 16 : (word >>> 16) | 0x8000] - 1;
    if (entry < 0 || state[entry] === 2) continue;
    if (state[entry] === 0) {
      first[entry] = values[i];
      state[entry] = 1;
    } else if (values[i] !== first[entry]) {
      state[entry] = 2;
      mixed = true;
    }
  }
  const lists = own.map(({ size }, entry) => (state[entry] === 2 ? new Float32Array(size) : null));
  if (mixed) {
    const filled = new Uint32Array(keys.length);
    for (let i = 0; i < values.length; i++) {
      const word = words[i];
      const entry = wantedAt[word < 0 ? ~word >>> 16 : (word >>> 16) | 0x8000] - 1;
      if (entry >= 0 && state[entry] === 2 && values[i] === values[i]) lists[entry]![filled[entry]++] = values[i];
    }
    for (const list of lists) list?.sort();
  }
  for (const key of keys) wantedAt[key] = 0;
  return Float64Array.from(ranks, (rank, i) => {
    const entry = entryOf[i];
    return lists[entry]?.[rank - own[entry].before] ?? first[entry];
  });
}

/** Statistics of a flag column from its bytes (0, 1, 255 where there is none). */
export function flagStats(bytes: Uint8Array): ColumnStats {
  let ones = 0;
  let missing = 0;
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] === 1) ones++;
    else if (bytes[i] === 255) missing++;
  }
  const count = bytes.length - missing;
  if (count === 0) return columnStats(new Float32Array(bytes.length).fill(NaN));
  const valueAt = (rank: number) => (rank < count - ones ? 0 : 1);
  const [p01, p05, p25, p50, p75, p95, p99] = POINTS.map((q) => {
    const rank = q * (count - 1);
    const low = valueAt(Math.floor(rank));
    return low + (valueAt(Math.min(Math.floor(rank) + 1, count - 1)) - low) * (rank - Math.floor(rank));
  });
  const min = ones === count ? 1 : 0;
  return { count, missing, min, p01, p05, p25, p50, p75, p95, p99, max: ones > 0 ? 1 : 0, mean: ones / count };
}
