/**
 * Opening 1 M rows in headless Chromium: CPU of reading against JSON.parse alone in the same browser, memory against the
 * text, and when the first histogram stands. Run: npx tsx tests/bench/opening-browser.bench.ts [rows] [whole]
 * `whole` goes on until every column and every token is counted.
 */
import { statSync } from 'node:fs';
import { benchPage, memory, processSeconds, workerSeconds } from './browser';
import { enlarged } from './data';

const rows = Number(process.argv[2] ?? 1_000_000);

interface Bench {
  createEngine: typeof import('../../src/lib/engine/client').createEngine;
  parseAlone(file: File): Promise<number>;
  picked(): File;
}
declare const bench: Bench;

const path = await enlarged(rows);
const text = statSync(path).size;
const { page, pid, close } = await benchPage();
let peak = 0;
let watch: ReturnType<typeof setInterval> | undefined;
try {
  await page.setInputFiles('input', path);
  let before = processSeconds(pid);
  const parsed = await page.evaluate(() => bench.parseAlone(bench.picked()));
  const alone = processSeconds(pid) - before;

  await page.evaluate(() => {
    const engine = bench.createEngine();
    Object.assign(globalThis, { engine });
    return engine.api.restored();
  });
  await page.waitForTimeout(3000);
  const threads = workerSeconds(pid);
  const resting = memory(pid);
  before = processSeconds(pid);
  watch = setInterval(() => (peak = Math.max(peak, memory(pid))), 100);
  const opened = await page.evaluate(
    () =>
      new Promise<{ read: number; first: number; fraction: number }>((resolve, reject) => {
        const { engine } = globalThis as unknown as { engine: ReturnType<Bench['createEngine']> };
        const start = performance.now();
        let read = 0;
        const look = () => {
          const [first] = performance.getEntriesByName('siftbook:open') as PerformanceMeasure[];
          if (!read || !first) return;
          const { bytes, bytesRead } = first.detail as { bytes: number; bytesRead: number };
          resolve({ read, first: first.duration, fraction: bytesRead / bytes });
        };
        engine.on('progress', ({ task, finished }) => {
          if (task === 'open' && finished) read = performance.now() - start;
        });
        setInterval(look, 20);
        const done = engine.api.open([{ kind: 'file', file: bench.picked() }]);
        done.catch(reject);
        Object.assign(globalThis, { done });
      }),
  );
  const after = workerSeconds(pid);
  const atEnd = memory(pid);
  clearInterval(watch);
  const spent = after.map(({ thread, seconds }) => ({
    thread,
    seconds: seconds - (threads.find((other) => other.thread === thread)?.seconds ?? 0),
  }));
  // The engine's worker starts first and starts the others.
  const engine = spent.find(({ thread }) => thread === threads[0].thread)?.seconds ?? NaN;
  const measuring = spent.reduce((sum, { seconds }) => sum + seconds, 0) - engine;
  const mb = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`.padStart(9);
  const line = (what: string, value: string, note = '') =>
    console.log(`${what.padEnd(52)} ${value.padStart(10)}  ${note}`);
  console.log(`${parsed} rows, ${(text / 1e6).toFixed(0)} MB of JSON lines, headless Chromium`);
  line('JSON.parse alone, CPU', `${alone.toFixed(2)} s`);
  line(
    'opening, CPU of the engine until the last byte',
    `${engine.toFixed(2)} s`,
    `${(engine / alone).toFixed(2)} × (≤ 2.2)`,
  );
  line('measuring columns meanwhile, CPU of other workers', `${measuring.toFixed(2)} s`);
  line('opening, until the last byte, by the clock', `${(opened.read / 1000).toFixed(1)} s`);
  line(
    'first histogram after',
    `${(opened.first / 1000).toFixed(1)} s`,
    `${(100 * opened.fraction).toFixed(1)} % of the bytes read`,
  );
  line('memory before', mb(resting));
  line(
    'added when the last byte is read',
    mb(atEnd - resting),
    `${((atEnd - resting) / text).toFixed(2)} × the text (≤ 1.5)`,
  );
  line('added at most', mb(peak - resting), `${((peak - resting) / text).toFixed(2)} × the text`);
  if (process.argv[3] === 'whole') {
    const times = await page.evaluate(async () => {
      const { engine, done } = globalThis as unknown as {
        engine: ReturnType<Bench['createEngine']>;
        done: Promise<unknown>;
      };
      const start = performance.now();
      await done;
      const columns = performance.now() - start;
      await engine.api.idle();
      return { columns, idle: performance.now() - start };
    });
    const own = workerSeconds(pid).find(({ thread }) => thread === threads[0].thread)?.seconds ?? NaN;
    line('all columns after another', `${(times.columns / 1000).toFixed(1)} s`);
    line('all tokens after another', `${(times.idle / 1000).toFixed(1)} s`);
    line('CPU of the engine in all', `${(own - threads[0].seconds).toFixed(2)} s`);
    const whole = memory(pid) - resting;
    line('added when all is measured', mb(whole), `${(whole / text).toFixed(2)} × the text`);
    await page.waitForTimeout(20_000);
    const later = memory(pid) - resting;
    line('twenty seconds later', mb(later), `${(later / text).toFixed(2)} × the text`);
  }
} finally {
  clearInterval(watch);
  await close();
}
