/** All answers to "where may this handle go": looked up per move in the index that the worker made, without allocating. */
import type { DragIndex } from './protocol';

/** Where `lookupDrag` writes; made once per drag. */
export interface DragCounts {
  /** Records kept by every cut. */
  kept: number;
  /** One row, laid out as the index says. */
  cells: Uint32Array;
  /** The part of `cells` of each view, by the layout's ids. */
  views: Map<string, Uint32Array>;
}

/** Memory for the answers of one index. */
export function dragCounts(index: DragIndex): DragCounts {
  const cells = new Uint32Array(index.width);
  return {
    kept: 0,
    cells,
    views: new Map(index.layout.map(({ id, start, length }) => [id, cells.subarray(start, start + length)])),
  };
}

/** The position nearest to `value`: the only values a handle may take while it is dragged. */
export function snapDrag(index: DragIndex, value: number): number {
  const { steps } = index;
  const k = lowerBound(steps, value);
  if (k === steps.length) return steps[k - 1];
  return k > 0 && value - steps[k - 1] <= steps[k] - value ? steps[k - 1] : steps[k];
}

/** Number of steps below `value`. */
export function lowerBound(steps: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (steps[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The rows of the index whose difference is the range. */
function rowsOf(index: DragIndex, min: number | undefined, max: number | undefined): { low: number; high: number } {
  const { steps } = index;
  const low = min === undefined || min === -Infinity ? 0 : 2 * lowerBound(steps, snapDrag(index, min)) + 1;
  const high =
    max === undefined || max === Infinity
      ? 2 * steps.length + 1
      : 2 * lowerBound(steps, snapDrag(index, max)) + (index.below ? 1 : 2);
  return { low, high: Math.max(low, high) };
}

/** Tokens of the records kept with the dragged column cut to [min, max], as exact as `lookupDrag`; null where not known. */
export function lookupTokens(index: DragIndex, min: number | undefined, max: number | undefined): number | null {
  const { tokens } = index;
  if (!tokens) return null;
  const { low, high } = rowsOf(index, min, max);
  return tokens[high] - tokens[low] + tokens[tokens.length - 1];
}

/**
 * Counts with the dragged column cut to [min, max] (∓Infinity or undefined for an open end), written into `into` and
 * returned. Exact where both ends are steps; else the nearest step stands for them.
 */
export function lookupDrag(
  index: DragIndex,
  min: number | undefined,
  max: number | undefined,
  into: DragCounts,
): DragCounts {
  const { table, width, missing } = index;
  const { cells } = into;
  const { low, high } = rowsOf(index, min, max);
  const a = low * width;
  const b = high * width;
  for (let i = 0; i < width; i++) cells[i] = table[b + i] - table[a + i] + missing[i];
  into.kept = cells[0];
  return into;
}
