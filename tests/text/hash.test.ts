import { describe, expect, it } from 'vitest';
import { hex64, loadHash } from '$lib/text/hash';

const hash = await loadHash();
const bytes = (text: string) => new TextEncoder().encode(text);

/** The sanity buffer of xxHash's own self-test (xxhsum, `XSUM_fillTestBuffer`): byteGen starts at PRIME32, is multiplied by PRIME64. */
function sanityBuffer(length: number): Uint8Array {
  const out = new Uint8Array(length);
  let generator = 2654435761n;
  for (let i = 0; i < length; i++) {
    out[i] = Number(generator >> 56n);
    generator = BigInt.asUintN(64, generator * 11400714785074694797n);
  }
  return out;
}

describe('hash', () => {
  it('gives the published XXH64 values', () => {
    expect(hash.hash64(bytes(''))).toBe(0xef46db3751d8e999n);
    expect(hash.hash64(bytes('a'))).toBe(0xd24ec4f1a98c6e5bn);
    expect(hash.hash64(bytes('abc'))).toBe(0x44bc2cf5ad770999n);
    expect(hash.hash64Text('Nobody inspects the spammish repetition')).toBe(0xfbcea83c8a378bf1n);
  });

  it("gives xxhsum's own sanity values, with and without seed", () => {
    const buffer = sanityBuffer(222);
    const prime = 2654435761n;
    expect(hash.hash64(buffer.subarray(0, 1))).toBe(0xe934a84adb052768n);
    expect(hash.hash64(buffer.subarray(0, 1), prime)).toBe(0x5014607643a9b4c3n);
    expect(hash.hash64(buffer.subarray(0, 14))).toBe(0x8282dcc4994e35c8n);
    expect(hash.hash64(buffer.subarray(0, 222))).toBe(0xb641ae8cb691c174n);
    expect(hash.hash64(buffer.subarray(0, 222), prime)).toBe(0x20cb8ab7ae10c14an);
  });

  it('hashes a text as its UTF-8 and a part of a buffer as that part', () => {
    expect(hash.hash64Text('信用卡账单')).toBe(hash.hash64(bytes('信用卡账单')));
    expect(hash.hash64(bytes('xxabcxx').subarray(2, 5))).toBe(hash.hash64(bytes('abc')));
  });

  it('gives the published XXH32 values', () => {
    expect(hash.hash32Text('')).toBe(0x02cc5d05);
    expect(hash.hash32(bytes('a'))).toBe(0x550d7456);
    expect(hash.hash32(bytes('abc'))).toBe(0x32d153ff);
    expect(hash.hash32Text('Nobody inspects the spammish repetition')).toBe(0xe2293b2f);
  });

  it('writes sixteen digits', () => {
    expect(hex64(1n)).toBe('0000000000000001');
    expect(hex64(0xef46db3751d8e999n)).toBe('ef46db3751d8e999');
  });
});
