import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Fitting } from '$lib/formats/write/fit';
import { isExact, join, shapeOfJson, type ValueShape } from '$lib/formats/write/value-shape';

const EMPTY: ValueShape = { type: 'empty' };
const shapeOf = (...values: unknown[]) =>
  values.map((value) => shapeOfJson(JSON.stringify(value))).reduce((a, b) => join(a, b), EMPTY);

/** A shape as a short text; a key that some objects lack has a question mark. */
function told({ type, item, members }: ValueShape): string {
  if (item) return `[${told(item)}]`;
  if (!members) return type;
  return `{${[...members].map(([key, { shape, always }]) => `${key}${always ? '' : '?'}: ${told(shape)}`).join(', ')}}`;
}

/** Few keys and kinds, so that values often agree and often nearly do. */
const value = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'medium', withCrossShrink: true },
    fc.constantFrom<unknown>(null, 'x', '', 'a"]}\\', true, 1, -2, 0.5, 1e300, 2 ** 53, 2 ** 63),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('role', 'content', 'é"', 'k\\n', 'k\n'), tie('value'), { maxKeys: 3 }),
  ),
})).value;

describe('join', () => {
  it('keeps what agrees, unions keys, and is text where shapes contradict', () => {
    const turns = [
      [
        { role: 'user', content: 'q' },
        { role: 'assistant', content: null, tool_calls: [{ id: 'a', function: { name: 'f', arguments: '{}' } }] },
      ],
      [],
      null,
    ];
    expect(told(shapeOf(...turns))).toBe(
      '[{role: text, content: text, tool_calls?: [{id: text, function: {name: text, arguments: text}}]}]',
    );
    expect(told(shapeOf(['a'], [], ['b', null]))).toBe('[text]');
    expect(told(shapeOf([1], [2.5]))).toBe('[float]');
    expect(told(shapeOf([[['q', 'a']]], [[]]))).toBe('[[[text]]]');
    expect(told(shapeOf({ role: 'user', content: 'q' }, { role: 'user', content: [{ type: 'text' }] }))).toBe(
      '{role: text, content: json}',
    );
    expect(told(shapeOf(['a', 1]))).toBe('json');
    expect(told(shapeOf(['a'], 'a'))).toBe('json');
    expect(told(shapeOf([{ a: 1 }], { a: 1 }))).toBe('json');
  });

  it('takes objects without a common key for dictionaries, whose keys are data', () => {
    expect(told(shapeOf({ f: 1, arguments: { city: 'x' } }, { f: 2, arguments: { day: 'y' } }))).toBe(
      '{f: int, arguments: json}',
    );
    expect(told(shapeOf({ city: 'x' }, {}, { city: 'x', day: 'y' }))).toBe('{city: text, day?: text}');
    expect(told(shapeOf(Object.fromEntries(Array.from({ length: 257 }, (_, i) => [`k${i}`, i]))))).toBe('json');
    expect(told(shapeOf({ '': 1 }))).toBe('json');
    expect(told(shapeOf({ '\ud800': 1 }))).toBe('json');
  });

  it('ends somewhere in values nested without end', () => {
    expect(told(shapeOfJson('['.repeat(500) + ']'.repeat(500)))).toBe('json');
    expect(told(shapeOfJson('{"a":'.repeat(20) + '1' + '}'.repeat(20)))).toBe(
      '{a: '.repeat(16) + 'json' + '}'.repeat(16),
    );
  });

  it('comes to the same however values are parted into batches', () => {
    fc.assert(
      fc.property(fc.array(fc.array(value, { maxLength: 3 }), { maxLength: 4 }), (batches) => {
        const parted = batches.map((batch) => shapeOf(...batch)).reduce((a, b) => join(a, b), EMPTY);
        expect(parted).toEqual(shapeOf(...batches.flat()));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('Fitting', () => {
  it('says of a value whether it would change the shape', () => {
    const fitting = new Fitting();
    let yes = 0;
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 4 }), value, fc.boolean(), (known, next, spaced) => {
        const shape = shapeOf(...known);
        const json = JSON.stringify(next, null, spaced ? 2 : 0);
        // What stands around a value in a batch's bytes is other values.
        const bytes = new TextEncoder().encode(`7"${json}7"x`);
        const fits = fitting.fits(shape, bytes, 2, bytes.length - 3);
        const joined = join(shape, shapeOfJson(json));
        expect(fits).toBe(JSON.stringify(plain(joined)) === JSON.stringify(plain(shape)));
        if (fits) yes++;
      }),
      { numRuns: 3000 },
    );
    expect(yes).toBeGreaterThan(300);
  });
});

/** Maps as lists, for comparing. */
function plain({ type, item, members, bare }: ValueShape): unknown {
  return [
    type,
    item && plain(item),
    members && [...members].map(([key, { shape, always }]) => [key, always, plain(shape)]),
    Boolean(bare),
  ];
}

describe('isExact', () => {
  it('is true where no key is missing and nothing became text', () => {
    expect(isExact(shapeOf([{ a: 1, b: ['x'] }], [{ a: null, b: [] }]))).toBe(true);
    expect(isExact(shapeOf([{ a: 1 }], [{ a: 1, b: 2 }]))).toBe(false);
    expect(isExact(shapeOf([{ a: 1 }], [{}]))).toBe(false);
    expect(isExact(shapeOf({ a: 1 }, { a: { b: 1, c: ['x', 1] } }))).toBe(false);
  });
});
