import { describe, expect, it } from 'vitest';
import { barHeight, barPath } from '$lib/ui/bars';
import { BinScale, isWhole, niceStep, round } from '$lib/ui/scale';

const logEdges = Float64Array.from([0, 1, 10, 100, 1000]);

describe('BinScale', () => {
  it('gives every bin the same width, whatever its edges', () => {
    const scale = new BinScale(logEdges, true, true);
    expect(scale.position(0)).toBe(0);
    expect(scale.position(1)).toBeCloseTo(0.25);
    expect(scale.position(10)).toBeCloseTo(0.5);
    expect(scale.position(Math.sqrt(1000))).toBeCloseTo(0.625);
    expect(scale.position(1e9)).toBe(1);
  });

  it('turns positions back into values', () => {
    const log = new BinScale(logEdges, true, true);
    const linear = new BinScale(Float64Array.from([0, 0.25, 0.5, 0.75, 1]), false, false);
    for (const p of [0, 0.1, 0.3, 0.5, 0.77, 1]) {
      expect(log.position(log.value(p))).toBeCloseTo(p);
      expect(linear.value(p)).toBeCloseTo(p);
    }
  });

  it('draws the line of a greatest whole number behind its own bar', () => {
    const scale = new BinScale(Float64Array.from([0, 1, 2, 3, 4]), false, true);
    expect(scale.line('min', 2)).toBe(0.5);
    expect(scale.line('max', 2)).toBe(0.75);
    expect(scale.cut('max', 0.75, 200)).toBe(2);
    expect(scale.cut('min', 0.5, 200)).toBe(2);
  });

  it('rounds a dragged value to what the pixels can tell apart', () => {
    const scale = new BinScale(
      Float64Array.from({ length: 51 }, (_, i) => i / 50),
      false,
      false,
    );
    expect(scale.cut('min', 0.25043, 240)).toBe(0.25);
    const chars = new BinScale(
      Float64Array.from({ length: 41 }, (_, i) => 10 ** (i / 10)),
      true,
      true,
    );
    expect(chars.cut('min', chars.position(10), 240)).toBe(10);
    expect(chars.cut('min', chars.position(1537), 240) % 10).toBe(0);
  });

  it('steps by what makes sense', () => {
    const log = new BinScale(logEdges, true, true);
    expect([1, 10, 99, 100, 246].map((v) => log.step(v))).toEqual([1, 1, 1, 10, 10]);
    const ratio = new BinScale(Float64Array.from([0, 0.5, 1]), false, false);
    expect(ratio.step(0.3)).toBeCloseTo(0.01);
  });

  it('labels decades on a log axis and round numbers on a linear one', () => {
    expect(new BinScale(logEdges, true, true).ticks(5)).toEqual([0, 1, 10, 100, 1000]);
    expect(new BinScale(Float64Array.from([0, 0.5]), false, false).ticks(5)).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5]);
    expect(new BinScale(Float64Array.from([0, 3]), false, true).ticks(6)).toEqual([0, 1, 2, 3]);
  });

  it('labels a bar that is one whole number under its middle', () => {
    const turns = new BinScale(Float64Array.from([1, 2, 3, 4]), false, true);
    expect(turns.ticks(5)).toEqual([1, 2, 3]);
    expect(turns.ticks(5).map((v) => turns.mark(v))).toEqual([1 / 6, 1 / 2, 5 / 6]);
    const lone = new BinScale(Float64Array.from([7, 8]), false, true);
    expect([lone.ticks(5), lone.mark(7)]).toEqual([[7], 0.5]);
    expect(new BinScale(Float64Array.from([0, 0.5, 1]), false, false).mark(0.5)).toBe(0.5);
  });
});

describe('steps', () => {
  it('are 1, 2 or 5 times a power of ten', () => {
    expect([0.0123, 0.2, 3, 4, 7, 80].map(niceStep)).toEqual([0.01, 0.2, 2, 5, 5, 100]);
    expect(round(0.30000000000000004, 0.1)).toBe(0.3);
    expect(round(1234, 50)).toBe(1250);
  });
});

describe('bars', () => {
  it('stand on a square-root scale and never vanish', () => {
    expect(barHeight(25, 100, 50)).toBe(25);
    expect(barHeight(1, 1e6, 50)).toBe(1);
    expect(barHeight(0, 10, 50)).toBe(0);
  });

  it('are one path, parted at the cut', () => {
    expect(barPath([4, 0, 1], 4, 30, 10)).toBe('M0.00 10V0.00H9.00V10zM20.00 10V5.00H29.00V10z');
    expect(barPath([4, 4], 4, 20, 10, 0, 0.25)).toBe('M0.00 10V0.00H5.00V10z');
    expect(barPath([4], 4, 20, 10, 0.6, 0.5)).toBe('');
  });

  it('of whole numbers are told by unit and values', () => {
    const counts = { min: 0, p25: 80, p50: 246.5, p75: 400, max: 4000 };
    expect(isWhole('characters', counts)).toBe(true);
    expect(isWhole('characters', { min: 2, p25: 4.21, p50: 4.6, p75: 5.1, max: 12 })).toBe(false);
    expect(isWhole('ratio', { min: 0, p25: 0, p50: 0, p75: 1, max: 1 })).toBe(false);
  });
});
