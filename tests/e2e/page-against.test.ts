import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { idle, launch, visit } from './browser';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

it('names the records that a second file has too', async () => {
  const lines = readFileSync(new URL('../../datasets/card-service-zh.jsonl', import.meta.url), 'utf8').split('\n');
  const { page, close } = await visit(browser, '?lang=en');
  const against = page.getByRole('region', { name: 'Against a second file' });
  const buffer = Buffer.from([lines[50], lines[300], lines[5]].join('\n') + '\n');
  await against
    .locator('input[type=file]')
    .setInputFiles({ name: 'bench.jsonl', mimeType: 'application/jsonl', buffer });
  await idle(page);
  const rows = against.getByRole('list', { name: 'Records that are there too' }).getByRole('listitem');
  await expect.poll(() => rows.count()).toBeGreaterThanOrEqual(3);
  await expect.poll(() => rows.locator('.where').allTextContents()).toContain('bench.jsonl · line 2');
  await against.getByRole('button', { name: 'Let go' }).click();
  await idle(page);
  expect(await rows.count()).toBe(0);
  await close();
});
