import { describe, expect, it } from 'vitest';
import { alarm, inMode, modeOf, warns, withTarget } from '$lib/notebook/balance/rule';
import { bytesPerRecord } from '$lib/notebook/export/size';
import { branches } from '$lib/notebook/labels/branches';
import { renamed, restored } from '$lib/notebook/labels/merge';
import { absent, percents, withPercents } from '$lib/notebook/split/rule';
import { meet, placesOf } from '$lib/notebook/language/matrix';
import { arranged, belongs, telling } from '$lib/notebook/text-quality/order';
import { fits } from '$lib/notebook/lengths/fit';
import { changedOf, textSteps } from '$lib/notebook/spine/changed';

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

  it('raises no alarm of a set that is in one language', () => {
    expect(['label', 'label:1', 'source', 'language'].map(warns)).toEqual([true, true, true, false]);
  });
});

describe('the size of an export', () => {
  const format = { name: 'jsonl', encoding: 'utf-8', compression: null, detail: {} } as const;
  const file = (over: object) => ({ name: 'a', bytes: 1000, rows: 10, format: { ...format, ...over } });
  const set = (over: object = {}, complete = true) => ({ complete, rows: 10, bytes: 1000, files: [file(over)] });
  it('is told once every byte is there, of layouts that take as much room as the input', () => {
    expect(bytesPerRecord(set(), ['same'])).toBe(100);
    expect(bytesPerRecord(set(), ['same', 'alpaca', 'csv'])).toBe(300);
    expect(bytesPerRecord(set({}, false), ['same'])).toBeNull();
    expect(bytesPerRecord({ ...set(), rows: 0 }, ['same'])).toBeNull();
  });
  it('is not told of what is packed otherwise', () => {
    expect(bytesPerRecord(set(), ['same', 'parquet'])).toBeNull();
    expect(bytesPerRecord(set({ name: 'parquet' }), ['same'])).toBe(100);
    expect(bytesPerRecord(set({ name: 'parquet' }), ['jsonl'])).toBeNull();
    expect(bytesPerRecord(set({ compression: 'gzip' }), ['same'])).toBeNull();
  });
});

describe('what text steps change', () => {
  it('is counted where every record was looked at, else estimated in two digits', () => {
    expect(changedOf({ changed: 7, sampled: 40 }, 40)).toEqual({ n: 7, about: false });
    expect(changedOf({ changed: 68, sampled: 5000 }, 5819)).toEqual({ n: 79, about: true });
    expect(changedOf({ changed: 1234, sampled: 5000 }, 52_002)).toEqual({ n: 13_000, about: true });
    expect(changedOf({ changed: 0, sampled: 5000 }, 52_002)).toEqual({ n: 0, about: true });
  });
  it('is asked of text steps alone', () => {
    const cut = { cut: { column: 'total_chars', min: 1 } };
    const recipe = { siftbook: 1 as const, seed: 7, steps: [cut, { normalise: {} }, cut, { redact: { kinds: [] } }] };
    expect(textSteps(recipe)).toEqual([1, 3]);
  });
});

describe('renaming labels', () => {
  const paths = ['a/x', 'a/y', 'b'];
  it('takes everything below a node along', () => {
    expect(renamed({}, paths, 'a', 'c')).toEqual({ 'a/x': 'c/x', 'a/y': 'c/y' });
    expect(renamed({}, paths, 'a/x', 'b')).toEqual({ 'a/x': 'b' });
  });
  it('never needs to be followed twice', () => {
    expect(renamed({ old: 'b' }, paths, 'b', 'a/x')).toEqual({ old: 'a/x', b: 'a/x' });
    expect(renamed({ b: 'q' }, ['a/x', 'q'], 'q', 'b')).toEqual({ q: 'b' });
  });
  it('ignores what changes nothing', () => {
    const merge = { z: 'b' };
    expect(renamed(merge, paths, 'b', ' b ')).toBe(merge);
    expect(renamed(merge, paths, 'b', ' / ')).toBe(merge);
    expect(restored({ z: 'b', y: 'b' }, 'z')).toEqual({ y: 'b' });
  });
});

describe('split', () => {
  it('leaves shares of nothing out and keeps its other keys', () => {
    const step = { train: 0.8, validation: 0.1, test: 0.1, stratify: 'label' };
    expect(percents(step)).toEqual([80, 10, 10]);
    expect(withPercents(step, [95, 5, 0])).toEqual({ train: 0.95, validation: 0.05, stratify: 'label' });
  });
  it('names the classes a split lacks', () => {
    expect(absent(['a', 'b', 'c'], [5, 0, 2], [1, 0, 0])).toEqual(['c']);
  });
});

describe('the label tree', () => {
  it('sums what is below a node, before and after', () => {
    const view = {
      by: 'label',
      names: ['a/x', 'a/y', 'b'],
      all: Uint32Array.of(5, 3, 2),
      kept: Uint32Array.of(4, 0, 2),
      final: Uint32Array.of(4, 0, 2),
    };
    const [a, b] = branches(view, '');
    expect([a.id, a.all, a.kept, a.children.map((c) => c.kept)]).toEqual(['a', 8, 4, [4, 0]]);
    expect([b.id, b.kept]).toEqual(['b', 2]);
    expect(branches(view, 'Y').map((n) => n.all)).toEqual([3]);
    const [part] = branches(view, '', [2, 1, 0]);
    expect([part.part, ...part.children.map((c) => c.part)]).toEqual([3, 2, 1]);
  });
});

describe('languages of prompt and response', () => {
  const p = Float32Array.of(0, 0, 1, 1, NaN, 2);
  const r = Float32Array.of(0, 1, 1, 1, 0, 2);
  const kept = Uint8Array.of(1, 1, 1, 0, 1, 1);
  it('meet in a table', () => {
    expect(meet(p, r, kept)).toEqual({
      codes: [0, 1, 2],
      cells: [
        [1, 1, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
      differ: 1,
    });
    expect(placesOf(p, r, kept, [0, 1], [0, 1, 2])).toEqual([1]);
  });
  it('fold the rare ones into one', () => {
    const { codes, cells } = meet(p, r, Uint8Array.of(1, 1, 1, 1, 1, 1), 1);
    expect(codes).toEqual([1, -1]);
    expect(cells).toEqual([
      [2, 0],
      [1, 2],
    ]);
    expect(placesOf(p, r, kept, [-1, -1], [1])).toEqual([0, 5]);
  });
});

describe('what text quality shows at first', () => {
  it('is a fixed few, those with a cut, none that says nothing', () => {
    const ids = ['digits', 'special', 'alnum', 'odd', 'word_repetition'];
    expect(telling(ids, new Set(['odd']))).toEqual(['special', 'alnum', 'word_repetition', 'digits', 'odd']);
    expect(telling(ids, new Set(), (id) => id === 'special', 2)).toEqual(['alnum', 'word_repetition']);
  });
  it('is found by name or id', () => {
    const found = arranged(
      ['alnum', 'special'],
      { search: 'spec', group: 'all', sort: 'name' },
      (id) => id,
      () => undefined,
    );
    expect(found).toEqual(['special']);
  });
});

describe('which columns text quality takes', () => {
  const chinese = { language: 'zh', kind: 'chat' } as const;
  it('leaves the nine lengths, codes and ranks to other cells', () => {
    expect(
      ['response_chars', 'prompt_language', 'exact_rank', 'no_such'].some((id) => belongs(id, chinese, true)),
    ).toBe(false);
    expect(
      ['turns', 'length_ratio', 'special', 'pii_email', 'field:score'].every((id) => belongs(id, chinese, false)),
    ).toBe(true);
  });
  it('leaves out what means nothing for a language unless it is cut', () => {
    expect(belongs('reading_grade', chinese, false)).toBe(false);
    expect(belongs('reading_grade', chinese, true)).toBe(true);
  });
});
