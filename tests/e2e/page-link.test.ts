import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { idle, launch, visit } from './browser';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

it('gives a link that keeps the same records in another browser', async () => {
  const { page, close } = await visit(browser, '?lang=zh');
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const steps = [
    { cut: { column: 'response_chars', min: 30 } },
    { relabel: { merge: { '账单/查询': '账单/还款' } } },
    { balance: { by: 'label', mode: 'cap', cap: 300 } },
  ];
  await page.evaluate((steps) => siftbook.setRecipe({ siftbook: 1, seed: 11, steps } as never), steps);
  await idle(page);
  await page.getByRole('button', { name: '配方', exact: true }).click();
  await page.getByRole('button', { name: '复制链接' }).click();
  await page.getByRole('button', { name: '已复制' }).waitFor();
  const link = new URL(await page.evaluate(() => navigator.clipboard.readText()));
  expect(link.origin).toBe(new URL(page.url()).origin);
  const { kept } = await page.evaluate(() => siftbook.counts());
  const mine = await page.evaluate(async () => Array.from(await siftbook.kept()));
  await close();

  const other = await visit(browser, link.search + link.hash);
  expect(await other.page.evaluate(() => siftbook.recipe())).toMatchObject({ seed: 11, steps });
  expect(await other.page.evaluate(() => siftbook.counts().kept)).toBe(kept);
  expect(await other.page.evaluate(async () => Array.from(await siftbook.kept()))).toEqual(mine);
  await other.close();
});

it('takes no recipe with a fault from a file, and says in which line it is', async () => {
  const { page, close } = await visit(browser, '?lang=zh');
  const text =
    'siftbook: 1\nseed: 7\nsteps:\n  - cut: {column: response_chars, min: 10}\n  - cut: {colum: alnum, min: 0.2}\n';
  const file = { name: 'mine.yaml', mimeType: 'application/yaml', buffer: Buffer.from(text) };
  await page.locator('input[type=file]').first().setInputFiles(file);
  const notice = page.locator('.notice p');
  await notice.first().waitFor();
  expect(await notice.allTextContents()).toEqual(['配方第 5 行：缺少“column”。']);
  const steps = () => page.evaluate(() => (siftbook.recipe() as { steps: object[] }).steps);
  expect(await steps()).toEqual([]);

  const mended = { ...file, buffer: Buffer.from(text.replace('colum:', 'column:')) };
  await page.locator('input[type=file]').first().setInputFiles(mended);
  await expect.poll(async () => (await steps()).length).toBe(2);
  await close();
});
