import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dress, idle, launch, visit, type Visit } from './browser';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
interface AxeResult {
  violations: { id: string; impact: string | null; nodes: { html: string }[] }[];
}

let browser: Browser;
let visited: Visit;
beforeAll(async () => {
  browser = await launch();
  visited = await visit(browser, '?lang=en');
  await unfold(visited.page);
});
afterAll(() => browser.close());

/** Brings everything on the page that waits to be looked at or opened: twins, the map, models, a search by meaning. */
async function unfold(page: Page): Promise<void> {
  const cell = (id: string) => page.locator(`#cell-${id}`);
  await cell('duplicates').scrollIntoViewIfNeeded();
  const near = cell('duplicates').getByRole('region', { name: 'Near' });
  await near
    .getByRole('button', { name: /^\d+\s×/ })
    .first()
    .click();
  await cell('clusters').scrollIntoViewIfNeeded();
  await cell('clusters').locator('canvas').waitFor({ timeout: 120_000 });
  await idle(page);
  await cell('clusters')
    .getByRole('button', { name: /^Embedding/ })
    .click();
  await cell('clusters').getByRole('searchbox').fill('信用卡丢了');
  await page.keyboard.press('Enter');
  await cell('clusters').getByRole('list', { name: 'Nearest records' }).waitFor();
  await cell('clusters')
    .getByRole('button', { name: /^More like this/ })
    .first()
    .click();
  await cell('diversity').scrollIntoViewIfNeeded();
  await cell('diversity').getByRole('tree').first().waitFor();
  await idle(page);
}

describe('accessibility', () => {
  for (const theme of ['light', 'dark'] as const)
    for (const lang of ['en', 'zh'])
      it(`axe finds nothing serious in ${theme}, ${lang}`, async () => {
        const { page } = visited;
        await dress(page, theme, lang);
        await page.evaluate(axe);
        const result = (await page.evaluate('axe.run(document, { resultTypes: ["violations"] })')) as AxeResult;
        const serious = result.violations
          .filter(({ impact }) => impact === 'serious' || impact === 'critical')
          .map(({ id, nodes }) => `${id}: ${nodes.slice(0, 3).map(({ html }) => html.slice(0, 160))}`);
        expect(serious).toEqual([]);
      });

  it('thresholds, twins, map and search are worked by keys alone', async () => {
    const { page } = visited;
    await dress(page, 'light', 'en');
    const near = page.locator('#cell-duplicates').getByRole('region', { name: 'Near' });
    const focused = () => page.evaluate(() => document.activeElement?.matches(':focus-visible') ?? false);

    // A threshold goes by hundredths, ten of them with Shift, and to its ends.
    const handle = near.getByRole('slider');
    await handle.focus();
    const at = async () => Number(await handle.getAttribute('aria-valuenow'));
    expect(await at()).toBe(0.8);
    await page.keyboard.press('ArrowRight');
    await expect.poll(at).toBe(0.81);
    await page.keyboard.press('Shift+ArrowLeft');
    await expect.poll(at).toBe(0.71);
    await page.keyboard.press('End');
    await expect.poll(at).toBe(1);
    await idle(page);
    const { dropped } = await page.evaluate(() => siftbook.counts().steps.at(-1)!);
    expect(dropped).toBeGreaterThan(0);

    // Another twin is kept; the focus stays in the group.
    const group = near.getByRole('button', { name: /^\d+\s×/ }).first();
    if ((await group.getAttribute('aria-expanded')) === 'false') {
      await group.focus();
      await page.keyboard.press('Enter');
    }
    const members = near.locator('.groups > li').first().locator('ul li');
    const place = (row: number) => members.nth(row).locator('button.num').innerText();
    const other = await place(1);
    await members.nth(1).getByRole('button', { name: 'Keep this one' }).focus();
    await page.keyboard.press('Enter');
    await idle(page);
    await expect.poll(() => place(0)).toBe(other);
    expect(await focused()).toBe(true);
    expect(await group.evaluate((node) => node === document.activeElement)).toBe(true);

    // The map: closer, along, all in view taken, let go.
    const map = page.getByRole('application', { name: 'Map of records' });
    await map.focus();
    for (const key of ['+', '+', 'ArrowLeft']) await page.keyboard.press(key);
    await page.keyboard.press('l');
    const inside = page.getByText(/^[\d\s]+ records inside the lasso$/).first();
    await inside.waitFor();
    await idle(page);
    const taken = Number((await inside.innerText()).replace(/\D/g, ''));
    expect(taken).toBeGreaterThan(0);
    expect(taken).toBeLessThan(await page.evaluate(() => siftbook.counts().rows));
    await page.keyboard.press('Escape');
    await expect.poll(() => inside.count()).toBe(0);

    // Among what is nearest by arrows; minus marks.
    const list = page.getByRole('list', { name: 'Nearest records' });
    await list.locator('[data-hit]').first().focus();
    await page.keyboard.press('ArrowDown');
    expect(await focused()).toBe(true);
    await page.keyboard.press('-');
    await expect.poll(() => page.getByRole('list', { name: 'Marked records' }).getByRole('listitem').count()).toBe(2);
  });

  it('every control in sight is reached by Tab and has a name', async () => {
    const { page } = visited;
    const unreachable = await page.evaluate(() => {
      const controls = document.querySelectorAll<HTMLElement>(
        'button, a[href], input, select, textarea, [role="slider"], [role="button"], [role="tab"]',
      );
      // Roving focus (tabs, trees, menus) keeps one member of the group in the tab order; the rest follow by arrows.
      const roving = (element: HTMLElement) =>
        element.closest(
          '[role="tablist"], [role="tree"], [role="menu"], [role="listbox"], [role="radiogroup"], [role="grid"], [role="toolbar"], [role="feed"], [data-roving]',
        );
      return [...controls]
        .filter(
          (element) =>
            element.offsetParent !== null &&
            element.tabIndex < 0 &&
            !roving(element) &&
            !element.hasAttribute('disabled'),
        )
        .map((element) => element.outerHTML.slice(0, 120));
    });
    expect(unreachable).toEqual([]);
  });
});
