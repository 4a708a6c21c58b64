import { describe, expect, it } from 'vitest';
import { Heights } from '$lib/ui/heights';

describe('Heights', () => {
  it('finds rows by offset while all are estimated', () => {
    const heights = new Heights(1_000_000, 100);
    expect(heights.total).toBe(100_000_000);
    expect(heights.at(0)).toBe(0);
    expect(heights.at(99.9)).toBe(0);
    expect(heights.at(100)).toBe(1);
    expect(heights.at(54_321_050)).toBe(543_210);
    expect(heights.top(543_210)).toBe(54_321_000);
  });

  it('moves what follows a measured row', () => {
    const heights = new Heights(1000, 50);
    expect(heights.set(300, 80)).toBe(30);
    expect(heights.set(300, 80)).toBe(0);
    expect(heights.top(300)).toBe(15_000);
    expect(heights.top(301)).toBe(15_080);
    expect(heights.at(15_079)).toBe(300);
    expect(heights.at(15_080)).toBe(301);
    expect(heights.total).toBe(50_030);
  });

  it('stays inside the list', () => {
    const heights = new Heights(3, 10);
    expect(heights.at(-5)).toBe(0);
    expect(heights.at(1e9)).toBe(2);
    expect(heights.set(7, 99)).toBe(0);
    expect(new Heights(0, 10).at(5)).toBe(0);
  });
});
