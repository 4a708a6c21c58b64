/** Choosing a model on the page: what is told beforehand, and what leaves the machine. */
import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findBrowser } from '../../scripts/setup.mjs';
import { serve } from '../../scripts/serve.mjs';
import { TINY, tinyModel, writeTinyModel } from '../embedding/tiny-model';
import { flags } from './browser';

const folder = mkdtempSync(join(tmpdir(), 'siftbook-embedding-'));
const models = join(folder, 'models');
let server: Server;
let origin: string;

beforeAll(async () => {
  mkdirSync(models);
  const root = writeTinyModel(models);
  const files = tinyModel().map(({ path }) => ({ path, size: statSync(join(root, path)).size }));
  writeFileSync(join(models, 'index.json'), JSON.stringify([{ name: TINY.name, files }]));
  server = await serve(0, { '/models/': models });
  origin = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
});
afterAll(() => {
  server?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A browser whose profile outlives it. */
async function profile(name: string): Promise<{ context: BrowserContext; page: Page; foreign: string[] }> {
  const context = await chromium.launchPersistentContext(join(folder, name), {
    executablePath: findBrowser() ?? undefined,
    args: flags,
    viewport: { width: 1440, height: 1000 },
    reducedMotion: 'reduce',
  });
  const page = context.pages()[0] ?? (await context.newPage());
  const foreign: string[] = [];
  context.on('request', (request) => {
    const url = new URL(request.url());
    if (url.origin !== origin && /^https?:$/.test(url.protocol)) foreign.push(request.url());
  });
  return { context, page, foreign };
}
const ready = async (page: Page) => {
  await page.waitForFunction(() => 'siftbook' in globalThis, undefined, { timeout: 60_000 });
  await page.evaluate(() => siftbook.ready);
};
const open = (page: Page, name: string, rows: object[]) =>
  page
    .locator('input[type=file]')
    .first()
    .setInputFiles({
      name,
      mimeType: 'application/jsonl',
      buffer: Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n') + '\n'),
    });
const named = (page: Page, name: string) =>
  expect
    .poll(() => page.title(), { timeout: 60_000 })
    .toContain(name)
    .then(() => page.evaluate(() => siftbook.idle()));

it('offers Chinese data a model for Chinese first, and warns of one for English before anything is asked of another origin', async () => {
  const { context, page, foreign } = await profile('chinese');
  await context.route('https://**', (route) => route.abort());
  await page.goto(`${origin}/?lang=en`);
  await ready(page);
  const asks = ['信用卡丢了怎么办', '请帮我写一首关于春天的诗', '把下面的句子翻译成英文', '北京今天的天气怎么样'];
  await open(
    page,
    'zh.jsonl',
    Array.from({ length: 80 }, (_, i) => ({
      prompt: `${asks[i % 4]}，第${i}个问题？`,
      response: '好的，我来回答这个问题。',
    })),
  );
  await named(page, 'zh.jsonl');
  const cell = page.locator('#cell-clusters');
  await cell.scrollIntoViewIfNeeded();
  await cell.getByRole('button', { name: /Embedding/ }).click();
  const radios = cell.getByRole('radio');
  await expect.poll(() => radios.count()).toBe(7);
  expect(
    await radios.evaluateAll((all) => all.map((one) => (one as HTMLInputElement).value)).then((all) => all.slice(0, 3)),
  ).toEqual(['tfidf', TINY.name, 'Xenova/bge-small-zh-v1.5']);
  expect(await radios.first().isChecked()).toBe(true);
  await cell.getByRole('radio', { name: 'all-MiniLM-L6-v2' }).check();
  const status = cell.locator('.picker [role=status]');
  expect(await status.textContent()).toContain('English only; this data is Chinese');
  const press = () => cell.locator('.start button').click();
  await press();
  expect(await cell.locator('.start button').textContent()).toBe('Embed all the same');
  await page.waitForTimeout(300);
  expect(foreign).toEqual([]);
  expect(JSON.stringify(await page.evaluate(() => siftbook.recipe()))).not.toContain('MiniLM');
  await cell.getByRole('radio', { name: 'bge-small-zh' }).check();
  expect(await cell.locator('.start button').textContent()).toMatch(
    /Fetch bge-small-zh-v1.5 \(24.MB\) from huggingface.co/,
  );
  expect(foreign).toEqual([]);
  await press();
  await expect.poll(() => foreign.length, { timeout: 30_000 }).toBeGreaterThan(0);
  for (const url of foreign) expect(url).toMatch(/^https:\/\/huggingface\.co\/Xenova\/bge-small-zh-v1\.5\//);
  await context.close();
}, 120_000);
