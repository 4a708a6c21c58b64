/**
 * The command line at scale: peak memory (at most 1 GB) and time of `profile`, `columns` and `run`, and its throughput
 * against the browser's workers over the same records, tokens included.
 * Run: npx tsx tests/bench/cli.bench.ts [rows] [rows against the browser]
 */
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { benchPage, processSeconds } from './browser';
import { enlarged } from './data';

const rows = Number(process.argv[2] ?? 1_000_000);
const against = Number(process.argv[3] ?? 50_000);
const root = fileURLToPath(new URL('../../', import.meta.url));
const program = join(root, 'dist/cli/siftbook.js');
if (!existsSync(program)) execFileSync('npx', ['vite', 'build', '--config', 'vite.cli.config.ts'], { cwd: root });

interface Spent {
  seconds: number;
  cpu: number;
  /** Bytes resident at most. */
  peak: number;
}

/** Runs the program; memory and CPU are read from the system five times a second. */
function siftbook(...args: string[]): Promise<Spent> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'ignore', 'inherit'] });
    let peak = 0;
    let cpu = 0;
    const look = () => {
      try {
        const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
        peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024);
        cpu = processSeconds(child.pid!);
      } catch {
        // The process has ended.
      }
    };
    const watch = setInterval(look, 200);
    child.on('error', reject);
    child.on('close', (status) => {
      clearInterval(watch);
      if (status === 0) resolve({ seconds: (performance.now() - began) / 1000, cpu, peak });
      else reject(new Error(`siftbook ${args[0]} ended with status ${status}`));
    });
  });
}

const table = (cells: string[]) =>
  console.log(cells.map((cell, i) => (i ? cell.padStart(12) : cell.padEnd(34))).join(''));
const row = (what: string, { seconds, cpu, peak }: Spent, records: number) =>
  table([
    what,
    `${seconds.toFixed(1)} s`,
    `${cpu.toFixed(1)} s`,
    `${Math.round(records / seconds)}/s`,
    `${(peak / 1e6).toFixed(0)} MB`,
  ]);

const dir = mkdtempSync(join(tmpdir(), 'siftbook-cli-bench-'));
try {
  const recipe = join(dir, 'recipe.yaml');
  writeFileSync(
    recipe,
    `siftbook: 1
steps:
  - normalise: {unicode: NFC, strip: [control, zero-width, bidi, html], collapse: [spaces]}
  - redact: {kinds: [email, phone, id-card-cn, bank-card]}
  - cut: {column: response_chars, min: 10, max: 4000}
  - cut: {column: char_repetition, max: 0.5}
  - cut: {column: alnum, min: 0.3}
  - exact: {on: [prompt, response]}
  - balance: {by: label, mode: cap, cap: ${Math.round(rows / 20)}}
  - split: {train: 0.9, validation: 0.05, test: 0.05, stratify: label}
export:
  - {layout: same}
`,
  );
  const data = await enlarged(rows);
  console.log(`${rows} records, ${(statSync(data).size / 1e6).toFixed(0)} MB of JSON lines`);
  table(['', 'clock', 'CPU', 'records', 'peak']);
  row('profile, tokens included', await siftbook('profile', data, '--json'), rows);
  row('profile --no-tokens', await siftbook('profile', data, '--json', '--no-tokens'), rows);
  row('columns, tokens included', await siftbook('columns', data, '-o', join(dir, 'columns.parquet')), rows);
  row('run of eight steps', await siftbook('run', recipe, data, '-o', join(dir, 'out')), rows);

  const small = await enlarged(against);
  console.log(`\n${against} records, every column and token`);
  const own = await siftbook('profile', small, '--json');
  const page = await openInBrowser(small);
  table(['', 'clock', 'CPU']);
  table(['command line', `${own.seconds.toFixed(1)} s`, `${own.cpu.toFixed(1)} s`]);
  table(["the browser's workers", `${page.seconds.toFixed(1)} s`, `${page.cpu.toFixed(1)} s`]);
  table(['ratio (at most 1.5)', (own.seconds / page.seconds).toFixed(2), (own.cpu / page.cpu).toFixed(2)]);
} finally {
  rmSync(dir, { recursive: true, force: true });
}

/** Opens a file in the page's engine until every column and token is measured. */
async function openInBrowser(file: string): Promise<{ seconds: number; cpu: number }> {
  interface Bench {
    createEngine: typeof import('../../src/lib/engine/client').createEngine;
    picked(): File;
  }
  const { page, pid, close } = await benchPage();
  try {
    await page.setInputFiles('input', file);
    const before = processSeconds(pid);
    const began = performance.now();
    await page.evaluate(async () => {
      const { createEngine, picked } = (globalThis as unknown as { bench: Bench }).bench;
      const { api } = createEngine();
      await api.open([{ kind: 'file', file: picked() }]);
      await api.idle();
    });
    return { seconds: (performance.now() - began) / 1000, cpu: processSeconds(pid) - before };
  } finally {
    await close();
  }
}
