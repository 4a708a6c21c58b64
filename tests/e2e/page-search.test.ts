import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { idle, launch, visit } from './browser';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

it('lists the records nearest to a phrase, cuts at a distance, and follows marks', async () => {
  const { page, close } = await visit(browser, '?lang=en');
  await page.getByRole('button', { name: 'Draw the map' }).click();
  await idle(page);
  const search = page.getByRole('region', { name: 'Search by meaning' });
  await search.getByRole('searchbox', { name: 'Phrase' }).fill('退款怎么办');
  await search.getByRole('searchbox', { name: 'Phrase' }).press('Enter');
  await idle(page);
  const distances = await page.evaluate(() => siftbook.column('meaning:退款怎么办'));
  const sorted = [...distances].filter((value) => value === value).sort((a, b) => a - b);
  const rows = search.getByRole('list', { name: 'Nearest records' }).getByRole('listitem');
  await expect.poll(() => rows.count()).toBe(10);
  const shown = await rows.locator('.distance').allTextContents();
  expect(shown).toEqual(sorted.slice(0, 10).map((value) => value.toFixed(3)));

  const first = await rows.first().locator('[data-hit]').textContent();
  await rows.first().locator('[data-hit]').focus();
  await page.keyboard.press('+');
  await idle(page);
  const marks = search.getByRole('list', { name: 'Marked records' }).getByRole('listitem');
  await expect.poll(() => marks.count()).toBe(1);
  // The list goes by more than the phrase: what it lists is not what a cut by the phrase would keep.
  expect(await search.getByRole('button', { name: 'Keep these only' }).count()).toBe(0);
  await expect.poll(() => search.getByText('take the marks away to set one').count()).toBe(1);
  // What is marked is not listed again.
  await expect.poll(() => rows.first().locator('[data-hit]').textContent()).not.toBe(first);
  await marks
    .first()
    .getByRole('button', { name: /Take the mark away/ })
    .click();
  await idle(page);
  await expect.poll(() => rows.first().locator('[data-hit]').textContent()).toBe(first);

  await expect.poll(() => search.getByText('take the marks away to set one').count()).toBe(0);

  const at = Math.ceil(sorted[9] * 1000) / 1000;
  await search.getByRole('button', { name: 'Keep these only' }).click();
  await idle(page);
  const { steps } = (await page.evaluate(() => siftbook.recipe())) as { steps: object[] };
  expect(steps).toContainEqual({ cut: { column: 'meaning:退款怎么办', max: at } });
  const { kept } = await page.evaluate(() => siftbook.counts());
  expect(kept).toBe([...distances].filter((value) => !(value > Math.fround(at))).length);
  await close();
});
