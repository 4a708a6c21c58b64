import { readdirSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { shared } from '../shared';
import { collectFile, countFile, type Outcome } from './collect';

const root = shared('data');

/** Rows, refusals and format of a file of the shared data. */
const file = (path: string): Promise<Outcome> => collectFile(`${root}/${path}`);

describe.skipIf(!root)('the facts of the shared data', () => {
  it('Alpaca: 52,002 rows, 28 empty outputs, 31,323 empty inputs, 22 outputs exactly <noinput>', async () => {
    const { rows, rejected, lines } = await file('alpaca/alpaca_data.json');
    expect(rejected).toEqual([]);
    expect(rows).toHaveLength(52_002);
    expect(rows.filter((r) => r.output === '')).toHaveLength(28);
    expect(rows.filter((r) => r.input === '')).toHaveLength(31_323);
    expect(rows.filter((r) => r.output === '<noinput>')).toHaveLength(22);
    expect(new Set(rows.map((r) => r.instruction)).size).toBe(52_002);
    expect([lines[0], lines[1], lines.at(-1)]).toEqual([2, 7, 2 + 52_001 * 5]);
  });

  it('customer intents: JSONL under the name of JSON, 10,000 rows', async () => {
    const { rows, format } = await file('customer-intents-zh/train.json');
    expect(format?.name).toBe('jsonl');
    expect(rows).toHaveLength(10_000);
    const counts = new Map<unknown, number>();
    for (const { label } of rows) counts.set(label, (counts.get(label) ?? 0) + 1);
    expect([counts.size, Math.max(...counts.values()), Math.min(...counts.values())]).toEqual([118, 471, 8]);
  });

  it('banking77: 10,003 and 3,080 rows, 77 classes of 187 to 35', async () => {
    const { rows, format, rejected } = await file('banking77/train.csv');
    expect(rejected).toEqual([]);
    expect(format?.detail).toEqual({ separator: ',', quote: '"', header: true });
    expect(rows).toHaveLength(10_003);
    const counts = new Map<unknown, number>();
    for (const { category } of rows) counts.set(category, (counts.get(category) ?? 0) + 1);
    expect([counts.size, Math.max(...counts.values()), Math.min(...counts.values())]).toEqual([77, 187, 35]);
    expect((await file('banking77/test.csv')).rows).toHaveLength(3_080);
  });

  it('CLINC: 15,000 / 3,000 / 4,500 rows, and the out-of-scope parts', async () => {
    const { rows } = await file('clinc150/data_full.json');
    const parts: Record<string, number> = {};
    for (const { split } of rows) parts[split as string] = (parts[split as string] ?? 0) + 1;
    expect(parts).toEqual({ train: 15_000, val: 3_000, test: 4_500, oos_train: 100, oos_val: 100, oos_test: 1_000 });
    const { rows: fewer } = await file('clinc150/data_imbalanced.json');
    expect(fewer.filter((r) => r.split === 'train')).toHaveLength(10_525);
  });

  it('the rows of every other set', async () => {
    const expected: Record<string, number> = {
      'alpaca-zh/hikariming-code.json': 9_057,
      'llamafactory/alpaca_en_demo.json': 999,
      'llamafactory/alpaca_zh_demo.json': 1_000,
      'sharegpt-zh/sharegpt_zh_1K_format.jsonl': 1_000,
      'sharegpt-zh/medical_sft_1K_format.jsonl': 1_000,
      'gpteacher/toolformer-dedupe-only-dataset.json': 7_673,
      'gpteacher/toolformer-similarity-0.9-dataset.json': 5_959,
      'gpteacher/toolformer-similarity-0.8-dataset.json': 4_709,
      'gpteacher/toolformer-similarity-0.7-dataset.json': 3_487,
      'gpteacher/toolformer-similarity-0.6-dataset.json': 2_396,
      'reviews-zh/waimai_10k.csv': 11_987,
      'reviews-zh/online_shopping_10_cats.csv': 62_774,
      'coldataset/train.csv': 25_726,
      'goemotions/train.tsv': 43_410,
      'hate-davidson/labeled_data.csv': 24_783,
      'pii/presidio-generated-large.json': 2_109,
    };
    for (const [path, count] of Object.entries(expected)) {
      const { rows, rejected } = await countFile(`${root}/${path}`);
      expect([path, rows, rejected]).toEqual([path, count, 0]);
    }
  });

  it('every file is read without an error', async () => {
    for (const folder of readdirSync(root!).filter((name) => name !== 'formats')) {
      const at = `${root}/${folder}`;
      if (!statSync(at).isDirectory()) continue;
      for (const name of readdirSync(at)) {
        const { rows, rejected } = await countFile(`${at}/${name}`);
        expect([name, rejected]).toEqual([name, 0]);
        expect(rows, name).toBeGreaterThan(0);
      }
    }
  });
});
