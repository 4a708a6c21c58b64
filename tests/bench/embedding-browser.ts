/** The embedding page in headless Chromium: built as the app is, served with and without cross-origin isolation. */
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import sirv from 'sirv';
import { build } from 'vite';
import { secure } from '../../scripts/serve.mjs';
import { findBrowser } from '../../scripts/setup.mjs';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const FLAGS = ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking'];

export interface EmbeddingPages {
  /** Opens the page; `webgpu`: with the software adapter; `isolated`: with the headers that `npm start` sends. */
  open(options: {
    webgpu: boolean;
    isolated: boolean;
  }): Promise<{ page: Page; requests: string[]; close(): Promise<void> }>;
  /** Files of the build and their bytes. */
  files: Record<string, number>;
  close(): void;
}

/** Builds the page into a scratch folder; `models` is served below /models/. */
export async function embeddingPages(models: string): Promise<EmbeddingPages> {
  const out = mkdtempSync(join(tmpdir(), 'siftbook-embedding-'));
  await build({
    configFile: false,
    root: here('embedding-page'),
    base: './',
    logLevel: 'error',
    resolve: { alias: { $lib: here('../../src/lib') } },
    worker: { format: 'es' },
    build: { target: 'es2022', outDir: out, emptyOutDir: true, assetsInlineLimit: 0 },
  });
  const page = sirv(out, { dev: true });
  const folder = sirv(models, { dev: true });
  async function serve(isolated: boolean) {
    const server = createServer((request, response) => {
      // Without: what a static host sends.
      if (isolated) secure(request, response);
      const notFound = () => {
        response.statusCode = 404;
        response.end();
      };
      if (!request.url?.startsWith('/models/')) return page(request, response, notFound);
      request.url = request.url.slice('/models'.length);
      folder(request, response, notFound);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (!address || typeof address === 'string') throw new Error('the bench server has no port');
    return { server, origin: `http://127.0.0.1:${address.port}` };
  }
  const servers = { true: await serve(true), false: await serve(false) };
  const files = Object.fromEntries(
    readdirSync(join(out, 'assets')).map((name) => [name, statSync(join(out, 'assets', name)).size]),
  );
  return {
    files,
    async open({ webgpu, isolated }) {
      const browser: Browser = await chromium.launch({
        executablePath: findBrowser() ?? undefined,
        args: webgpu ? [...FLAGS, '--enable-unsafe-webgpu'] : FLAGS,
      });
      const context = await browser.newContext();
      const tab = await context.newPage();
      const requests: string[] = [];
      // The context hears of what workers fetch, too.
      context.on('request', (request) => requests.push(request.url()));
      tab.on('pageerror', (error) => console.error(error.message));
      if (process.env.SAY) tab.on('console', (message) => console.error(message.text()));
      // tsx names functions through a helper that the page does not have.
      await tab.addInitScript('globalThis.__name = (value) => value');
      await tab.goto(`${servers[`${isolated}`].origin}/`);
      return { page: tab, requests, close: () => browser.close() };
    },
    close() {
      servers.true.server.close();
      servers.false.server.close();
      rmSync(out, { recursive: true, force: true });
    },
  };
}
