import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idle, launch, visit, type Visit } from './browser';

let browser: Browser;
let visited: Visit;
beforeAll(async () => {
  browser = await launch();
  visited = await visit(browser, '?lang=en');
  await visited.page.evaluate(() =>
    siftbook.setRecipe({ siftbook: 1, seed: 7, steps: [{ split: { train: 0.8, validation: 0.1, test: 0.1 } }] }),
  );
  await idle(visited.page);
});
afterAll(() => browser.close());

/** Figures of the split bar that are in sight: wholly inside their part, in the line that is shown. */
const shares = (page: Page) =>
  page.locator('#cell-split .part').evaluateAll((parts) =>
    parts.map((part) => {
      const box = part.getBoundingClientRect();
      const whole = (element: Element) => {
        const own = element.getBoundingClientRect();
        return own.left >= box.left && own.right <= box.right && own.top >= box.top && own.bottom <= box.bottom;
      };
      return [...part.querySelectorAll('.says > *')].filter(whole).map((element) => element.textContent);
    }),
  );

describe('room for figures', () => {
  for (const width of [1440, 1024]) {
    it(`at ${width}: the split bar shows every share whole, and no name in part`, async () => {
      const { page } = visited;
      await page.setViewportSize({ width, height: 1000 });
      const [train, validation, test] = await shares(page);
      expect(train).toEqual(['80\u202f%', 'Train']);
      expect(validation[0]).toBe('10\u202f%');
      expect(test[0]).toBe('10\u202f%');
      const cut = await page
        .locator('#cell-split .part b')
        .evaluateAll((names) => names.filter((name) => name.scrollWidth > name.clientWidth + 1).length);
      expect(cut).toBe(0);
    });

    it(`at ${width}: every figure of the spine stands in one line, its name in full`, async () => {
      const { page } = visited;
      await page.setViewportSize({ width, height: 1000 });
      const cells = await page.locator('.figures :is(dt, dd)').evaluateAll((all) =>
        all.map((cell) => ({
          text: cell.textContent!.trim(),
          lines: Math.round(cell.clientHeight / parseFloat(getComputedStyle(cell).lineHeight)),
          cut: cell.scrollWidth > cell.clientWidth,
        })),
      );
      expect(cells.length).toBeGreaterThan(8);
      expect(cells.filter(({ lines, cut }) => lines !== 1 || cut)).toEqual([]);
    });
  }
});
