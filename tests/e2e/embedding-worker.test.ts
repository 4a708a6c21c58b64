/** The embedding worker as the app builds it, on the tiny model: every source, both devices, what is kept. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folderModel, type ModelSpec } from '$lib/embedding/models';
import type { Chosen, Embedder, StartRequest } from '$lib/engine/embedding/embedder';
import { embeddingPages, type EmbeddingPages } from '../bench/embedding-browser';
import { TINY, tinyModel, writeTinyModel } from '../embedding/tiny-model';

interface Bench {
  Embedder: typeof Embedder;
  spawnEmbedding(): Worker;
  keeper(): {
    api: {
      reach(url: string): Promise<string>;
      fill(rows: number, dim: number): Promise<{ missing: number; kept: boolean; wrong: number }>;
    };
    end(): void;
  };
}
type Opened = Awaited<ReturnType<EmbeddingPages['open']>>;

const folder = mkdtempSync(join(tmpdir(), 'siftbook-tiny-'));
const TEXTS = ['信用卡丢了怎么办？', 'how do i get my money back', '天气'];
let pages: EmbeddingPages;
let spec: ModelSpec;
let opened: Opened;

beforeAll(async () => {
  writeTinyModel(folder);
  pages = await embeddingPages(folder);
  const files = tinyModel().map(({ path, bytes }) => ({
    path,
    size: bytes.length,
    text: async () => bytes.toString(),
  }));
  spec = (await folderModel(files, TINY.name)).spec;
  opened = await pages.open({ webgpu: false, isolated: true });
});
afterAll(async () => {
  await opened?.close();
  pages?.close();
  rmSync(folder, { recursive: true, force: true });
});

type Run = { chosen: Chosen; vectors: number[] } | { key: string; message: string };

/** Starts an embedder in the page, embeds the texts, ends it. */
function run(page: Page, request: Partial<StartRequest> & Pick<StartRequest, 'source'>): Promise<Run> {
  return page.evaluate(
    async ({ request, texts }) => {
      const { bench } = globalThis as unknown as { bench: Bench };
      const embedder = new bench.Embedder(() => bench.spawnEmbedding());
      try {
        const { source } = request;
        if (source.kind === 'folder')
          for (const each of source.files as { path: string; file: Blob }[])
            each.file = await (await fetch(`/models/tiny-zh-en/${each.path}`)).blob();
        const chosen = await embedder.start(request);
        return { chosen, vectors: [...(await embedder.embed(texts))] };
      } catch (error) {
        const { key = '', message } = error as Error & { key?: string };
        return { key, message };
      } finally {
        embedder.dispose();
      }
    },
    { request: { spec, dtype: 'fp32' as const, ...request }, texts: TEXTS },
  );
}
const served = { kind: 'served', path: `/models/${TINY.name}/` } as const;
function cosines(a: number[], b: number[]): number[] {
  return TEXTS.map((_, row) => {
    let dot = 0;
    for (let d = row * TINY.dim; d < (row + 1) * TINY.dim; d++) dot += a[d] * b[d];
    return dot;
  });
}
let reference: number[];

describe('the embedding worker', () => {
  it('is fetched, ONNX Runtime with it, only when it is asked for', async () => {
    expect(opened.requests.filter((url) => /worker|ort-/.test(url))).toEqual([]);
    const done = await run(opened.page, { source: served });
    if (!('chosen' in done)) throw new Error(done.message);
    expect(done.chosen).toMatchObject({ device: 'wasm', reason: 'no-adapter' });
    expect(done.vectors.length).toBe(TEXTS.length * TINY.dim);
    reference = done.vectors;
    for (const cosine of cosines(reference, reference)) expect(cosine).toBeCloseTo(1, 5);
    const runtime = opened.requests.filter((url) => /ort-/.test(url));
    expect(runtime.length).toBeGreaterThan(0);
    for (const url of runtime) expect(new URL(url).origin).toBe(new URL(opened.page.url()).origin);
    expect(runtime.some((url) => url.includes('asyncify'))).toBe(false);
  });
  it('uses threads where the page is isolated, one where it is not', async () => {
    const { chosen } = (await run(opened.page, { source: served })) as { chosen: Chosen };
    const cores = await opened.page.evaluate(() => navigator.hardwareConcurrency);
    if (cores > 1) expect(chosen.threads).toBeGreaterThan(1);
    const plain = await pages.open({ webgpu: false, isolated: false });
    const alone = (await run(plain.page, { source: served })) as { chosen: Chosen; vectors: number[] };
    expect(alone.chosen.threads).toBe(1);
    for (const cosine of cosines(reference, alone.vectors)) expect(cosine).toBeGreaterThan(0.999999);
    await plain.close();
  });
  it('reads a folder that was dropped, and asks no server', async () => {
    const before = opened.requests.length;
    const files = tinyModel().map(({ path }) => ({ path, file: null as unknown as Blob }));
    const done = await run(opened.page, { source: { kind: 'folder', name: 'mine', files } });
    if (!('chosen' in done)) throw new Error(done.message);
    for (const cosine of cosines(reference, done.vectors)) expect(cosine).toBeGreaterThan(0.999999);
    // The page's own fetches made the files; the worker asked for none.
    const asked = opened.requests.slice(before).filter((url) => url.includes('/models/'));
    expect(asked.length).toBe(files.length);
  });
  it('fetches from the hub once it may, and never again', async () => {
    const { page, requests } = opened;
    const hub = { kind: 'hub', id: 'Siftbook/tiny', download: false } as const;
    expect(await run(page, { source: hub })).toMatchObject({ key: 'engine.embed-not-here' });
    expect(requests.filter((url) => url.includes('huggingface'))).toEqual([]);
    await page.context().route('https://huggingface.co/**', (route) => {
      const path = new URL(route.request().url()).pathname.replace('/Siftbook/tiny/resolve/main/', '');
      const headers = { 'access-control-allow-origin': '*' };
      try {
        return route.fulfill({ body: readFileSync(join(folder, TINY.name, path)), headers });
      } catch {
        return route.fulfill({ status: 404, headers });
      }
    });
    const done = await run(page, { source: { ...hub, download: true } });
    if (!('chosen' in done)) throw new Error(done.message);
    for (const cosine of cosines(reference, done.vectors)) expect(cosine).toBeGreaterThan(0.999999);
    const fetched = requests.filter((url) => url.includes('huggingface'));
    expect(fetched.some((url) => url.endsWith('onnx/model.onnx'))).toBe(true);
    expect(fetched.every((url) => url.startsWith('https://huggingface.co/Siftbook/tiny/'))).toBe(true);
    const again = await run(page, { source: hub });
    if (!('chosen' in again)) throw new Error(again.message);
    expect(again.vectors).toEqual(done.vectors);
    expect(requests.filter((url) => url.includes('huggingface')).length).toBe(fetched.length);
    await page.context().unroute('https://huggingface.co/**');
  });
  it('is the only worker that may', async () => {
    const reached = await opened.page.evaluate(async () => {
      const { api, end } = (globalThis as unknown as { bench: Bench }).bench.keeper();
      const directive = await api.reach('https://huggingface.co/x');
      end();
      return directive;
    });
    expect(reached).toBe('connect-src');
    expect(opened.requests.filter((url) => url === 'https://huggingface.co/x')).toEqual([]);
  });
  it('says so where a model is not there', async () => {
    const done = await run(opened.page, { source: { kind: 'served', path: '/models/none/' } });
    expect(done).toHaveProperty('message');
    expect('chosen' in done).toBe(false);
  });
  it('judges WebGPU by the same texts: right on the software adapter, which is not tried unless asked', async () => {
    const gpu = await pages.open({ webgpu: true, isolated: true });
    const passed = await run(gpu.page, { source: served });
    expect(passed).toMatchObject({ chosen: { device: 'wasm', reason: 'software' } });
    const judged = await run(gpu.page, { source: served, software: true });
    if (!('chosen' in judged)) throw new Error(judged.message);
    expect(judged.chosen.failure).toBeNull();
    expect(judged.chosen.cosine).toBeGreaterThan(0.9999);
    expect(['faster', 'slow']).toContain(judged.chosen.reason);
    // It ran there: the browser's own adapter in software, by the runtime that speaks to it.
    expect(judged.chosen.facts).toMatchObject({ webgpu: 'software', adapter: expect.stringMatching(/swiftshader/i) });
    const runtimes = () => gpu.requests.filter((url) => url.includes('asyncify') && url.endsWith('.wasm')).length;
    expect(runtimes()).toBeGreaterThan(0);
    const forced = await run(gpu.page, { source: served, device: 'webgpu' });
    if (!('chosen' in forced)) throw new Error(forced.message);
    expect(forced.chosen).toMatchObject({ device: 'webgpu', reason: 'asked' });
    for (const cosine of cosines(reference, forced.vectors)) expect(cosine).toBeGreaterThan(0.9999);
    await gpu.close();
  });
  it('keeps vectors in the private file system, whole, over a reload', async () => {
    const fill = () =>
      opened.page.evaluate(async () => {
        const { api, end } = (globalThis as unknown as { bench: Bench }).bench.keeper();
        const done = await api.fill(5000, 24);
        end();
        return done;
      });
    expect(await fill()).toMatchObject({ missing: 0, kept: true, wrong: 0 });
    await opened.page.reload();
    expect(await fill()).toMatchObject({ missing: 0, kept: true, wrong: 0 });
  });
});
