import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { idle, launch, visit, type Visit } from './browser';

let browser: Browser;
let visited: Visit;
beforeAll(async () => {
  browser = await launch();
  visited = await visit(browser, '?lang=en', { wait: false });
  await idle(visited.page);
});
afterAll(() => browser.close());

const fixture = (name: string) => readFileSync(fileURLToPath(new URL(`../fixtures/formats/${name}`, import.meta.url)));
const lines = Array.from({ length: 20_000 }, (_, i) => `{"i":${i},"text":"record ${Math.sin(i)}"}\n`);

/** Opens bytes as a file of the user's; the page's count of records, and its records at the places asked for. */
async function open(name: string, buffer: Buffer, places: number[]): Promise<{ rows: number; records: string[] }> {
  const { page } = visited;
  await page.locator('input[type=file]').first().setInputFiles({ name, mimeType: 'application/octet-stream', buffer });
  await page.getByText(name).first().waitFor();
  await idle(page);
  const records = await page.evaluate(
    async (at) => (await siftbook.records(at)).map((one) => (one as { json: string }).json),
    places,
  );
  return { rows: await page.evaluate(() => siftbook.counts().rows), records };
}

/** What only a browser can show: its own inflater refuses several members, and ends early in its own way. */
describe('opening in the browser', () => {
  it('unpacks gzip of several members', async () => {
    const parts = [lines.slice(0, 7000), lines.slice(7000, 7001), [], lines.slice(7001)];
    const several = Buffer.concat(parts.map((part) => gzipSync(part.join(''))));
    const { rows, records } = await open('members.jsonl.gz', several, [0, 7000, 19_999]);
    expect(rows).toBe(lines.length);
    expect(records).toEqual([0, 7000, 19_999].map((i) => lines[i].trimEnd()));
  });

  it('keeps what stands before the cut of a truncated gzip, and says that the rest is missing', async () => {
    const whole = gzipSync(lines.join(''));
    const { rows, records } = await open('cut.jsonl.gz', whole.subarray(0, whole.length >> 1), [0, 5000]);
    expect(rows).toBeGreaterThan(8000);
    expect(rows).toBeLessThan(12_000);
    expect(records).toEqual([0, 5000].map((i) => lines[i].trimEnd()));
    expect(await visited.page.getByText('1 record could not be read; everything else was').count()).toBeGreaterThan(0);
  });

  it.each(['lz4.arrow', 'zstd.arrow', 'lz4.arrows', 'zstd.arrows', 'lz4.feather'])('unpacks %s', async (name) => {
    const { rows, records } = await open(name, fixture(name), [1]);
    expect(rows).toBe(300);
    expect(records).toEqual([
      '{"text":"第 1 条 record number 1","id":9007199254740993,"score":0.125,"label":"积分","tags":["t0"]}',
    ]);
  });
});
