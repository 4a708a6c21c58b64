import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, decodeUtf8, fieldText, isAbsent, isNull, rowJson, rowsToBatch } from '$lib/record';
import { batchOf } from './read';

const canonical = (batch: Parameters<typeof canonicalJson>[0], row = 0) => {
  const bytes = canonicalJson(batch, row);
  return decodeUtf8(bytes, 0, bytes.length);
};

/** What the canonical form is, said with JSON.stringify (for values whose numbers are written as JavaScript writes them). */
function sorted(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sorted).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const keys = Object.keys(value).sort((a, b) => (a < b ? -1 : 1));
  return `{${keys.map((key) => `${JSON.stringify(key)}:${sorted((value as Record<string, unknown>)[key])}`).join(',')}}`;
}

const unit = fc.oneof(
  { weight: 8, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.constantFrom(
    '',
    '__proto__',
    'constructor',
    '\ud800',
    'a\udc00b',
    '\u0000\b\t\n\f\r"\\/\u001f\u007f',
    '￿',
    '😀',
    'ﬀ',
  ),
);
const jsonValue = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    unit,
    fc.integer(),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc
      .array(fc.tuple(unit, tie('value')), { maxLength: 4 })
      .map((entries) => entries.reduce((all, [key, value]) => define(all, key, value), {})),
  ),
})).value;
export const record = fc
  .array(fc.tuple(unit, jsonValue), { maxLength: 5 })
  .map((entries) => entries.reduce((all, [key, value]) => define(all, key, value), {} as Record<string, unknown>));

/** `object[key] = value` that makes `__proto__` a key like any other. */
function define<T extends object>(object: T, key: string, value: unknown): T {
  return Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}

describe('rowJson', () => {
  it('keeps order, digits, nulls and the keys a record does not have', async () => {
    const lines = [
      '{"b":12345678901234567890,"a":1.50,"o":{"z":1e3, "y":[ -0 ]},"n":null}',
      '{"a":"x","__proto__":{"k":1}}',
    ];
    const batch = await batchOf(...lines);
    expect(rowJson(batch, 0)).toBe('{"b":12345678901234567890,"a":1.50,"o":{"z":1e3,"y":[-0]},"n":null}');
    expect(rowJson(batch, 1)).toBe(lines[1]);
    expect([isNull(batch, 0, 'n'), isAbsent(batch, 0, 'n')]).toEqual([true, false]);
    expect([isNull(batch, 1, 'n'), isAbsent(batch, 1, 'n')]).toEqual([false, true]);
    expect(isAbsent(batch, 0, 'none')).toBe(true);
  });

  it('puts edits in place of what they replace', () => {
    const batch = rowsToBatch([{ a: 'x', b: 1 }]);
    const edits = new Map([
      ['a', { kind: 'text' as const, text: '"\n' }],
      ['c', { kind: 'json' as const, text: '[ 1,\n2 ]' }],
    ]);
    expect(rowJson(batch, 0, edits)).toBe('{"a":"\\"\\n","b":1,"c":[1,2]}');
  });

  it('is one line that parses to the record, whatever it holds', () => {
    fc.assert(
      fc.property(fc.array(record, { minLength: 1, maxLength: 5 }), (records) => {
        const batch = rowsToBatch(records);
        for (const [row, one] of records.entries()) {
          const json = rowJson(batch, row);
          expect(json).not.toMatch(/[\n\r]/);
          // Fields stand in the batch's order, so compare what is in them.
          expect(sorted(JSON.parse(json))).toBe(sorted(JSON.parse(JSON.stringify(one))));
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('canonicalJson', () => {
  it('sorts keys at every depth and leaves digits alone', async () => {
    const batch = await batchOf('{ "b" : [ {"d":1, "c":2.0} ], "a": 10000000000000000000001, "ab":null, "A":true }');
    expect(canonical(batch)).toBe('{"A":true,"a":10000000000000000000001,"ab":null,"b":[{"c":2.0,"d":1}]}');
  });

  it('is the same however strings are escaped and whatever kind the field has', async () => {
    const plain = await batchOf('{"a":"A/é\\n","o":{"k":"A"}}');
    const escaped = await batchOf('{"o":{"\\u006b":"\\u0041"},"a":"\\u0041\\/\\u00e9\\u000a"}');
    const mixed = await batchOf('{"a":"A/é\\n","o":{"k":"A"}}', '{"a":1}');
    expect(canonical(plain)).toBe('{"a":"A/é\\n","o":{"k":"A"}}');
    expect(canonical(escaped)).toBe(canonical(plain));
    expect(mixed.fields[0].kind).toBe('json');
    expect(canonical(mixed)).toBe(canonical(plain));
  });

  it('tells null, absent and empty apart', async () => {
    const batch = await batchOf('{"a":null,"b":""}', '{"b":""}', '{"a":"","b":""}', '{"a":"null","b":""}');
    expect([0, 1, 2, 3].map((row) => canonical(batch, row))).toEqual([
      '{"a":null,"b":""}',
      '{"b":""}',
      '{"a":"","b":""}',
      '{"a":"null","b":""}',
    ]);
  });

  it('orders keys by UTF-16 code unit, not by byte or by escape', async () => {
    const keys = ['\uffff', '😀', '\n', 'a', ' ', 'B', 'ab', '\ue000', '\ud800'];
    const inner = JSON.stringify(Object.fromEntries(keys.map((key) => [key, 0])));
    const batch = await batchOf(`{"o":${inner}}`);
    expect(canonical(batch)).toBe(sorted({ o: JSON.parse(inner) as unknown }));
  });

  it('agrees with JSON.stringify over sorted keys', async () => {
    await fc.assert(
      fc.asyncProperty(record, async (one) => {
        const text = JSON.stringify(one);
        expect(canonical(rowsToBatch([one]))).toBe(sorted(JSON.parse(text)));
        if (Object.keys(one).length > 0) expect(canonical(await batchOf(text))).toBe(sorted(JSON.parse(text)));
      }),
      { numRuns: 300 },
    );
  });

  it('does not fall over very deep values', () => {
    let deep: unknown = { b: 1, a: 2 };
    for (let i = 0; i < 3000; i++) deep = i % 2 ? [deep] : { a: deep };
    const batch = rowsToBatch([{ a: deep }]);
    expect(canonical(batch)).toBe(JSON.stringify({ a: deep }));
  });
});

describe('fieldText', () => {
  it('gives strings as they are and other values as JSON', async () => {
    const batch = await batchOf('{"a":"\\u0041","b":"x"}', '{"a":[1, 2],"b":null}', '{"b":""}');
    expect([0, 1, 2].map((row) => fieldText(batch, row, 'a'))).toEqual(['A', '[1, 2]', null]);
    expect([0, 1, 2].map((row) => fieldText(batch, row, 'b'))).toEqual(['x', null, '']);
  });
});
