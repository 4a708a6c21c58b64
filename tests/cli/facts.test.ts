import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { shared } from '../shared';
import { scratch, siftbook } from './program';

interface Profile {
  rows: number;
  format: string;
  encoding: string;
  rejected: unknown[];
  files: { rows: number }[];
  fields: { name: string; empty: number; distinct: number }[];
  duplicates: { exact: { extra: number }; prompts: { differing: number } };
  labels: { classes: { label: string; count: number }[]; ratio: number } | null;
  findings: { id: string; count: number }[];
}

/** `profile --json` of shared data; only `columns` are measured beside what the whole set tells. */
async function profile(file: string, columns = 'empty_response', ...args: string[]): Promise<Profile> {
  const { status, out, err } = await siftbook(['profile', file, '--json', '--only', columns, ...args]);
  expect([status, err]).toEqual([0, '']);
  return JSON.parse(out) as Profile;
}
const found = ({ findings }: Profile, id: string) => findings.find((finding) => finding.id === id)?.count ?? 0;
const field = ({ fields }: Profile, name: string) => fields.find((one) => one.name === name);
const sizes = ({ labels }: Profile) => labels!.classes.map(({ count }) => count);

const data = shared('data/README.md');
const dir = scratch();
const at = (name: string) => shared(`data/${name}`)!;

/** Facts of ../shared/data/README.md, and counts taken with Python (json, csv, Counter) where it gives none. */
describe.skipIf(!data)('facts of real data', () => {
  it('Alpaca', async () => {
    const alpaca = await profile(at('alpaca/alpaca_data.json'), 'empty_response,placeholder,merged_instruction');
    expect(alpaca).toMatchObject({ rows: 52_002, format: 'json', encoding: 'utf-8', rejected: [] });
    expect(field(alpaca, 'instruction')).toMatchObject({ empty: 0, distinct: 52_002 });
    expect(field(alpaca, 'input')!.empty).toBe(31_323);
    expect(field(alpaca, 'output')!.empty).toBe(28);
    expect(found(alpaca, 'empty-response')).toBe(28);
    expect(found(alpaca, 'repeated-response')).toBe(1160);
    expect(found(alpaca, 'exact-duplicates')).toBe(0);
    // 22 outputs are exactly `<noinput>`; others say N/A and the like.
    expect(found(alpaca, 'placeholder')).toBeGreaterThanOrEqual(22);
    expect(found(alpaca, 'merged-instruction')).toBeGreaterThan(0);
  });

  it('Chinese Alpaca', async () => {
    // 11 empty outputs over both parts, 20,465 rows; this part has 10,021 and 6 of them.
    const part = await profile(at('alpaca-zh/carbonz0-part-00.json'));
    expect([part.rows, found(part, 'empty-response')]).toEqual([10_021, 6]);
    const code = await profile(at('alpaca-zh/hikariming-code.json'));
    expect(code.rows).toBe(9057);
    expect([found(code, 'exact-duplicates'), code.duplicates.exact.extra]).toEqual([1150, 1150]);
    expect(code.duplicates.prompts.differing).toBe(404);
    // Two key sets: 8,084 records have instruction and output only.
    expect(code.fields.map(({ name }) => name).sort()).toEqual(['history', 'input', 'instruction', 'output']);
    expect(field(code, 'history')!.empty).toBeGreaterThanOrEqual(8084);
  });

  it('the cure of exact duplicates drops as many as were found', async () => {
    const recipe = path.join(dir, 'exact.yaml');
    const out = path.join(dir, 'exact');
    writeFileSync(recipe, 'siftbook: 1\nsteps:\n  - exact: {on: [instruction, input, output, history]}\n');
    const done = await siftbook(['run', recipe, at('alpaca-zh/hikariming-code.json'), '-o', out]);
    expect(done).toMatchObject({ status: 0, err: '' });
    const { steps } = JSON.parse(readFileSync(path.join(out, 'manifest.json'), 'utf8')) as { steps: object[] };
    expect(steps).toEqual([{ index: 0, step: 'exact', in: 9057, kept: 7907, dropped: 1150 }]);
  });

  it.each([
    ['alpaca_en_demo.json', 999, 14],
    ['alpaca_zh_demo.json', 1000, 8],
    ['glaive_toolcall_zh_demo.json', 300, 43],
    ['glaive_toolcall_en_demo.json', 300, 35],
  ])('llamafactory/%s', async (name, rows, duplicates) => {
    const demo = await profile(at(`llamafactory/${name}`));
    expect([demo.rows, found(demo, 'exact-duplicates')]).toEqual([rows, duplicates]);
  });

  it('files of every family, read as one set, each with its rows', async () => {
    const rows = {
      'sharegpt-zh/sharegpt_zh_1K_format.jsonl': 1000,
      'sharegpt-zh/medical_sft_1K_format.jsonl': 1000,
      'gpteacher/toolformer-dedupe-only-dataset.json': 7673,
      'gpteacher/toolformer-similarity-0.9-dataset.json': 5959,
      'gpteacher/toolformer-similarity-0.8-dataset.json': 4709,
      'gpteacher/toolformer-similarity-0.7-dataset.json': 3487,
      'gpteacher/toolformer-similarity-0.6-dataset.json': 2396,
      'goemotions/train.tsv': 43_410,
      'hate-davidson/labeled_data.csv': 24_783,
      'pii/presidio-generated-large.json': 2109,
      'banking77/test.csv': 3080,
      // Training (15,000; imbalanced 10,525), validation (3,000) and test (4,500), and 1,200 out of scope.
      'clinc150/data_full.json': 23_700,
      'clinc150/data_imbalanced.json': 19_225,
    };
    const [first, ...others] = Object.keys(rows).map(at);
    const all = await profile(first, 'empty_response', ...others);
    expect(all.rejected).toEqual([]);
    expect(all.files.map((one) => one.rows)).toEqual(Object.values(rows));
  });

  it('banking77', async () => {
    const train = await profile(at('banking77/train.csv'));
    expect([train.rows, train.format]).toEqual([10_003, 'csv']);
    const classes = sizes(train);
    expect([classes.length, classes[0], classes[76]]).toEqual([77, 187, 35]);
    expect(train.labels!.ratio.toFixed(2)).toBe('5.34');
  });

  it.each([
    ['data_full', 15_000, 1],
    ['data_imbalanced', 10_525, 4],
  ])('CLINC150 %s', async (name, rows, ratio) => {
    const splits = JSON.parse(readFileSync(at(`clinc150/${name}.json`), 'utf8')) as Record<string, [string, string][]>;
    expect([splits.val.length, splits.test.length]).toEqual([3000, 4500]);
    const file = path.join(dir, `${name}.json`);
    writeFileSync(file, JSON.stringify(splits.train));
    const train = await profile(file);
    expect([train.rows, sizes(train).length, train.labels!.ratio]).toEqual([rows, 150, ratio]);
  });

  it('CLINC150 imbalanced as Parquet', async () => {
    const train = await profile(at('parquet-intent/train-00000-of-00001.parquet'));
    // The imbalanced training part and its 100 records out of scope.
    expect([train.format, train.rows, train.labels!.ratio]).toEqual(['parquet', 10_625, 4]);
  });

  it('customer-intents-zh, a .json that is JSONL', async () => {
    const train = await profile(at('customer-intents-zh/train.json'));
    expect([train.format, train.rows]).toEqual(['jsonl', 10_000]);
    const classes = sizes(train);
    expect([classes.length, classes[0], classes[117]]).toEqual([118, 471, 8]);
  });

  it.each([
    ['reviews-zh/waimai_10k.csv', 11_987, 7],
    ['reviews-zh/online_shopping_10_cats.csv', 62_774, 18],
    ['coldataset/train.csv', 25_726, 13],
  ])('%s has %i rows and %i label conflicts', async (name, rows, conflicts) => {
    const one = await profile(at(name));
    expect([one.rows, found(one, 'label-conflicts')]).toEqual([rows, conflicts]);
  });
});
