import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { idle, launch, visit } from './browser';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

it('names the colours once in groups, zooms by the wheel where it says so, and says how many clusters suited', async () => {
  const { page, close, errors } = await visit(browser, '?lang=en');
  const cell = page.locator('#cell-clusters');
  await cell.scrollIntoViewIfNeeded();
  await cell.locator('canvas').waitFor({ timeout: 120_000 });
  await idle(page);

  const colour = cell.getByRole('combobox', { name: 'Colour' });
  const options = await colour.locator('option').allTextContents();
  expect(options.filter((name) => name.trim() === 'Cluster').length).toBe(1);
  const groups = await colour.locator('optgroup').evaluateAll((all) => all.map((one) => one.getAttribute('label')));
  expect(groups).toEqual(expect.arrayContaining(['Classes', 'Length', 'Meaning']));
  expect(new Set(groups).size).toBe(groups.length);

  // A plain wheel scrolls the page and says what zooms; with Ctrl, or after a click, it zooms.
  const surface = cell.locator('.surface');
  await surface.evaluate((node) => node.scrollIntoView({ block: 'center' }));
  const hint = cell.getByText('Click the map, or hold Ctrl, to zoom');
  const seen = () => hint.evaluate((node) => node.classList.contains('passing'));
  const at = () => cell.locator('canvas').evaluate((node) => node.style.transform);
  const box = (await surface.boundingBox())!;
  await page.mouse.move(box.x + box.width / 3, box.y + box.height / 3);
  expect(await seen()).toBe(false);
  const still = await at();
  await page.mouse.wheel(0, 10);
  await expect.poll(seen).toBe(true);
  expect(await at()).toBe(still);
  await expect.poll(seen, { timeout: 10_000 }).toBe(false);
  const whole = cell.getByRole('button', { name: 'Show all' });
  expect(await whole.isDisabled()).toBe(true);
  await page.keyboard.down('Control');
  await page.mouse.wheel(0, -100);
  await page.keyboard.up('Control');
  await expect.poll(() => whole.isDisabled()).toBe(false);

  // The number found is told; a number wished for stands behind its choice.
  const ways = cell.getByRole('radiogroup', { name: 'Clusters' });
  await expect
    .poll(() =>
      cell
        .locator('.ways')
        .getByText(/^\d+ found$/)
        .count(),
    )
    .toBe(1);
  expect(await cell.locator('.ways').getByRole('textbox').count()).toBe(0);
  await ways.getByRole('radio', { name: 'as tight as' }).click();
  await idle(page);
  const tight = cell.locator('.ways').getByRole('textbox');
  const before = await tight.inputValue();
  await tight.fill('5');
  expect(await tight.getAttribute('aria-invalid')).toBe('true');
  await expect.poll(() => page.getByRole('tooltip').innerText()).toBe('From 0.05 to 1');
  await tight.press('Enter');
  await tight.blur();
  expect(await tight.inputValue()).toBe(before);
  expect(await page.evaluate(() => siftbook.recipe())).toMatchObject({
    embedding: { clusters: { at: Number(before) } },
  });
  await ways.getByRole('radio', { name: 'this many' }).click();
  await idle(page);
  const [own, field, next] = await Promise.all(
    [
      ways.getByRole('radio', { name: 'this many' }),
      cell.locator('.ways').getByRole('textbox'),
      ways.getByRole('radio', { name: 'as tight as' }),
    ].map(async (one) => (await one.boundingBox())!),
  );
  expect(own.x + own.width).toBeLessThanOrEqual(field.x);
  expect(field.x + field.width).toBeLessThanOrEqual(next.x);
  await colour.selectOption('fate');
  await page.evaluate(() =>
    siftbook.setRecipe(
      'siftbook: 1\nseed: 7\nsteps:\n  - near: {on: [prompt], at: 0.8}\n  - balance: {by: label, cap: 60}\n',
    ),
  );
  await idle(page);
  expect(errors).toEqual([]);
  await close();
});

it('shows the records on the line while a threshold of likeness is in hand, under a name', async () => {
  const { page, close, errors } = await visit(browser, '?lang=en');
  await page.evaluate(() => siftbook.setRecipe('siftbook: 1\nseed: 7\nsteps:\n  - near: {on: [prompt], at: 0.8}\n'));
  await idle(page);
  const near = page.locator('#cell-duplicates').getByRole('region', { name: 'Near' });
  const handle = near.getByRole('slider');
  await handle.waitFor({ timeout: 60_000 });
  await handle.scrollIntoViewIfNeeded();
  const inspector = page.getByRole('complementary', { name: 'Records' });
  const box = (await handle.boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x - 60, y, { steps: 6 });
  const title = inspector.locator('h2');
  await expect.poll(() => title.innerText()).toMatch(/^near-duplicate similarity < 0\.\d+$/i);
  await expect.poll(() => inspector.getByRole('tab', { selected: true }).innerText()).toBe('On the line');
  await expect.poll(() => inspector.locator('article.out').count()).toBeGreaterThan(0);
  await page.keyboard.press('Escape');
  await page.mouse.up();
  await expect.poll(() => title.innerText()).not.toMatch(/similarity/i);
  expect(errors).toEqual([]);
  await close();
});
