import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { idle, launch, visit } from './browser';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

/** Looks at the inspector's rows in every frame: how far one reaches into the next at most, and how many frames had rows. */
function watchRows(): void {
  const seen = { frames: 0, overlap: 0, gap: 0 };
  Object.assign(globalThis, { seenRows: seen });
  const look = () => {
    const rows = [...document.querySelectorAll('[data-inspector-list] [data-row]')].map((row) =>
      row.getBoundingClientRect(),
    );
    if (rows.length > 1) seen.frames++;
    for (let i = 1; i < rows.length; i++) {
      seen.overlap = Math.max(seen.overlap, rows[i - 1].bottom - rows[i].top);
      seen.gap = Math.max(seen.gap, rows[i].top - rows[i - 1].bottom);
    }
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
const rowsSeen = () =>
  (globalThis as unknown as { seenRows: { frames: number; overlap: number; gap: number } }).seenRows;

it('lets no record cover the next, not even while columns stream in and records change', async () => {
  const { page, close } = await visit(browser, '?lang=en', { wait: false });
  await page.evaluate(watchRows);
  await idle(page);
  await page.evaluate(() =>
    siftbook.setRecipe('siftbook: 1\nseed: 7\nsteps:\n  - cut: {column: response_chars, min: 10}\n'),
  );
  await idle(page);
  const list = page.locator('[data-inspector-list] [role="list"]');
  await list.evaluate(async (node) => {
    for (let i = 0; i < 30; i++) {
      node.scrollTop += 700;
      await new Promise((resolve) => requestAnimationFrame(resolve));
    }
  });
  const seen = await page.evaluate(rowsSeen);
  expect(seen.frames).toBeGreaterThan(10);
  expect(seen.overlap).toBeLessThan(0.5);
  expect(seen.gap).toBeLessThan(0.5);

  // A row above the first visible one grows: what is looked at stays where it is.
  const moved = await list.evaluate(async (node) => {
    await new Promise((resolve) => setTimeout(resolve, 300));
    const top = node.getBoundingClientRect().top;
    const rows = [...node.querySelectorAll<HTMLElement>('[data-row]')];
    const at = rows.findIndex((row) => row.getBoundingClientRect().top >= top);
    const hidden = rows.slice(0, at).findLast((row) => row.getBoundingClientRect().bottom <= top)!;
    const before = rows[at].getBoundingClientRect().top;
    hidden.style.minHeight = `${hidden.offsetHeight + 80}px`;
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    return rows[at].getBoundingClientRect().top - before;
  });
  expect(Math.abs(moved)).toBeLessThan(1.5);
  await close();
});
