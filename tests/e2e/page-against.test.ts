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
  const own = { name: 'own.jsonl', mimeType: 'application/jsonl', buffer: Buffer.from(lines.slice(0, 400).join('\n')) };
  await page.locator('input[type=file]').first().setInputFiles(own);
  await page.getByText('own.jsonl').first().waitFor();
  await idle(page);
  const against = page.getByRole('region', { name: 'Against a second file' });
  const buffer = Buffer.from([lines[50], lines[300], lines[5]].join('\n') + '\n');
  await against
    .locator('input[type=file]')
    .setInputFiles({ name: 'bench.jsonl', mimeType: 'application/jsonl', buffer });
  await idle(page);
  const rows = against.getByRole('list', { name: 'Records that are there too' }).getByRole('listitem');
  await expect.poll(() => rows.count()).toBeGreaterThanOrEqual(3);
  await expect.poll(() => rows.locator('.where').allTextContents()).toContain('bench.jsonl · line 2');

  // Left out: the recipe names the file, and undo takes both back.
  const counts = () => page.evaluate(() => siftbook.counts().steps.map(({ dropped }) => dropped));
  const files = () => page.evaluate(() => (siftbook.recipe() as { against?: { files: string[] } }).against?.files);
  await against.getByRole('button', { name: 'Leave these out' }).first().click();
  await idle(page);
  const [dropped] = await counts();
  expect(dropped).toBeGreaterThanOrEqual(3);
  expect(await files()).toEqual(['bench.jsonl']);
  await page.keyboard.press('Control+z');
  await idle(page);
  expect([await counts(), await files()]).toEqual([[], undefined]);
  await page.keyboard.press('Control+Shift+z');
  await idle(page);

  // The other file is there again after a reload.
  await page.reload();
  await page.waitForFunction(() => 'siftbook' in globalThis);
  await page.evaluate(() => siftbook.ready);
  await idle(page);
  expect(await counts()).toEqual([dropped]);
  await expect.poll(() => rows.count()).toBeGreaterThanOrEqual(3);

  // Without it the step waits, and says so.
  await against.getByRole('button', { name: 'Let go' }).click();
  await idle(page);
  expect(await rows.count()).toBe(0);
  expect(await counts()).toEqual([0]);
  await against.getByText('The recipe compares with bench.jsonl, which is not open.').waitFor();
  // Dropped on this part of the page a file is compared with, not opened.
  await against.evaluate((section, text) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File([text], 'bench.jsonl'));
    section.dispatchEvent(new DragEvent('drop', { bubbles: true, cancelable: true, dataTransfer }));
  }, buffer.toString());
  await against.getByText('bench.jsonl, 3 records').waitFor();
  await idle(page);
  expect(await counts()).toEqual([dropped]);
  await close();
});

it('has the second file again where the dataset is named by the address, and exports nothing without it', async () => {
  const lines = readFileSync(new URL('../../datasets/card-service-zh.jsonl', import.meta.url), 'utf8').split('\n');
  const { page, close } = await visit(browser, '?lang=en');
  await page.context().route('**/own.jsonl', (route) => route.fulfill({ body: lines.slice(0, 400).join('\n') }));
  await page.goto(new URL('?lang=en&dataset=own.jsonl', page.url()).href);
  await idle(page);
  const against = page.getByRole('region', { name: 'Against a second file' });
  const buffer = Buffer.from([lines[50], lines[300], lines[5]].join('\n') + '\n');
  await against
    .locator('input[type=file]')
    .setInputFiles({ name: 'bench.jsonl', mimeType: 'application/jsonl', buffer });
  await idle(page);
  await against.getByRole('button', { name: 'Leave these out' }).first().click();
  await idle(page);
  const dropped = () => page.evaluate(() => siftbook.counts().steps.map((step) => step.dropped));
  const before = await dropped();
  expect(before[0]).toBeGreaterThanOrEqual(3);
  await page.reload();
  await idle(page);
  expect(page.url()).toContain('dataset=own.jsonl');
  await expect.poll(dropped).toEqual(before);

  const top = page.getByRole('banner').getByRole('button', { name: /^Export/ });
  const zip = page.locator('#cell-export').getByRole('button', { name: 'Download as one archive' });
  expect(await top.textContent()).toMatch(/Export\s+397/);
  expect(await zip.isEnabled()).toBe(true);
  await against.getByRole('button', { name: 'Let go' }).click();
  await idle(page);
  expect(await top.textContent()).toMatch(/Export\s+waits/);
  expect(await top.getAttribute('title')).toContain('bench.jsonl, which is not open');
  expect(await zip.isEnabled()).toBe(false);
  await page.locator('#cell-export').getByText('The recipe compares with bench.jsonl, which is not open').waitFor();
  await close();
});
