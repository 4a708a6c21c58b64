import fc from 'fast-check';
import { expect, it } from 'vitest';
import { shortest } from '$lib/recipe';

it('writes the shortest decimal that is the same float32', () => {
  expect(shortest(Math.fround(0.1))).toBe('0.1');
  expect(shortest(Math.fround(1 / 3))).toBe('0.33333334');
  expect(shortest(16777216)).toBe('16777216');
  expect(shortest(-3)).toBe('-3');
  expect(shortest(NaN)).toBe('null');
  expect(shortest(Infinity)).toBe('null');
  expect(shortest(Math.fround(3.4028234663852886e38))).toBe('3.4028235e+38');
  expect(shortest(Math.fround(1e-45))).toBe('1e-45');
});

it('reads back as the same float32, as JSON', () => {
  fc.assert(
    fc.property(fc.float({ noNaN: true, noDefaultInfinity: true }), (value) => {
      expect(Math.fround(JSON.parse(shortest(value)) as number)).toBe(value + 0);
    }),
  );
});
