/**
 * A cut dragged over the map of 1 M points in headless Chromium: from the request to the worker until the pixels are on the
 * canvas, against a plain loop in the same worker. Run: npx tsx tests/bench/map-browser.bench.ts [rows] [moves]
 */
import { benchPage } from './browser';
import type { dragMap, MapTimes } from './page/map';

const ROWS = Number(process.argv[2] ?? 1_000_000);
const MOVES = Number(process.argv[3] ?? 200);

const { page, close } = await benchPage();
try {
  const found = await page.evaluate(
    ([rows, moves]) => (globalThis as unknown as { bench: { dragMap: typeof dragMap } }).bench.dragMap(rows, moves),
    [ROWS, MOVES] as const,
  );
  const at = (times: number[], q: number) => [...times].sort((a, b) => a - b)[Math.floor((times.length - 1) * q)];
  const show = (times: number[]) =>
    `${at(times, 0.5).toFixed(1).padStart(7)} ${at(times, 0.95).toFixed(1).padStart(7)}`;
  console.log(`${ROWS} points, 900 × 600, ${MOVES} moves; milliseconds, median and p95`);
  console.log(`${''.padEnd(28)}   to the canvas        in the worker      putImageData`);
  const row = (what: string, { whole, work, put }: MapTimes) =>
    console.log(`${what.padEnd(28)} ${show(whole)}    ${show(work)}    ${show(put)}`);
  row('plain loop', found.naive);
  row('in one ink', found.nothing);
  row('in colours of classes', found.category);
  const ratio = (times: MapTimes) => (at(found.naive.whole, 0.5) / at(times.whole, 0.5)).toFixed(1);
  console.log(
    `against the plain loop: ${ratio(found.nothing)} and ${ratio(found.category)} × faster; ≤ 16 ms (median) wanted`,
  );
} finally {
  await close();
}
