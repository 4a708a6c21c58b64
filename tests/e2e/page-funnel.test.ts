import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { idle, launch, visit } from './browser';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

it('counts a cut under the hand where it will stand: before balancing, and as it is once the handle is let go', async () => {
  const { page, close } = await visit(browser, '?lang=en');
  await page.evaluate(() =>
    siftbook.setRecipe(
      'siftbook: 1\nseed: 7\nsteps:\n  - cut: {column: response_chars, min: 60}\n  - balance: {by: label, mode: temperature, temperature: 3, over: true}\n  - split: {train: 0.95, validation: 0.05}\n',
    ),
  );
  await idle(page);
  const lines = () =>
    page.locator('nav .step').evaluateAll((steps) =>
      steps.map((step) => {
        const [kept, loss] = [...step.querySelectorAll('.num')].map((cell) => cell.textContent!.replace(/\s/g, ''));
        return [step.querySelector('.name')!.textContent, kept, loss ?? ''];
      }),
    );
  const handle = page.locator('#cell-text-quality').getByRole('slider', { name: 'Minimum Special characters' });
  await handle.scrollIntoViewIfNeeded();
  const box = (await handle.boundingBox())!;
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 + 60, box.y + box.height / 2, { steps: 8 });
  await expect.poll(async () => (await lines())[2][1], { timeout: 20_000 }).toMatch(/\d/);
  const held = await lines();
  await page.mouse.up();
  await idle(page);
  const after = await lines();
  expect(after.map(([name]) => name)).toEqual([
    'Opened',
    'Response length',
    'Special characters',
    'Balance',
    'Split',
    'Kept',
  ]);
  expect(Number(after[2][2].replace('\u2212', ''))).toBeGreaterThan(0);
  expect(held).toEqual(after);
  await close();
});
