import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { parse } from 'yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { shared } from '../shared';
import { idle, launch, visit, type Visit } from './browser';
import { unzip } from './unzip';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = join(root, 'tests/fixtures/recipes');
const recipes = readdirSync(folder).sort();
/** What recipes that compare with another file name. */
const other = join(root, 'tests/fixtures/against.jsonl');
const compares = (recipe: string) => /^against:/m.test(readFileSync(join(folder, recipe), 'utf8'));
const datasets = [
  { name: 'demo', path: join(root, 'datasets/card-service-zh.jsonl') },
  { name: 'helpdesk', path: join(root, 'datasets/helpdesk-en.jsonl') },
  { name: 'banking77', path: shared('data/banking77/train.csv') },
  { name: 'customer-intents-zh', path: shared('data/customer-intents-zh/train.json') },
].flatMap(({ name, path }) => (path ? [{ name, path }] : []));

/** Every recipe runs over the demo set and, in turn, over one of the others. */
const recipesOf = (name: string) => {
  const others = datasets.slice(1).map((dataset) => dataset.name);
  return recipes.filter((_, i) => name === 'demo' || others[i % others.length] === name);
};

interface Manifest {
  created: string;
  steps: object[];
}

const out = mkdtempSync(join(tmpdir(), 'siftbook-'));
let browser: Browser;
let visited: Visit;
beforeAll(async () => {
  browser = await launch();
  visited = await visit(browser, '?lang=en', { wait: false });
});
afterAll(async () => {
  await browser.close();
  rmSync(out, { recursive: true, force: true });
});

/** Runs the command line; what it says on standard error. */
function program(args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, 'dist/cli/siftbook.js'), ...args, '--threads', '1']);
    let said = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (said += text));
    child.on('error', reject);
    child.on('close', (status) =>
      status === 0 ? resolve(said) : reject(new Error(`siftbook ${args.join(' ')}: ${said}`)),
    );
  });
}

// The program works through all of it, one run at a time, while the page does the same.
const made = new Map<string, Promise<string>>();
let last: Promise<unknown> = Promise.resolve();
function later(dir: string, args: string[]): void {
  const run = last.then(() => program(args));
  last = run.catch(() => undefined);
  made.set(dir, run);
}
const folderOf = (name: string, recipe: string) => join(out, name, recipe);
const suggestionOf = (name: string) => join(out, name, 'suggested.yaml');
for (const { name, path } of datasets) {
  mkdirSync(join(out, name));
  later(suggestionOf(name), ['init', path, '-o', suggestionOf(name)]);
  for (const recipe of recipesOf(name))
    later(folderOf(name, recipe), [
      ...['run', join(folder, recipe), path, '-o', folderOf(name, recipe)],
      ...(compares(recipe) ? ['--against', other] : []),
    ]);
}

/** Every file below a folder, by its path from there. */
function filesBelow(dir: string): Map<string, Buffer> {
  const found = readdirSync(dir, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(
    found.map((entry) => {
      const file = join(entry.parentPath, entry.name);
      return [relative(dir, file), readFileSync(file)];
    }),
  );
}

/** Takes the archive that the Export cell makes. */
async function exported(): Promise<Map<string, Buffer>> {
  const { page } = visited;
  const waiting = page.waitForEvent('download');
  await page.locator('section[aria-label="Export"]').getByRole('button', { name: 'Download as one archive' }).click();
  const file = join(out, 'export.zip');
  await (await waiting).saveAs(file);
  return unzip(readFileSync(file));
}

describe.each(datasets)('the page and the command line on $name', ({ name, path }) => {
  beforeAll(async () => {
    const { page } = visited;
    await idle(page);
    await page.locator('input[type=file]').first().setInputFiles(path);
    await page.getByText(basename(path)).first().waitFor();
    await idle(page);
  });

  it.each(recipesOf(name))('keep the same records by %s, to the byte of every file that is written', async (recipe) => {
    const { page } = visited;
    if (compares(recipe))
      await page
        .getByRole('region', { name: 'Against a second file' })
        .locator('input[type=file]')
        .setInputFiles(other);
    await idle(page);
    await page.evaluate((text) => siftbook.setRecipe(text), readFileSync(join(folder, recipe), 'utf8'));
    await idle(page);
    expect(await made.get(folderOf(name, recipe))).toBe('');
    const files = filesBelow(folderOf(name, recipe));
    const ledger = files.get('ledger.jsonl')!.toString().trimEnd().split('\n');
    const kept = await page.evaluate(async () => Array.from(await siftbook.kept()));
    expect(kept).toEqual(ledger.map((line) => Number((JSON.parse(line) as { fate: string }).fate === 'kept')));
    const manifest = JSON.parse(files.get('manifest.json')!.toString()) as Manifest;
    expect(await page.evaluate(() => siftbook.counts().steps)).toEqual(manifest.steps);

    const archive = await exported();
    expect([...archive.keys()].sort()).toEqual([...files.keys()].sort());
    for (const [file, bytes] of files) {
      const own = archive.get(file)!;
      if (file === 'manifest.json') {
        const { created, ...rest } = JSON.parse(own.toString()) as Manifest;
        expect(created).toMatch(/^\d{4}-\d\d-\d\dT/);
        expect({ ...rest, created: manifest.created }).toEqual(manifest);
      } else if (file === 'recipe.yaml') {
        expect(parse(own.toString())).toEqual(parse(bytes.toString()));
      } else expect(own.equals(bytes), file).toBe(true);
    }
  });

  it('suggest the same steps', async () => {
    const { page } = visited;
    await page.evaluate(() => siftbook.setRecipe({ siftbook: 1, seed: 7, steps: [] }));
    await idle(page);
    await page.getByRole('button', { name: 'Start from suggested cuts' }).click();
    await idle(page);
    expect(await made.get(suggestionOf(name))).toContain('suggested.yaml: ');
    const suggested = parse(readFileSync(suggestionOf(name), 'utf8')) as { seed: number; steps: object[] };
    expect(suggested.steps.length).toBeGreaterThan(0);
    const { seed, steps } = (await page.evaluate(() => siftbook.recipe())) as typeof suggested;
    expect({ seed, steps }).toEqual({ seed: suggested.seed, steps: suggested.steps });
  });
});
