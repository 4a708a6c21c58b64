import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shared } from '../shared';
import { idle, launch, visit } from './browser';

const root = fileURLToPath(new URL('../../', import.meta.url));
const recipes = join(root, 'tests/fixtures/recipes');
const datasets = [
  { name: 'demo', path: join(root, 'datasets/card-service-zh.jsonl') },
  { name: 'helpdesk', path: join(root, 'datasets/helpdesk-en.jsonl') },
  { name: 'banking77', path: shared('data/banking77/train.csv') },
  { name: 'customer-intents-zh', path: shared('data/customer-intents-zh/train.json') },
];

interface LedgerLine {
  fate: 'kept' | 'dropped';
}

let browser: Browser;
let out: string;
beforeAll(async () => {
  browser = await launch();
  out = mkdtempSync(join(tmpdir(), 'siftbook-'));
});
afterAll(async () => {
  rmSync(out, { recursive: true, force: true });
  await browser.close();
});

/** Runs the recipe on the command line; its ledger and manifest. */
function commandLine(recipe: string, data: string): { ledger: string; manifest: { steps: object[]; splits: object } } {
  const dir = mkdtempSync(join(out, 'run-'));
  const run = spawnSync(process.execPath, [join(root, 'dist/cli/siftbook.js'), 'run', recipe, data, '-o', dir], {
    encoding: 'utf8',
  });
  expect(run.stderr).toBe('');
  expect(run.status).toBe(0);
  return {
    ledger: readFileSync(join(dir, 'ledger.jsonl'), 'utf8'),
    manifest: JSON.parse(readFileSync(join(dir, 'manifest.json'), 'utf8')),
  };
}

describe('the page and the command line keep the same records', () => {
  for (const { name, path } of datasets)
    it.skipIf(!path)(`${name}: equal fates of every record and equal counts of every step`, async () => {
      const { page, close } = await visit(browser, '?lang=en');
      const chooser = page.locator('input[type=file]').first();
      await chooser.setInputFiles(path!);
      await page.waitForFunction((rows) => siftbook.counts().rows !== rows, 5819 * Number(name !== 'demo'), {
        timeout: 60_000,
      });
      await idle(page);
      for (const file of readdirSync(recipes).sort()) {
        const recipe = join(recipes, file);
        const { ledger, manifest } = commandLine(recipe, path!);
        const lines: LedgerLine[] = ledger
          .trimEnd()
          .split('\n')
          .map((line) => JSON.parse(line));
        await page.evaluate((text) => siftbook.setRecipe(text), readFileSync(recipe, 'utf8'));
        await idle(page);
        const kept = await page.evaluate(async () => Array.from(await siftbook.kept()));
        expect(kept, file).toEqual(lines.map(({ fate }) => Number(fate === 'kept')));
        expect(await page.evaluate(() => siftbook.counts().steps), file).toEqual(manifest.steps);
      }
      await close();
    });
});
