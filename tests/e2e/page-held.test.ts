import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { idle, launch, visit } from './browser';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

/** Every figure of a cell's rows: texts and what stands in the fields. */
const figures = (rows: Locator) =>
  rows.evaluateAll((all) =>
    all.map((row) =>
      [...row.querySelectorAll('.num, .third')]
        .map((cell) => cell.querySelector('input')?.value ?? cell.textContent!.trim())
        .join(' | '),
    ),
  );

/** Takes a handle with the mouse and holds it, `by` pixels from where it stood. */
async function hold(page: Page, handle: Locator, by: number): Promise<void> {
  await handle.scrollIntoViewIfNeeded();
  const box = (await handle.boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + by, y, { steps: 6 });
}

it('balances under the hand as it will once a handle is let go, and takes all back on Escape', async () => {
  const { page, close, errors } = await visit(browser, '?lang=en');
  const cell = page.locator('#cell-balance');
  const rows = cell.locator('.classes .row');
  const before = await figures(rows);
  const held = async (handle: Locator, by: number, recipe: string) => {
    await page.evaluate((text) => siftbook.setRecipe(text), recipe);
    await idle(page);
    const was = await figures(rows);
    await hold(page, handle, by);
    await page.keyboard.press('Escape');
    await page.mouse.up();
    expect(await figures(rows)).toEqual(was);
    await hold(page, handle, by);
    const live = await figures(rows);
    expect(live).not.toEqual(was);
    expect(live.at(-1)).not.toBe(was.at(-1));
    await page.mouse.up();
    expect(await figures(rows)).toEqual(live);
    await idle(page);
    expect(await figures(rows)).toEqual(live);
    return live;
  };
  const target = await held(cell.locator('.bar [role=slider]').first(), -90, 'siftbook: 1\nseed: 7\nsteps: []\n');
  expect(target[1]).not.toBe(before[1]);
  const slider = cell.locator('.parameter [role=slider]');
  const step = (body: string) => `siftbook: 1\nseed: 7\nsteps:\n  - balance: {by: label, ${body}}\n`;
  await held(slider, -60, step('mode: cap, cap: 300'));
  await held(slider, -60, step('mode: per-class, per-class: 300, over: true'));
  await held(slider, 80, step('mode: temperature, temperature: 2, over: true'));
  expect(errors).toEqual([]);
  await close();
});

it('says the shares of a split under the hand exactly, and about how many records each has', async () => {
  const { page, close, errors } = await visit(browser, '?lang=en');
  await page.evaluate(() =>
    siftbook.setRecipe('siftbook: 1\nseed: 7\nsteps:\n  - split: {train: 0.8, validation: 0.1, test: 0.1}\n'),
  );
  await idle(page);
  const cell = page.locator('#cell-split');
  const rows = () =>
    cell
      .locator('tbody tr')
      .evaluateAll((all) =>
        all.map((row) => [row.querySelector('input')!.value, row.querySelectorAll('td')[1].textContent!.trim()]),
      );
  const was = await rows();
  await hold(page, cell.getByRole('slider').first(), -120);
  const live = await rows();
  expect(live[0][0]).not.toBe(was[0][0]);
  expect(live.every(([, records]) => records.startsWith('≈ '))).toBe(true);
  await page.mouse.up();
  await idle(page);
  const after = await rows();
  expect(after.map(([share]) => share)).toEqual(live.map(([share]) => share));
  const count = (text: string) => Number(text.replace(/\D/g, ''));
  const all = after.reduce((sum, [, records]) => sum + count(records), 0);
  after.forEach(([share, records], i) => {
    expect(records).toMatch(/^\d/);
    expect(count(live[i][1])).toBe(Math.round((Number(share) / 100) * all));
  });
  await hold(page, cell.getByRole('slider').first(), 60);
  await page.keyboard.press('Escape');
  expect(await rows()).toEqual(after);
  await page.mouse.up();
  expect(await rows()).toEqual(after);
  expect(errors).toEqual([]);
  await close();
});

it('keeps the foot of a chart within the chart, and its typed box as wide as its number', async () => {
  for (const width of [1024, 1440]) {
    const { page, close } = await visit(browser, '?lang=en', { width });
    await page.evaluate(() =>
      siftbook.setRecipe(
        'siftbook: 1\nseed: 7\nsteps:\n  - cut: {column: digits, max: 0.00384}\n  - cut: {column: special, max: 0.00384}\n',
      ),
    );
    await idle(page);
    const over = await page.locator('figure .controls').evaluateAll((all) =>
      all.flatMap((controls) => {
        const right = controls.closest('figure')!.getBoundingClientRect().right;
        const parts = [...controls.querySelectorAll('button, input')];
        const out = parts.filter((part) => part.getBoundingClientRect().right > right + 0.5);
        const cut = [...controls.querySelectorAll('input')].filter((input) => input.scrollWidth > input.clientWidth);
        return [...out, ...cut].map((part) => part.getAttribute('aria-label'));
      }),
    );
    expect(over).toEqual([]);
    await close();
  }
});
