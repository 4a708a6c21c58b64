/** Choosing a model on the page: what is told beforehand, and what leaves the machine. */
import { mkdirSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findBrowser } from '../../scripts/setup.mjs';
import { serve } from '../../scripts/serve.mjs';
import { TINY, tinyModel, writeTinyModel } from '../embedding/tiny-model';
import { flags } from './browser';

const folder = mkdtempSync(join(tmpdir(), 'siftbook-embedding-'));
const models = join(folder, 'models');
const ROWS = 6000;
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

it('finishes after a reload what a page that died had begun, and embeds nothing twice', async () => {
  const first = await profile('killed');
  const filler = 'please write a short story about the bank and the card that was lost in another country '.repeat(10);
  const rows = Array.from({ length: ROWS }, (_, i) => ({ prompt: `${i} ${filler}`, response: `answer ${i}` }));
  writeFileSync(join(models, 'many.jsonl'), rows.map((row) => JSON.stringify(row)).join('\n') + '\n');
  await first.page.goto(`${origin}/?lang=en&dataset=/models/many.jsonl`);
  await ready(first.page);
  await first.page.evaluate(() => siftbook.idle());
  const cell = first.page.locator('#cell-clusters');
  await cell.scrollIntoViewIfNeeded();
  await cell.getByRole('button', { name: /Embedding/ }).click();
  await cell.getByRole('radio', { name: TINY.name }).check();
  await cell.getByRole('button', { name: `Embed with ${TINY.name}` }).click();
  const done = async () => {
    const text =
      (await cell
        .locator('.going')
        .textContent()
        .catch(() => '')) ?? '';
    return Number(/([\d\u2009]+) of/.exec(text)?.[1].replace(/\D/g, '') ?? 0);
  };
  await expect.poll(done, { timeout: 120_000, interval: 30 }).toBeGreaterThan(ROWS / 2);
  const reached = await done();
  await first.context.close();
  expect(reached).toBeLessThan(ROWS);

  const second = await profile('killed');
  await second.page.goto(`${origin}/?lang=en`);
  await ready(second.page);
  const figures = () =>
    second.page.evaluate(
      () =>
        (performance.getEntriesByName('siftbook:embed').at(-1) as PerformanceMeasure | undefined)?.detail as
          { texts: number; embedded: number; restored: number } | undefined,
    );
  await expect.poll(figures, { timeout: 120_000 }).toBeTruthy();
  const { texts, embedded, restored } = (await figures())!;
  expect(texts).toBe(ROWS);
  expect(restored + embedded).toBe(ROWS);
  // Vectors are written every half second: what came last may be lost, never what was written.
  expect(restored).toBeGreaterThan(0);
  expect(embedded).toBeLessThan(ROWS);
  await second.page.evaluate(() => siftbook.idle());
  expect(JSON.stringify(await second.page.evaluate(() => siftbook.recipe()))).toContain(TINY.name);
  const clusters = (page: Page) =>
    page.evaluate(() =>
      siftbook.column('cluster').then(
        (values) => [...values],
        () => null,
      ),
    );
  // Without a step, too, the address holds whose vectors these are.
  const hash = await second.page.evaluate(() => location.hash);
  expect(hash.length).toBeGreaterThan(1);
  const made = await clusters(second.page);
  expect(made?.length).toBe(ROWS);
  const kept = (page: Page) =>
    page.evaluate(async () => {
      const names: string[] = [];
      const dir = await (await navigator.storage.getDirectory()).getDirectoryHandle('siftbook-sets');
      for await (const name of (dir as unknown as { keys(): AsyncIterable<string> }).keys()) names.push(name);
      return names.sort();
    });
  const results = await kept(second.page);
  // Neighbours, clusters, the map.
  expect(results.length).toBeGreaterThanOrEqual(3);
  await second.context.close();

  // What was finished stands there again, without a press, without the model, and without being made anew.
  const third = await profile('killed');
  const weights: string[] = [];
  third.context.on('request', (request) => void (/\.onnx/.test(request.url()) && weights.push(request.url())));
  await third.page.goto(`${origin}/?lang=en&dataset=/models/many.jsonl${hash}`);
  await ready(third.page);
  const map = third.page.locator('#cell-clusters canvas').first();
  await map.scrollIntoViewIfNeeded({ timeout: 60_000 });
  await third.page.evaluate(() => siftbook.idle());
  expect(await clusters(third.page)).toEqual(made);
  expect(await kept(third.page)).toEqual(results);
  expect(weights).toEqual([]);
  expect([...first.foreign, ...second.foreign, ...third.foreign]).toEqual([]);
  await third.context.close();
}, 400_000);

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
  expect(await cell.locator('.start button').textContent()).toMatch(
    /^Fetch all-MiniLM-L6-v2 \(23.MB\) from huggingface.co all the same$/,
  );
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

/** Drops folders of this machine on a point of the page, as a hand does. */
async function drop(page: Page, paths: string[], at: { x: number; y: number }): Promise<void> {
  const client = await page.context().newCDPSession(page);
  const data = { items: [], files: paths, dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await client.send('Input.dispatchDragEvent', { type, ...at, data });
  await client.detach();
}

it('takes a model’s folder dropped anywhere, names what a wrong one lacks, and needs it no more for what it has made', async () => {
  const { context, page, foreign } = await profile('dropped');
  await page.goto(`${origin}/?lang=en`);
  await ready(page);
  const rows = Array.from({ length: 120 }, (_, i) => ({ prompt: `where is card ${i}`, response: `here ${i}` }));
  await open(page, 'cards.jsonl', rows);
  await named(page, 'cards.jsonl');
  const mine = join(folder, 'mine');
  const lacking = { 'no-weights': /onnx\//, 'no-tokenizer': /tokenizer\.json/, 'no-config': /config\.json/ };
  for (const [name, left] of Object.entries(lacking)) {
    for (const { path, bytes } of tinyModel()) {
      if (left.test(path) && !(name === 'no-config' && path !== 'config.json')) continue;
      mkdirSync(dirname(join(mine, name, path)), { recursive: true });
      writeFileSync(join(mine, name, path), bytes);
    }
  }
  const notices = page.getByRole('alert');
  const middle = { x: 700, y: 400 };
  await drop(page, [join(mine, 'no-config')], middle);
  await notices.getByText('no-config holds no config.json').waitFor();
  await drop(page, [join(mine, 'no-tokenizer')], middle);
  await notices.getByText('no-tokenizer holds no tokenizer.json').waitFor();
  await drop(page, [join(mine, 'no-weights')], middle);
  await notices.getByText('no-weights holds no onnx/model*.onnx').waitFor();
  expect(await page.title()).toContain('cards.jsonl');

  const name = 'my-own-zh-en';
  renameSync(writeTinyModel(mine), join(mine, name));
  await drop(page, [join(mine, name)], middle);
  const cell = page.locator('#cell-clusters');
  const radio = cell.getByRole('radio', { name });
  await radio.waitFor();
  expect(await radio.isChecked()).toBe(true);
  expect(await cell.locator('tr.on').textContent()).toContain('your folder');
  await cell.getByRole('button', { name: `Embed with ${name}` }).click();
  const figures = () =>
    page.evaluate(
      () => performance.getEntriesByName('siftbook:embed').map((one) => (one as PerformanceMeasure).detail) as object[],
    );
  await expect.poll(figures, { timeout: 60_000 }).toContainEqual(expect.objectContaining({ embedded: 120 }));
  await page.evaluate(() => siftbook.idle());
  const made = await page.evaluate(async () => [...(await siftbook.column('cluster'))]);

  // The folder is gone with the page; what it made is not.
  await page.goto(`${origin}/?lang=en`);
  await ready(page);
  await cell.locator('canvas').first().waitFor({ timeout: 60_000 });
  await page.evaluate(() => siftbook.idle());
  expect(await figures()).toContainEqual(expect.objectContaining({ embedded: 0, restored: 120 }));
  expect(await page.evaluate(async () => [...(await siftbook.column('cluster'))])).toEqual(made);
  expect(await notices.count()).toBe(0);
  expect(foreign).toEqual([]);
  await context.close();
}, 200_000);
