import { describe, expect, it } from 'vitest';
import { keyText, Occurrences, occurrences, recordHashes, rowsToBatch } from '$lib/record';
import { loadHash } from '$lib/text/hash';
import { batchOf } from './read';

const hash = await loadHash();

describe('record keys', () => {
  it('hashes the canonical JSON', async () => {
    const batch = await batchOf('{ "b": "x", "a": 1 }', '{"a":1,"b":"\\u0078"}', '{"a":1.0,"b":"x"}');
    const [first, second, third] = recordHashes(batch, hash);
    // Python: xxhash.xxh64(b'{"a":1,"b":"x"}').hexdigest()
    expect(keyText(first, 0)).toBe(`${hash.hash64Text('{"a":1,"b":"x"}').toString(16).padStart(16, '0')}-0`);
    expect(second).toBe(first);
    expect(third).not.toBe(first);
  });

  it('does not depend on the batch a record stands in', async () => {
    const alone = recordHashes(await batchOf('{"a":"x"}'), hash)[0];
    const other = recordHashes(await batchOf('{"z":null,"a":[1]}', '{"a":"x"}'), hash)[1];
    expect(other).toBe(alone);
    expect(recordHashes(rowsToBatch([{ a: 'x' }]), hash)[0]).toBe(alone);
  });

  it('counts occurrences, one by one or all at once, over growth', () => {
    const values = Array.from({ length: 5000 }, (_, i) => BigInt.asUintN(64, BigInt(i % 3000) * 0x9e3779b97f4a7c15n));
    const expected = values.map((_, i) => (i >= 3000 ? 1 : 0));
    expect([...occurrences(BigUint64Array.from(values))]).toEqual(expected);
    const one = new Occurrences();
    expect(values.map((value) => one.add(value))).toEqual(expected);
    expect([...one.addAll(BigUint64Array.from([values[0], values[2999], 12345n]))]).toEqual([2, 1, 0]);
  });

  it('writes sixteen digits and the occurrence', () => {
    expect(keyText(0x9f1cn, 0)).toBe('0000000000009f1c-0');
    expect(keyText(2n ** 64n - 1n, 12)).toBe('ffffffffffffffff-12');
  });
});
