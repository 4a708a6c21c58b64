import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { idle, launch, visit } from './browser';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

it('opens the data though the recipe of the link asks for a column that is not there, and says so in Chinese', async () => {
  const recipe = 'siftbook: 1\nsteps: [{cut: {column: nope, min: 1}}]';
  const { page, close } = await visit(browser, `?lang=zh#${encodeURIComponent(recipe)}`);
  expect(await page.evaluate(() => siftbook.counts().rows)).toBeGreaterThan(5000);
  expect(await page.locator('.notice p').allTextContents()).toEqual(['没有“nope”这一列。']);

  // The recipe's text: long lines wrap, the faulty line is marked, its fault is told in Chinese.
  const on = '[prompt, response, system]';
  const long = `  - normalise: {unicode: NFC, strip: [control, zero-width, bidi, html, emoji, urls], collapse: [spaces, newlines], on: ${on}}`;
  await page.getByRole('button', { name: '配方', exact: true }).click();
  await page
    .locator('textarea')
    .fill(`siftbook: 1\nseed: 7\nsteps:\n${long}\n  - cut: {column: response_chars, min: 9, max: 4}\n`);
  await page.locator('#recipe-problems li').first().waitFor();
  expect(await page.locator('#recipe-problems li').allTextContents()).toEqual([
    '第 5 行 范围写反了：min 9 大于 max 4。',
  ]);
  expect(
    await page.locator('.seen .faulty').evaluateAll((lines) => lines.map((line) => (line as HTMLElement).dataset.n)),
  ).toEqual(['5']);
  const sizes = await page.locator('textarea').evaluate((area) => {
    area.style.height = '0';
    return {
      overflow: area.scrollWidth - area.clientWidth,
      text: area.scrollHeight,
      seen: (document.querySelector('.seen') as HTMLElement).offsetHeight,
    };
  });
  expect(sizes.overflow).toBe(0);
  expect(Math.abs(sizes.text - sizes.seen)).toBeLessThan(2);
  await close();
});

it('says in Chinese why nothing could be opened', async () => {
  const { page, close } = await visit(browser, '?lang=zh&dataset=https://example.com/data.json', { wait: false });
  const why = page.locator('[role=alert]');
  await why.waitFor();
  expect(await why.textContent()).toMatch(/^https:\/\/example\.com 是另一个站点/);
  await page.getByRole('button', { name: 'EN', exact: true }).click();
  expect(await why.textContent()).toBe('https://example.com is another origin: save the file and open it from here.');
  await close();
});

it('shows the examples of what stays open again when another file could not be opened', async () => {
  const { page, close } = await visit(browser, '?lang=en');
  const quoted = page.locator('#cell-overview .example q');
  const before = await quoted.allTextContents();
  expect(before.length).toBeGreaterThan(10);
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: 'broken.json', mimeType: 'application/json', buffer: Buffer.from('[{"a": 1') });
  await page.locator('.notice p', { hasText: 'broken.json' }).first().waitFor();
  await idle(page);
  expect(await quoted.allTextContents()).toEqual(before);
  await close();
});
