import { describe, expect, it } from 'vitest';
import { keyed, moved, nearest, tidy, typed, type Track } from '$lib/ui/slide';

const chars: Track = { low: 0, high: 4000, whole: true, step: (v) => (v < 100 ? 1 : 10) };
const ratio: Track = { low: 0, high: 1, whole: false, step: () => 0.01 };

describe('a handle', () => {
  it('moves by a step, ten with shift', () => {
    expect(keyed(chars, { min: 10 }, 'min', 'ArrowRight', false)).toEqual({ min: 11 });
    expect(keyed(chars, { min: 10 }, 'min', 'ArrowLeft', true)).toEqual({});
    expect(keyed(ratio, { max: 0.3 }, 'max', 'ArrowUp', true)).toEqual({ max: 0.4 });
    expect(keyed(ratio, { max: 0.1 }, 'max', 'ArrowRight', false)).toEqual({ max: 0.11 });
    expect(keyed(chars, { min: 10 }, 'min', 'a', false)).toBeNull();
  });

  it('opens the cut at its own end and on Delete', () => {
    expect(keyed(chars, { min: 10, max: 99 }, 'min', 'Home', false)).toEqual({ max: 99 });
    expect(keyed(chars, { min: 10, max: 99 }, 'max', 'End', false)).toEqual({ min: 10 });
    expect(keyed(chars, { min: 10, max: 99 }, 'max', 'Delete', false)).toEqual({ min: 10 });
    expect(keyed(chars, {}, 'max', 'ArrowLeft', false)).toEqual({ max: 3990 });
  });

  it('never passes the other one', () => {
    expect(moved(chars, { min: 50, max: 60 }, 'min', 80)).toEqual({ min: 60, max: 60 });
    expect(moved(chars, { min: 50, max: 60 }, 'max', 10)).toEqual({ min: 50, max: 50 });
  });

  it('pushes the other one when typed', () => {
    expect(typed({ min: 50, max: 60 }, 'min', 80)).toEqual({ min: 80, max: 80 });
    expect(typed({ min: 50 }, 'min', null)).toEqual({});
    expect(typed({}, 'max', 9999)).toEqual({ max: 9999 });
  });

  it('is the nearer one to a press', () => {
    expect(nearest(10, 0, 100)).toBe('min');
    expect(nearest(70, 0, 100)).toBe('max');
    expect(nearest(40, 50, 50)).toBe('min');
    expect(nearest(60, 50, 50)).toBe('max');
  });

  it('with both ends open is no cut', () => {
    expect(tidy({})).toBeNull();
    expect(tidy({ min: NaN, max: 3 })).toEqual({ max: 3 });
  });
});
