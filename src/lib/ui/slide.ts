import type { Range } from '$lib/columns/types';

export type Side = 'min' | 'max';

/** What a handle moves along: the axis' ends, the step of an arrow key at a value, and whether values are whole. */
export interface Track {
  low: number;
  high: number;
  whole: boolean;
  step(value: number): number;
}

/** The range without its open ends; null when both are open. */
export function tidy(range: Range): Range | null {
  const next: Range = {};
  if (range.min !== undefined && Number.isFinite(range.min)) next.min = range.min;
  if (range.max !== undefined && Number.isFinite(range.max)) next.max = range.max;
  return next.min === undefined && next.max === undefined ? null : next;
}

/**
 * A handle set to a value. At or beyond its own end of the axis the cut is open; a handle never passes the other one.
 */
export function moved(track: Track, range: Range, side: Side, value: number): Range {
  const next: Range = { ...range };
  if (side === 'min') {
    if (value <= track.low) delete next.min;
    else next.min = Math.min(value, range.max ?? track.high);
  } else if (value >= track.high) delete next.max;
  else next.max = Math.max(value, range.min ?? track.low);
  return next;
}

/** A value typed as a number: kept as written even beyond the axis; it pushes the other handle rather than turn the range round. */
export function typed(range: Range, side: Side, value: number | null): Range {
  const next: Range = { ...range };
  if (value === null) delete next[side];
  else {
    next[side] = value;
    if (side === 'min' && next.max !== undefined && next.max < value) next.max = value;
    if (side === 'max' && next.min !== undefined && next.min > value) next.min = value;
  }
  return next;
}

/** Where a key takes a handle; null for a key that is none of its business. */
export function keyed(track: Track, range: Range, side: Side, key: string, shift: boolean): Range | null {
  const at = range[side] ?? (side === 'min' ? track.low : track.high);
  const step = track.step(at) * (shift ? 10 : 1);
  const clean = (value: number) => (track.whole ? Math.round(value) : Number(value.toPrecision(10)));
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return moved(track, range, side, clean(at + step));
    case 'ArrowLeft':
    case 'ArrowDown':
      return moved(track, range, side, clean(at - step));
    case 'PageUp':
      return moved(track, range, side, clean(at + step * 10));
    case 'PageDown':
      return moved(track, range, side, clean(at - step * 10));
    case 'Home':
      return moved(track, range, side, side === 'min' ? track.low : (range.min ?? track.low));
    case 'End':
      return moved(track, range, side, side === 'max' ? track.high : (range.max ?? track.high));
    case 'Delete':
    case 'Backspace':
      return typed(range, side, null);
    default:
      return null;
  }
}

/** The handle meant by a press at `x`: the nearer one, and of two at one spot the one that can still move that way. */
export function nearest(x: number, min: number, max: number): Side {
  if (min === max) return x < min ? 'min' : 'max';
  return Math.abs(x - min) <= Math.abs(x - max) ? 'min' : 'max';
}
