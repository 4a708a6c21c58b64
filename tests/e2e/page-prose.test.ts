import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { idle, launch, visit } from './browser';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

it('takes what is written in Markdown with live numbers, moves it, deletes it and brings it back where it stood', async () => {
  const { page, close } = await visit(browser, '?lang=en');
  const order = () => page.locator('main > section').evaluateAll((all) => all.slice(0, 4).map(({ id }) => id));
  const menu = (id: string) => page.locator(`#${id} button[aria-haspopup]`).first();
  await menu('cell-overview').click();
  await page.getByRole('menuitem', { name: 'Write below' }).click();
  await page
    .getByRole('textbox', { name: 'Text in Markdown' })
    .fill('## For the board\n\nWe keep **{kept}** of {rows}.');
  await page.keyboard.press('Escape');
  const prose = page.getByRole('region', { name: 'Prose', exact: true });
  expect(await prose.locator('h3').textContent()).toBe('For the board');
  const { kept, rows } = await page.evaluate(() => siftbook.counts());
  expect((await prose.locator('p').textContent())!.replace(/\s+/g, '')).toBe(`Wekeep${kept}of${rows}.`);
  // The keyboard goes on from the cell that was written.
  expect(await menu('cell-prose-1').evaluate((button) => button === document.activeElement)).toBe(true);

  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Move up' }).click();
  expect(await order()).toEqual(['cell-prose-1', 'cell-overview', 'cell-fields', 'cell-lengths']);
  await page.evaluate(() =>
    siftbook.setRecipe('siftbook: 1\nseed: 7\nsteps: [{cut: {column: empty_response, max: 0}}]'),
  );
  await idle(page);
  const now = await page.evaluate(() => siftbook.counts().kept);
  expect(now).toBeLessThan(kept);
  expect((await prose.locator('p').textContent())!.replace(/\s+/g, '')).toBe(`Wekeep${now}of${rows}.`);

  await menu('cell-prose-1').click();
  await page.getByRole('menuitem', { name: 'Move down' }).click();
  await menu('cell-prose-1').click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  expect(await prose.count()).toBe(0);
  await page.getByRole('button', { name: 'Bring it back' }).click();
  expect(await prose.locator('h3').textContent()).toBe('For the board');
  expect((await order()).map((id) => id.replace(/\d+$/, ''))).toEqual([
    'cell-overview',
    'cell-prose-',
    'cell-fields',
    'cell-lengths',
  ]);
  await close();
});
