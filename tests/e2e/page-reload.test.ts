import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { idle, launch, visit } from './browser';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

it('brings back what was read though the page was reloaded before it was measured, and not the recipe of another set', async () => {
  const { page, close } = await visit(browser, '?lang=en');
  await page.evaluate(() => siftbook.setRecipe('siftbook: 1\nseed: 7\nsteps: [{cut: {column: turns, min: 2}}]'));
  await idle(page);
  const text = 'Tell me where my parcel is and when it comes, please. '.repeat(8);
  const lines = Array.from({ length: 4000 }, (_, i) => JSON.stringify({ prompt: `${i} ${text}`, response: text }));
  const buffer = Buffer.from(lines.join('\n') + '\n');
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: 'long.jsonl', mimeType: 'application/jsonl', buffer });
  const stored = () =>
    page.evaluate(async () => {
      const home = await (await navigator.storage.getDirectory()).getDirectoryHandle('siftbook');
      const read = async (name: string) => (await (await home.getFileHandle(name)).getFile()).text();
      const [index, recipe] = await Promise.all([read('dataset.json'), read('recipe.txt')]);
      return index.includes('long.jsonl') && !recipe.includes('turns');
    });
  await expect.poll(() => stored().catch(() => false), { timeout: 60_000, interval: 50 }).toBe(true);
  await page.reload();
  await idle(page);
  expect(await page.title()).toBe('long.jsonl · Siftbook');
  const { rows, steps } = await page.evaluate(() => siftbook.counts());
  expect({ rows, steps }).toEqual({ rows: 4000, steps: [] });
  await close();
});
