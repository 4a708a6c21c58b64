import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dress, launch, visit, type Visit } from './browser';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
interface AxeResult {
  violations: { id: string; impact: string | null; nodes: { html: string }[] }[];
}

let browser: Browser;
let visited: Visit;
beforeAll(async () => {
  browser = await launch();
  visited = await visit(browser, '?lang=en');
});
afterAll(() => browser.close());

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

  it('every control in sight is reached by Tab and has a name', async () => {
    const { page } = visited;
    const unreachable = await page.evaluate(() => {
      const controls = document.querySelectorAll<HTMLElement>(
        'button, a[href], input, select, textarea, [role="slider"], [role="button"], [role="tab"]',
      );
      // Roving focus (tabs, trees, menus) keeps one member of the group in the tab order; the rest follow by arrows.
      const roving = (element: HTMLElement) =>
        element.closest(
          '[role="tablist"], [role="tree"], [role="menu"], [role="listbox"], [role="radiogroup"], [role="grid"], [role="toolbar"], [role="feed"]',
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
