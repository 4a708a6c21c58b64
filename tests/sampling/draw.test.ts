import { expect, it } from 'vitest';
import { draw, drawOrder, draws, drawSeed, murmur3 } from '$lib/sampling/draw';

const bytes = (text: string) => new TextEncoder().encode(text);

it('is MurmurHash3 x86 32: published vectors', () => {
  expect(murmur3(bytes(''))).toBe(0);
  expect(murmur3(bytes(''), 1)).toBe(0x514e28b7);
  expect(murmur3(bytes('hello'))).toBe(0x248bfa47);
  expect(murmur3(bytes('hello, world'))).toBe(0x149bbb7f);
  expect(murmur3(bytes('The quick brown fox jumps over the lazy dog'), 0x9747b28c)).toBe(0x2fa826cd);
});

it('draws from seed, kind, key and occurrence (values by a Python implementation)', () => {
  const seed = drawSeed(7, 'balance');
  expect(seed).toBe(3457150298);
  const keys = BigUint64Array.of(0n, 1n, 0x0123456789abcdefn);
  expect([...draws(keys, Uint32Array.of(0, 0, 2), seed)]).toEqual([2063943428, 905609059, 157222544]);
  expect(draw(seed, 0x89abcdef, 0x01234567, 2)).toBe(157222544);
  expect(drawSeed(7, 'split')).not.toBe(seed);
  expect(draws(keys, null, seed)[2]).not.toBe(157222544);
});

it('orders by draw, equal draws by place', () => {
  expect([...drawOrder(Uint32Array.of(5, 0xffffffff, 5, 0, 70000, 65536, 5))]).toEqual([3, 0, 2, 6, 5, 4, 1]);
  expect([...drawOrder(new Uint32Array(0))]).toEqual([]);
});

it('is even: a thousandth of 200 000 draws falls into each thousandth within five deviations', () => {
  const keys = BigUint64Array.from({ length: 200000 }, (_, i) => BigInt(i));
  const counts = new Array<number>(1000).fill(0);
  for (const value of draws(keys, null, drawSeed(0, 'split'))) counts[Math.floor((value / 2 ** 32) * 1000)]++;
  for (const count of counts) expect(Math.abs(count - 200)).toBeLessThan(5 * Math.sqrt(200) + 1);
});
