import { describe, expect, it } from 'vitest';
import { alarm, inMode, modeOf, withTarget } from '$lib/notebook/balance/rule';
import { fits } from '$lib/notebook/lengths/fit';

describe('fits', () => {
  it('counts records within each length, of all and of those kept', () => {
    const tokens = Float32Array.from([10, 512, 513, 1024, 5000, NaN, 9000]);
    const kept = Uint8Array.from([1, 1, 0, 1, 1, 1, 0]);
    const { all, kept: still, rows } = fits(tokens, kept);
    expect([all, still]).toEqual([6, 4]);
    expect(rows.map((row) => row.all)).toEqual([2, 4, 4, 4, 5]);
    expect(rows.map((row) => row.kept)).toEqual([2, 3, 3, 3, 4]);
  });
});

describe('balance', () => {
  it('keeps only the keys that go with a mode', () => {
    const step = { by: 'label', mode: 'cap', cap: 800, over: true, counts: { a: 3 } } as const;
    expect(inMode(step, 'uniform', [5, 9])).toEqual({ by: 'label', mode: 'uniform', over: true });
    expect(inMode(step, 'per-class', [5, 9])).toEqual({ by: 'label', mode: 'per-class', 'per-class': 800, over: true });
    expect(inMode({ by: 'label', total: 100 }, 'cap', [5, 9, 0])).toEqual({ by: 'label', mode: 'cap', cap: 9 });
    expect(inMode({ by: 'label' }, 'per-class', [5, 9, 1])).toEqual({ by: 'label', mode: 'per-class', 'per-class': 5 });
    expect(modeOf({ by: 'label', cap: 3 })).toBe('cap');
  });

  it('sets and takes back the target of one class', () => {
    expect(withTarget({ by: 'label' }, 'a', 7)).toEqual({ by: 'label', counts: { a: 7 } });
    expect(withTarget({ by: 'label', counts: { a: 7 } }, 'a', null)).toEqual({ by: 'label' });
  });

  it('raises the alarm above 80 % and says which cap ends it', () => {
    expect(alarm([80, 20])).toBeNull();
    expect(alarm([90, 8, 2])).toEqual({ index: 0, share: 0.9, cap: 40 });
    expect(alarm([5])).toBeNull();
  });
});
