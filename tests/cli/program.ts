import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, vi } from 'vitest';

/** Many programs are started, maybe beside other tests on few processors. */
vi.setConfig({ testTimeout: 600_000, hookTimeout: 600_000 });

const root = fileURLToPath(new URL('../..', import.meta.url));
export const program = path.join(root, 'dist/cli/siftbook.js');

/** `npm test` builds before the unit tests run; a test run by hand must not need it. */
if (!existsSync(program)) execFileSync('npx', ['vite', 'build', '--config', 'vite.cli.config.ts'], { cwd: root });

export interface Done {
  status: number | null;
  signal: NodeJS.Signals | null;
  out: string;
  err: string;
}

/** Runs the built program under plain node from a folder outside the repository. */
export function siftbook(args: string[], options: { input?: string | Uint8Array; cwd?: string } = {}): Promise<Done> {
  const data = ['profile', 'columns', 'show', 'init', 'run'].includes(args[0]);
  // Each thread loads a dictionary: for small files one is fastest.
  const threads = data && !args.includes('--threads') ? ['--threads', '1'] : [];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [program, ...args, ...threads], { cwd: options.cwd ?? tmpdir() });
    let out = '';
    let err = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    child.on('error', reject);
    child.on('close', (status, signal) => resolve({ status, signal, out, err }));
    child.stdin.on('error', () => {});
    child.stdin.end(options.input);
  });
}

/** A folder that is gone after the file's tests. */
export function scratch(): string {
  const dir = mkdtempSync(path.join(tmpdir(), 'siftbook-test-'));
  afterAll(() => rmSync(dir, { recursive: true, force: true }));
  return dir;
}

/** Records as JSONL. */
export function jsonl(records: unknown[]): string {
  return records.map((record) => `${JSON.stringify(record)}\n`).join('');
}

/** The records of a JSONL text. */
export function lines<T>(text: string): T[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as T);
}
