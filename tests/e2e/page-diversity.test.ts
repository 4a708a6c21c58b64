import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { idle, launch, visit } from './browser';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const cellOf = (page: Page) => page.locator('section[aria-label="Diversity"]');

/** The demo dataset with its instructions read. */
async function read(query = '?lang=en') {
  const { page, close } = await visit(browser, query);
  await idle(page);
  const cell = cellOf(page);
  await cell.scrollIntoViewIfNeeded();
  await cell.getByRole('tree', { name: 'Verbs and their objects' }).waitFor();
  await idle(page);
  return { page, cell, close };
}

const figure = async (page: Page, name: string) => {
  const row = cellOf(page).getByRole('row', { name });
  const [before, after] = await row.getByRole('cell').allTextContents();
  return { before: Number(before), after: Number(after) };
};

it('shows verbs, and narrows everything to the records of the one pointed at', async () => {
  const { page, cell, close } = await read();
  const tree = cell.getByRole('tree', { name: 'Verbs and their objects' });
  const first = tree.getByRole('treeitem').first();
  const [, count] = /: (\d[\d\s]*) of/.exec((await first.getAttribute('aria-label'))!)!;
  const wanted = Number(count.replace(/\D/g, ''));
  expect(wanted).toBeGreaterThan(50);
  await first.focus();
  await page.keyboard.press('Enter');
  await idle(page);
  expect(await first.getAttribute('aria-selected')).toBe('true');
  const inspector = page.getByRole('complementary');
  await expect
    .poll(async () => (await inspector.allTextContents()).join(' ').replace(/\s/g, ''))
    .toContain(String(wanted));
  // Along the ring, and out to its objects.
  await page.keyboard.press('ArrowRight');
  expect(await tree.getByRole('treeitem', { includeHidden: true }).nth(0).getAttribute('tabindex')).toBe('-1');
  await close();
});

it('tells what a cut does to the figures, and to the kinds', async () => {
  const { page, cell, close } = await read();
  const before = await figure(page, 'Distinct-2');
  expect(before.after).toBe(before.before);
  expect(before.before).toBeGreaterThan(0);
  const command = cell.getByRole('button', { name: /^Command/ });
  const was = await command.innerText();
  await page.evaluate(() =>
    siftbook.setRecipe({ siftbook: 1, seed: 7, steps: [{ cut: { column: 'prompt_chars', max: 30 } }] }),
  );
  await idle(page);
  await expect.poll(async () => (await figure(page, 'Distinct-2')).after, { timeout: 60_000 }).not.toBe(before.after);
  expect((await figure(page, 'Distinct-2')).before).toBeCloseTo(before.before, 2);
  expect(await command.innerText()).not.toBe(was);
  await close();
});
