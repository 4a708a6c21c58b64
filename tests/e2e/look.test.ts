import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import pixelmatch from 'pixelmatch';
import type { Browser, Page } from 'playwright-core';
import { PNG } from 'pngjs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shared } from '../shared';
import { dress, launch, visit, type Visit } from './browser';

// The visual reference of the built page. `UPDATE_LOOK=1 npm test -- e2e` writes it anew; look at it before you commit it.
const folder = fileURLToPath(new URL('look/', import.meta.url));
/** Share of pixels that may differ: another version of a font moves edges, a broken layout moves far more. */
const TOLERANCE = 0.04;
const HEIGHT = 1500;

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
  mkdirSync(folder, { recursive: true });
});
afterAll(() => browser.close());

/** Whether this machine draws Chinese at all; without a font the reference means nothing. */
function drawsChinese(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const paint = (text: string) => {
      const canvas = Object.assign(document.createElement('canvas'), { width: 40, height: 40 });
      const context = canvas.getContext('2d')!;
      context.font = '30px sans-serif';
      context.fillText(text, 2, 32);
      return canvas.toDataURL();
    };
    return paint('账') !== paint('单');
  });
}

function compare(name: string, taken: Buffer): number {
  const path = `${folder}${name}.png`;
  if (process.env.UPDATE_LOOK || !existsSync(path)) {
    writeFileSync(path, taken);
    return 0;
  }
  const before = PNG.sync.read(readFileSync(path));
  const after = PNG.sync.read(taken);
  if (before.width !== after.width || before.height !== after.height) return 1;
  return (
    pixelmatch(before.data, after.data, undefined, before.width, before.height, { threshold: 0.2 }) /
    (before.width * before.height)
  );
}

type Dress = readonly [theme: 'light' | 'dark', lang: string, width: number];
const all: Dress[] = ['en', 'zh'].flatMap((lang) =>
  (['light', 'dark'] as const).flatMap((theme) => [1440, 1024].map((width) => [theme, lang, width] as const)),
);
/** Each theme with each language once. */
const some: Dress[] = [
  ['light', 'en', 1440],
  ['dark', 'en', 1024],
  ['light', 'zh', 1024],
  ['dark', 'zh', 1440],
];
const sets = [
  { name: 'demo', query: '', dresses: all },
  ...(shared('data/alpaca/alpaca_data.json')
    ? [{ name: 'alpaca', query: '&dataset=/shared/alpaca/alpaca_data.json', dresses: some }]
    : []),
];

describe.each(sets)('the look of $name', ({ name, query, dresses }) => {
  let visited: Visit;
  beforeAll(async () => {
    visited = await visit(browser, `?lang=en${query}`, { height: HEIGHT });
  });
  afterAll(() => visited.close());

  it.for(dresses)('%s, %s, %d wide', async ([theme, lang, width], context) => {
    const { page } = visited;
    if (!(await drawsChinese(page))) return context.skip('no Chinese font is installed');
    await page.setViewportSize({ width, height: HEIGHT });
    await dress(page, theme, lang);
    const taken = await page.screenshot({ animations: 'disabled' });
    expect(compare(`${name}-${theme}-${lang}-${width}`, taken)).toBeLessThan(TOLERANCE);
  });
});
