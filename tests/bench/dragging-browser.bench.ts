/**
 * Dragging handles of the built page (`npm run build` comes first), a column's and the threshold of near-duplicates: 200 moves of
 * the mouse each, from the move to the painted frame. Run: npx tsx tests/bench/dragging-browser.bench.ts [rows] [moves]; 0 rows: the
 * demo dataset that the page opens with.
 */
import { chromium, type Locator } from 'playwright-core';
import { serve } from '../../scripts/serve.mjs';
import { findBrowser } from '../../scripts/setup.mjs';
import { enlarged } from './data';

const rows = Number(process.argv[2] ?? 100_000);
const MOVES = Number(process.argv[3] ?? 200);

interface Surface {
  ready: Promise<void>;
  open(file: File): Promise<unknown>;
  idle(): Promise<void>;
}

const at = (values: number[], q: number) => {
  values.sort((a, b) => a - b);
  return values[Math.min(values.length - 1, Math.floor(values.length * q))];
};

/** Drags a handle by `step` pixels a move and tells how long the moves took. */
async function drag(handle: Locator, step = 0.75): Promise<void> {
  const page = handle.page();
  await handle.scrollIntoViewIfNeeded();
  const box = await handle.boundingBox();
  if (!box) throw new Error('the handle is not on screen');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.waitForTimeout(2000);
  await page.evaluate(() => performance.clearMeasures());
  for (let move = 1; move <= MOVES; move++) {
    await page.mouse.move(x + move * step, y);
    await page.waitForTimeout(20);
  }
  const measures = await page.evaluate(() =>
    performance.getEntriesByName('siftbook:cut').map((entry) => {
      const { duration, detail } = entry as PerformanceMeasure;
      return { duration, work: (detail as { work: number }).work };
    }),
  );
  await page.mouse.up();
  const line = (what: string, values: number[], bound: string) =>
    console.log(
      `${what.padEnd(36)} ${at(values, 0.5).toFixed(2).padStart(8)} ${at(values, 0.95).toFixed(2).padStart(8)}   ${bound}`,
    );
  console.log(
    `${rows} rows, ${await handle.getAttribute('aria-label')}, ${measures.length} painted moves; milliseconds`,
  );
  console.log(`${''.padEnd(36)}   median      p95`);
  line(
    'work per move',
    measures.map(({ work }) => work),
    '≤ 1 ms',
  );
  line(
    'handle to paint',
    measures.map(({ duration }) => duration),
    '≤ 16 ms',
  );
}

const path = rows > 0 ? await enlarged(rows) : null;
const server = await serve(0);
const address = server.address();
if (!address || typeof address === 'string') throw new Error('the bench server has no port');
const browser = await chromium.launch({
  executablePath: findBrowser() ?? undefined,
  args: ['--no-sandbox', '--disable-quic', '--no-first-run', '--disable-background-networking'],
});
try {
  const page = await browser.newPage({ viewport: { width: 1440, height: 1000 } });
  // tsx names functions through a helper that the page does not have.
  await page.addInitScript('globalThis.__name = (value) => value');
  await page.goto(`http://127.0.0.1:${address.port}/?lang=en`);
  await page.waitForFunction(() => 'siftbook' in globalThis, undefined, { timeout: 60_000 });
  await page.evaluate(() => (globalThis as unknown as { siftbook: Surface }).siftbook.ready);
  if (path) {
    await page.evaluate(() => {
      const input = document.createElement('input');
      input.type = 'file';
      input.id = 'bench';
      document.body.append(input);
    });
    await page.setInputFiles('#bench', path);
    await page.evaluate(async () => {
      const { siftbook } = globalThis as unknown as { siftbook: Surface };
      await siftbook.open(document.querySelector<HTMLInputElement>('#bench')!.files![0]);
      await siftbook.idle();
    }, undefined);
  } else await page.evaluate(() => (globalThis as unknown as { siftbook: Surface }).siftbook.idle());
  await drag(page.getByRole('slider', { name: /^Minimum / }).first());
  await page.keyboard.press('Control+z');
  const near = page.getByRole('region', { name: 'Near', exact: true });
  await near.scrollIntoViewIfNeeded();
  await page.waitForTimeout(1000);
  // Large sets are compared when the reader says so.
  const compare = near.getByRole('button', { name: /^Compare / });
  if (await compare.isVisible()) {
    const start = performance.now();
    await compare.click();
    await near.getByRole('slider').waitFor({ timeout: 600_000 });
    console.log(`compared in ${((performance.now() - start) / 1000).toFixed(1)} s`);
  }
  await page.evaluate(() => (globalThis as unknown as { siftbook: Surface }).siftbook.idle());
  await drag(near.getByRole('slider'), -0.75);
} finally {
  await browser.close();
  server.close();
}
