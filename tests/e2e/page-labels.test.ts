import { readFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { idle, launch, visit } from './browser';
import { unzip } from './unzip';

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser.close());

it('offers conversations of texts with labels: the label answers, under the name it was given', async () => {
  const { page, close } = await visit(browser, '?lang=en');
  const csv =
    'text,category\n' + ['where is my card,card_arrival', 'top it up,top_up', 'it came,card_arrival'].join('\n');
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name: 'intents.csv', mimeType: 'text/csv', buffer: Buffer.from(csv + '\n') });
  await page.locator('header b', { hasText: 'intents.csv' }).waitFor();
  await idle(page);
  await page.evaluate(() =>
    siftbook.setRecipe({ siftbook: 1, seed: 7, steps: [{ relabel: { merge: { top_up: 'account/top up' } } }] }),
  );
  const cell = page.locator('section[aria-label="Export"]');
  for (const layout of ['messages', 'Alpaca']) await cell.getByRole('checkbox', { name: layout, exact: true }).check();
  await cell.getByRole('checkbox', { name: 'as it came' }).uncheck();
  await idle(page);
  const waiting = page.waitForEvent('download');
  await cell.getByRole('button', { name: 'Download as one archive' }).click();
  const files = unzip(readFileSync((await (await waiting).path())!));
  const read = (folder: string) => {
    const name = [...files.keys()].find((path) => path.startsWith(`${folder}/`))!;
    return files
      .get(name)!
      .toString()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  };
  expect(read('messages').map(({ messages }) => messages)).toEqual(
    [
      ['where is my card', 'card_arrival'],
      ['top it up', 'account/top up'],
      ['it came', 'card_arrival'],
    ].map(([asked, answered]) => [
      { role: 'user', content: asked },
      { role: 'assistant', content: answered },
    ]),
  );
  expect(read('alpaca')[1]).toMatchObject({ instruction: 'top it up', input: '', output: 'account/top up' });
  await close();
});
