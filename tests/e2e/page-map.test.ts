import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { dress, idle, launch, visit } from './browser';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const EMPTY = 'siftbook: 1\nseed: 7\nsteps: []\n';
const cell = (page: Page) => page.locator('#cell-clusters');

/** Scrolls to the cell, which draws a small dataset's map by itself, and waits for its picture. */
async function drawn(page: Page): Promise<void> {
  await cell(page).scrollIntoViewIfNeeded();
  await cell(page).locator('canvas').waitFor({ timeout: 120_000 });
  await settled(page);
}
async function settled(page: Page): Promise<void> {
  await idle(page);
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  await idle(page);
}
/** A sum over the picture: other pixels, another sum. */
const picture = (page: Page) =>
  cell(page)
    .locator('canvas')
    .evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')!.getImageData(0, 0, canvas.width, canvas.height);
      let hash = 0;
      for (let i = 0; i < data.length; i++) hash = (Math.imul(hash, 31) + data[i]) | 0;
      return hash;
    });
const names = (page: Page) => cell(page).locator('.label span').allTextContents();
const lassoed = (page: Page) => page.getByText(/^[\d\s]+ records inside the lasso$/);

it('draws the map with its names, follows cuts and a lasso, leaves a cluster out, and is there after a reload', async () => {
  const { page, close, errors, foreign } = await visit(browser, '?lang=en');
  await page.evaluate((text) => siftbook.setRecipe(text), EMPTY);
  await drawn(page);

  // Names in both languages of the data, none touching another.
  const found = await names(page);
  expect(found.length).toBeGreaterThan(3);
  expect(found.some((name) => /\p{Script=Han}/u.test(name))).toBe(true);
  const rows = await cell(page).locator('tbody .name').allTextContents();
  expect(rows.some((name) => /^[a-z]+ · /.test(name))).toBe(true);
  const boxes = await cell(page)
    .locator('.label')
    .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().toJSON() as DOMRect));
  for (const [i, a] of boxes.entries())
    for (const b of boxes.slice(i + 1))
      expect(a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top).toBe(true);
  await dress(page, 'dark', 'zh');
  await drawn(page);
  expect(await names(page)).toEqual(found);
  expect(await cell(page).getByRole('button', { name: '套索' }).count()).toBe(1);
  await dress(page, 'light', 'en');
  await drawn(page);

  // A cut changes the picture; without it the picture is as before.
  const before = await picture(page);
  await page.evaluate(async () => {
    const chars = [...(await siftbook.column('response_chars'))].sort((a, b) => a - b);
    const min = Math.round(chars[chars.length >> 1]);
    await siftbook.setRecipe(`siftbook: 1\nseed: 7\nsteps:\n  - cut: {column: response_chars, min: ${min}}\n`);
  });
  await settled(page);
  expect(await picture(page)).not.toBe(before);
  await page.evaluate((text) => siftbook.setRecipe(text), EMPTY);
  await settled(page);
  expect(await picture(page)).toBe(before);

  // A lasso over all of the map narrows to what it holds; Escape lets go.
  await cell(page)
    .locator('.surface')
    .evaluate((node) => node.scrollIntoView({ block: 'center' }));
  await cell(page).getByRole('button', { name: 'Lasso' }).click();
  const box = (await cell(page).locator('.surface').boundingBox())!;
  const corners = [
    [4, 4],
    [box.width / 2, 4],
    [box.width / 2, box.height - 4],
    [4, box.height - 4],
  ];
  await page.mouse.move(box.x + 4, box.y + 4);
  await page.mouse.down();
  for (const [x, y] of corners) await page.mouse.move(box.x + x, box.y + y, { steps: 4 });
  await page.mouse.up();
  await settled(page);
  const inside = Number((await lassoed(page).first().innerText()).replace(/\D/g, ''));
  expect(inside).toBeGreaterThan(100);
  expect(inside).toBeLessThan(await page.evaluate(() => siftbook.kept().then(({ length }) => length)));
  expect(await picture(page)).not.toBe(before);
  await cell(page).locator('.surface').focus();
  await page.keyboard.press('Escape');
  await settled(page);
  expect(await lassoed(page).count()).toBe(0);
  expect(await picture(page)).toBe(before);

  // A cluster is left out: its records go, and the recipe fixes the number of clusters.
  const row = cell(page).locator('tbody tr').first();
  const size = Number((await row.locator('td').nth(3).innerText()).replace(/\D/g, ''));
  await row.getByRole('button', { name: /^Leave out/ }).click();
  await settled(page);
  const kept = await page.evaluate(async () => (await siftbook.kept()).reduce((sum, one) => sum + one, 0));
  const all = await page.evaluate(async () => (await siftbook.kept()).length);
  expect(all - kept).toBe(size);
  expect(await page.evaluate(() => JSON.stringify(siftbook.recipe()))).toMatch(/clusters/);
  expect(await row.locator('td').nth(4).innerText()).toBe('0');

  // Nothing is lost by a reload.
  await page.reload();
  await idle(page);
  await drawn(page);
  expect(await names(page)).toEqual(found);
  expect(await cell(page).locator('tbody tr').first().locator('td').nth(4).innerText()).toBe('0');
  expect(await page.evaluate(() => performance.getEntriesByName('siftbook:project').length)).toBe(1);
  expect(errors).toEqual([]);
  expect(foreign).toEqual([]);
  await close();
});
