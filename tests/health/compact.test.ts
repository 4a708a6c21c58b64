import { describe, expect, it } from 'vitest';
import { CompactFloats } from '$lib/health/compact';
import { Gather } from '$lib/health/gather';

const kinds: Record<string, (i: number) => number> = {
  flags: (i) => i % 2,
  bytes: (i) => (i % 255) - Number(i % 255 === 255),
  'bytes and nothing': (i) => (i % 7 ? i % 250 : NaN),
  words: (i) => i % 65_535,
  'words and nothing': (i) => (i % 7 ? (i * 31) % 65_535 : NaN),
  'larger numbers': (i) => i * 1000,
  fractions: (i) => i / 3,
  'negative zero': (i) => (i === 5 ? -0 : i % 3),
  negatives: (i) => (i % 9) - 4,
  mixed: (i) => (i < 70_000 ? i % 5 : i / 7),
  infinite: (i) => (i % 3 ? i % 100 : Infinity),
};

describe('compact columns', () => {
  it.each(Object.keys(kinds))('keep every value: %s', (name) => {
    const values = Float32Array.from({ length: 150_000 }, (_, i) => kinds[name](i));
    const compact = new CompactFloats();
    for (let first = 0; first < values.length; first += 4099) compact.add(first, values.subarray(first, first + 4099));
    const all = compact.expand();
    // Bit by bit: NaN equals NaN, and 0 is not −0.
    expect(Buffer.from(all.buffer).equals(Buffer.from(values.buffer))).toBe(true);
  });

  it('refuse a piece out of order', () => {
    const compact = new CompactFloats();
    compact.add(0, new Float32Array(10));
    expect(() => compact.add(11, new Float32Array(1))).toThrow('place 10');
  });
});

describe('gathering', () => {
  it('takes pieces in any order and more after a join', () => {
    const gather = new Gather<Float64Array>((length) => new Float64Array(length), NaN);
    const part = (from: number, to: number) => Float64Array.from({ length: to - from }, (_, i) => from + i);
    gather.add(70_000, part(70_000, 140_000));
    gather.add(0, part(0, 65_000));
    const first = gather.join(140_000);
    expect([first[64_999], first[65_000], first[69_999], first[70_000], first[139_999]]).toEqual([
      64_999,
      NaN,
      NaN,
      70_000,
      139_999,
    ]);
    expect(gather.join(140_000)).toBe(first);
    gather.add(65_000, part(65_000, 70_000));
    gather.add(140_000, part(140_000, 140_001));
    expect(gather.join(140_001)).toEqual(part(0, 140_001));
  });
});
