import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { recipeSchema } from '$lib/recipe';
import { schemaText } from '$lib/recipe/definition';
import { flawsOf } from '$lib/recipe/validate';

const path = new URL('../../static/recipe.schema.json', import.meta.url);
const validate = new Ajv({ strict: false }).compile(JSON.parse(schemaText()) as object);

it('is published as it is used', () => {
  expect(readFileSync(path, 'utf8'), 'run: npx tsx scripts/schema.ts').toBe(schemaText());
});

const full = {
  siftbook: 1,
  seed: 7,
  source: { format: 'alpaca', map: { prompt: ['instruction', 'input'], response: 'output', label: 'category' } },
  steps: [
    { normalise: { unicode: 'NFC', strip: ['control'], collapse: ['spaces'], 'full-width': true, on: ['prompt'] } },
    { redact: { kinds: ['email'], with: '#' } },
    { cut: { column: 'response_chars', min: 10, max: 4000 } },
    { exact: { on: ['prompt', 'response'] } },
    { relabel: { merge: { 退款: '售后/退款' } } },
    { balance: { by: 'label', mode: 'cap', cap: 3, counts: { a: 2 }, over: true } },
    { split: { train: 0.8, validation: 0.1, test: 0.1, stratify: 'label', group: 'none' } },
  ],
  export: [{ layout: 'jsonl', dir: 'out' }],
};

it('accepts a recipe with everything', () => {
  expect(validate(full)).toBe(true);
  expect(flawsOf(recipeSchema(), full)).toEqual([]);
});

/** Every place of a value, as a path. */
function paths(value: unknown, at: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [at];
  const inner = Object.entries(value).flatMap(([key, child]) =>
    paths(child, [...at, Array.isArray(value) ? Number(key) : key]),
  );
  return at.length === 0 ? inner : [at, ...inner];
}

function changed(path: (string | number)[], change: (parent: Record<string, unknown>, key: string) => void): unknown {
  const copy = structuredClone(full) as unknown;
  let parent = copy as Record<string, unknown>;
  for (const key of path.slice(0, -1)) parent = parent[key] as Record<string, unknown>;
  change(parent, String(path[path.length - 1]));
  return copy;
}

const odd = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    '',
    'x',
    0,
    -1,
    1,
    0.5,
    2,
    1.5,
    true,
    [],
    ['a'],
    ['a', 'a'],
    [1],
    {},
    { a: 1 },
    { a: 'b' },
    'NFC',
  ),
  fc.jsonValue({ maxDepth: 2 }),
);

it('judges as a JSON Schema validator does, whatever stands anywhere', () => {
  const places = paths(full);
  fc.assert(
    fc.property(fc.constantFrom(...places), odd, fc.constantFrom('set', 'add', 'drop'), (path, value, how) => {
      const recipe = changed(path, (parent, key) => {
        if (how === 'set') parent[key] = value;
        else if (how === 'drop' && !Array.isArray(parent)) delete parent[key];
        else if (Array.isArray(parent)) parent.push(value);
        else parent[`${key}-more`] = value;
      });
      expect(flawsOf(recipeSchema(), recipe).length === 0).toBe(validate(recipe));
    }),
    { numRuns: 3000 },
  );
});
