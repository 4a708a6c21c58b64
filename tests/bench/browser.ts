/** The bench page in headless Chromium, and what the system says of its threads and memory. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Page } from 'playwright-core';
import sirv from 'sirv';
import { build } from 'vite';
import { findBrowser } from '../../scripts/setup.mjs';

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export interface BenchPage {
  page: Page;
  /** Process of the page. */
  pid: number;
  close(): Promise<void>;
}

/** Builds the bench page into a scratch folder and opens it. */
export async function benchPage(): Promise<BenchPage> {
  const out = mkdtempSync(join(tmpdir(), 'siftbook-bench-'));
  await build({
    configFile: false,
    root: here('page'),
    base: './',
    logLevel: 'error',
    resolve: { alias: { $lib: here('../../src/lib') } },
    worker: { format: 'es' },
    build: { target: 'es2022', outDir: out, emptyOutDir: true },
  });
  const server = createServer(sirv(out, { dev: true }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (!address || typeof address === 'string') throw new Error('the bench server has no port');
  const browser = await chromium.launch({
    executablePath: findBrowser() ?? undefined,
    args: ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  });
  const page = await browser.newPage();
  page.on('crash', () => console.error('the page crashed'));
  page.on('pageerror', (error) => console.error(error.message));
  // tsx names functions through a helper that the page does not have.
  await page.addInitScript('globalThis.__name = (value) => value');
  await page.goto(`http://127.0.0.1:${address.port}/`);
  // Of several renderers (the browser keeps a spare one) the page's is the one with a worker.
  await page.evaluate(() => {
    const worker = new Worker(URL.createObjectURL(new Blob(['self.postMessage(0)'])));
    return new Promise((resolve) => {
      worker.onmessage = resolve;
      Object.assign(globalThis, { worker });
    });
  });
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = (await session.send('SystemInfo.getProcessInfo')) as {
    processInfo: { type: string; id: number }[];
  };
  const renderer = processInfo.find(({ type, id }) => type === 'renderer' && workerSeconds(id).length > 0);
  if (!renderer) throw new Error('the page has no process of its own');
  await page.evaluate(() => (globalThis as unknown as { worker: Worker }).worker.terminate());
  return {
    page,
    pid: renderer.id,
    close: async () => {
      await browser.close();
      server.close();
      rmSync(out, { recursive: true, force: true });
    },
  };
}

/** CPU seconds of the process's worker threads, by thread, in the order in which they were started. */
export function workerSeconds(pid: number): { thread: number; seconds: number }[] {
  return readdirSync(`/proc/${pid}/task`)
    .map(Number)
    .sort((a, b) => a - b)
    .flatMap((thread) => {
      const stat = readFileSync(`/proc/${pid}/task/${thread}/stat`, 'utf8');
      const name = stat.slice(stat.indexOf('(') + 1, stat.lastIndexOf(')'));
      if (!name.startsWith('DedicatedWorker')) return [];
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return [{ thread, seconds: (Number(fields[11]) + Number(fields[12])) / 100 }];
    });
}

/** CPU seconds of the whole process. */
export function processSeconds(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

/** Bytes of memory that the process holds for itself. */
export function memory(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/RssAnon:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024;
}
