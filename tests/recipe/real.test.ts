import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { read } from '$lib/formats/read';
import { Collector, compile, decide, measureBatch, type Step } from '$lib/recipe';
import { see } from '$lib/recipe/sample';
import type { Batch } from '$lib/record/types';
import type { Hash } from '$lib/text/hash';
import { shared } from '../shared';
import { options } from './helpers';

let hash: Hash;
beforeAll(async () => {
  ({ hash } = await options());
});

/** Kept at each step of a recipe over a file, read and mapped as detected. */
async function kept(path: string, steps: Step[]) {
  const bytes = new Uint8Array(readFileSync(path));
  const source = {
    name: basename(path),
    size: bytes.length,
    slice: (start: number, end: number) => Promise.resolve(bytes.subarray(start, end)),
    stream: () => new Blob([bytes]).stream(),
  };
  const batches: Batch[] = [];
  for await (const { batch } of read(source)) if (batch) batches.push(batch);
  const { mapping } = see(batches);
  const plan = compile({ siftbook: 1, seed: 1, steps }, mapping);
  const collector = new Collector(plan);
  for (const batch of batches) collector.add(measureBatch(batch, mapping, plan, hash));
  const measured = collector.finish();
  return { decision: decide(plan, measured), plan, measured, rows: measured.rows };
}

/** Facts of the data's README, computed without this project. */
const alpaca = shared('data/alpaca/alpaca_data.json');
it.skipIf(!alpaca)(
  'Alpaca: 28 empty outputs, 1,160 repeated outputs, every prompt once',
  { timeout: 120_000 },
  async () => {
    const empty = await kept(alpaca!, [{ cut: { column: 'response_chars', min: 1 } }]);
    expect([empty.rows, empty.decision.steps[0].dropped]).toEqual([52002, 28]);
    const repeated = await kept(alpaca!, [
      { exact: { on: ['response'] } },
      { exact: { on: ['instruction'] } },
      { split: { train: 0.8, validation: 0.1, test: 0.1 } },
    ]);
    expect(repeated.decision.steps.map(({ dropped }) => dropped)).toEqual([1160, 0, 0]);
    const { train, validation, test } = repeated.decision.splits!;
    expect(train + validation + test).toBe(52002 - 1160);
    expect(Math.abs(train - 0.8 * 50842)).toBeLessThan(5 * Math.sqrt(50842 * 0.16));
  },
);

for (const [name, rows, duplicates] of [
  ['data/llamafactory/alpaca_en_demo.json', 999, 14],
  ['data/llamafactory/alpaca_zh_demo.json', 1000, 8],
  ['data/alpaca-zh/hikariming-code.json', 9057, 1150],
] as const) {
  const path = shared(name);
  it.skipIf(!path)(`${name}: exact duplicates`, { timeout: 60_000 }, async () => {
    // Field by field: an absent input is not an empty one.
    const result = await kept(path!, [{ exact: { on: ['instruction', 'input', 'output'] } }]);
    expect([result.rows, result.decision.steps[0].dropped]).toEqual([rows, duplicates]);
  });
}

const banking = shared('data/banking77/train.csv');
it.skipIf(!banking)('banking77: 77 classes from 187 to 35, capped', { timeout: 60_000 }, async () => {
  const { decision, plan, measured } = await kept(banking!, [{ balance: { by: 'label', cap: 35 } }]);
  const { codes, names } = measured.classes(plan.classes[0]);
  const counts = new Array<number>(names.length).fill(0);
  for (const code of codes) counts[code]++;
  expect([names.length, Math.max(...counts), Math.min(...counts)]).toEqual([77, 187, 35]);
  expect(decision.kept).toBe(77 * 35);
});
