import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { idle, launch, visit } from './browser';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

const texts = ['Pay by card\u200b?', 'Call 13812345678 now', 'Nothing to mend', 'Two\u200b of\u200b them, 13812345678'];
const rows = texts.map((instruction) => JSON.stringify({ instruction, output: 'Yes, that is how it works here.' }));

it('shows in the spine how many records a text step changes, and follows what stands before it', async () => {
  const { page, close } = await visit(browser, '?lang=en');
  const file = { name: 'four.jsonl', mimeType: 'application/jsonl', buffer: Buffer.from(rows.join('\n') + '\n') };
  await page.locator('input[type=file]').first().setInputFiles(file);
  await page.locator('header b', { hasText: 'four.jsonl' }).waitFor();
  await idle(page);
  const redact = { redact: { kinds: ['phone'], with: '[phone]' } };
  const normalise = { normalise: { strip: ['zero-width'] } };
  const losses = page.locator('nav button.row .loss');
  await page.evaluate((steps) => siftbook.setRecipe({ siftbook: 1, seed: 7, steps } as never), [normalise, redact]);
  await expect.poll(() => losses.allTextContents(), { timeout: 20_000 }).toEqual(['2 changed', '2 changed']);

  // A step that is gone takes its count along; the one after it keeps its own.
  await page.evaluate(
    (steps) => siftbook.setRecipe({ siftbook: 1, seed: 7, steps } as never),
    [{ cut: { column: 'prompt_chars', min: 1 } }, redact],
  );
  await expect.poll(() => losses.allTextContents(), { timeout: 20_000 }).toEqual(['·', '2 changed']);
  await close();
});
