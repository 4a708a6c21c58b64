import { beforeAll, expect, test } from 'vitest';
import { parseRecipe, run, type Recipe, type RunOptions } from '$lib/recipe';
import { lines, memory, options, sourceOf } from './helpers';

let opts: RunOptions;
beforeAll(async () => {
  opts = await options();
});

function recipe(text: string): Recipe {
  const { recipe, problems } = parseRecipe(text);
  expect(problems).toEqual([]);
  return recipe!;
}

const rows = [
  { instruction: 'Say hello', input: '', output: 'Hello there!', category: 'a', id: 12345678901234567890n.toString() },
  { instruction: 'Say hello', input: '', output: 'Hello there!', category: 'a' },
  { instruction: 'Say bye', input: 'now', output: 'Bye', category: 'b' },
  { instruction: 'Empty', input: '', output: '', category: 'b' },
];

test('a small run: files, ledger and manifest', async () => {
  const sink = memory();
  const r = recipe(
    'siftbook: 1\nseed: 1\nsteps:\n- cut: {column: response_chars, min: 1}\n- exact: {on: [prompt, response]}',
  );
  const { manifest } = await run(r, sourceOf(rows), sink, opts);
  expect(sink.state).toBe('committed');
  expect([...sink.files.keys()].sort()).toEqual(['data.jsonl', 'ledger.jsonl', 'manifest.json', 'recipe.yaml']);
  expect(lines(sink.files.get('data.jsonl')!)).toEqual([rows[0], rows[2]]);
  const ledger = lines(sink.files.get('ledger.jsonl')!);
  expect(
    ledger.map(({ fate, step, column, value, cut, copies }) => ({ fate, step, column, value, cut, copies })),
  ).toEqual([
    { fate: 'kept', step: null, column: null, value: null, cut: null, copies: 1 },
    { fate: 'dropped', step: 1, column: 'exact_rank', value: 1, cut: { max: 0 }, copies: 0 },
    { fate: 'kept', step: null, column: null, value: null, cut: null, copies: 1 },
    { fate: 'dropped', step: 0, column: 'response_chars', value: 0, cut: { min: 1 }, copies: 0 },
  ]);
  expect(manifest.steps).toEqual([
    { index: 0, step: 'cut', in: 4, kept: 3, dropped: 1 },
    { index: 1, step: 'exact', in: 3, kept: 2, dropped: 1 },
  ]);
  expect(JSON.parse(sink.files.get('manifest.json')!)).toEqual(manifest);
});
