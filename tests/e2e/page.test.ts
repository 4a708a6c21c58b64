import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { idle, launch, visit, type Visit } from './browser';

let browser: Browser;
let visited: Visit;
beforeAll(async () => {
  browser = await launch();
  visited = await visit(browser, '?lang=en');
});
/** One page for all; each test begins without a step. */
beforeEach(async () => {
  await visited.page.evaluate(() => siftbook.setRecipe({ siftbook: 1, seed: 7, steps: [] }));
  await idle(visited.page);
});
afterAll(() => browser.close());

const demo = readFileSync(new URL('../../datasets/card-service-zh.jsonl', import.meta.url), 'utf8');
const rows = demo.trimEnd().split('\n').length;

describe('the page', () => {
  it('opens with the demo set, asks no other origin for anything and prints no error', async () => {
    const { page, foreign, errors } = visited;
    const counts = await page.evaluate(() => siftbook.counts());
    expect(counts.rows).toBe(rows);
    expect(counts.kept).toBe(rows);
    for (const name of [
      'Overview',
      'Lengths',
      'Text quality',
      'Language',
      'Duplicates',
      'Labels',
      'Balance',
      'Split',
      'Export',
    ])
      expect(await page.locator(`section[aria-label="${name}"]`).count(), name).toBe(1);
    expect(foreign).toEqual([]);
    expect(errors).toEqual([]);
  });

  it('cuts by the recipe, undoes by the keyboard', async () => {
    const { page, foreign } = visited;
    await page.evaluate(() =>
      siftbook.setRecipe('siftbook: 1\nseed: 7\nsteps:\n  - cut: {column: response_chars, min: 10}\n'),
    );
    await idle(page);
    const { kept, column } = await page.evaluate(async () => ({
      kept: Array.from(await siftbook.kept()),
      column: Array.from(await siftbook.column('response_chars')),
    }));
    const records = demo
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { messages: { role: string; content: string }[] });
    const length = (place: number) =>
      [
        ...records[place].messages
          .filter(({ role }) => role === 'assistant')
          .map(({ content }) => content)
          .join('\n'),
      ].length;
    expect(column).toEqual(records.map((_, place) => length(place)));
    expect(kept).toEqual(records.map((_, place) => (length(place) >= 10 ? 1 : 0)));
    await page.keyboard.press('Control+z');
    await idle(page);
    expect((await page.evaluate(() => siftbook.counts())).kept).toBe(rows);
    expect(foreign).toEqual([]);
  });

  it('moves a handle by keyboard and tells its value in the unit', async () => {
    const { page } = visited;
    const handle = page.getByRole('slider', { name: 'Minimum Response length' }).first();
    await handle.focus();
    for (let i = 0; i < 12; i++) await page.keyboard.press('ArrowRight');
    await idle(page);
    const counts = await page.evaluate(() => siftbook.counts());
    expect(counts.kept).toBeLessThan(rows);
    expect(counts.steps.at(-1)!.dropped).toBe(rows - counts.kept);
    expect(await handle.getAttribute('aria-valuetext')).toMatch(/character/);
  });

  it('brings dataset and recipe back after a reload', async () => {
    const { page } = visited;
    await page.evaluate(() =>
      siftbook.setRecipe('siftbook: 1\nseed: 7\nsteps:\n  - cut: {column: empty_response, max: 0}\n'),
    );
    await idle(page);
    const before = await page.evaluate(() => siftbook.counts().kept);
    expect(before).toBeLessThan(rows);
    await page.reload();
    await idle(page);
    expect(await page.evaluate(() => siftbook.counts().kept)).toBe(before);
  });

  it('says what is wrong with a file it cannot read, and keeps what was open', async () => {
    const { page } = visited;
    await page.evaluate(() =>
      siftbook.open(new File([new Uint8Array([0, 1, 2, 3, 255, 254, 0, 9])], 'picture.bin')).catch(() => undefined),
    );
    await idle(page);
    expect(await page.getByRole('alert').first().textContent()).toMatch(/picture\.bin/);
    expect((await page.evaluate(() => siftbook.counts())).rows).toBe(rows);
  });
});
