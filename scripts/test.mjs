// Every check of the project: format, lint, types, unit tests, build, the page in a real browser.
// `npm test -- unit` runs one part: lint, check, unit, build or e2e.
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build, installBrowser, installPackages, root } from './setup.mjs';

const wanted = process.argv.slice(2);
const total = { passed: 0, failed: 0, skipped: 0 };

function run(name, command, args, env = {}) {
  console.log(`\n── ${name}`);
  const started = Date.now();
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } });
  console.log(`── ${name}: ${status === 0 ? 'passed' : 'FAILED'} in ${((Date.now() - started) / 1000).toFixed(0)} s`);
  return status === 0;
}

/** Runs scripts of package.json side by side (each keeps one core busy); what they say is shown as each ends. */
async function checks(scripts) {
  const all = Object.entries(scripts).map(
    ([name, script]) =>
      new Promise((resolve) => {
        const started = Date.now();
        const child = spawn('npm', ['run', '--silent', script], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
        const said = [];
        for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => said.push(chunk));
        const end = (fine) => {
          process.stdout.write(`\n── ${name}\n${Buffer.concat(said)}`);
          console.log(`── ${name}: ${fine ? 'passed' : 'FAILED'} in ${((Date.now() - started) / 1000).toFixed(0)} s`);
          total[fine ? 'passed' : 'failed'] += 1;
          resolve();
        };
        child.on('error', () => end(false));
        child.on('close', (status) => end(status === 0));
      }),
  );
  await Promise.all(all);
}

function vitest(name, config, env) {
  const report = join(root, '.cache', `${name}.json`);
  mkdirSync(join(root, '.cache'), { recursive: true });
  rmSync(report, { force: true });
  const args = [
    'vitest',
    'run',
    '--config',
    config,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ];
  const fine = run(name, 'npx', args, env);
  let counted = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0 };
  try {
    counted = JSON.parse(readFileSync(report, 'utf8'));
  } catch {
    console.error(`${name}: no report was written`);
  }
  total.passed += counted.numPassedTests;
  total.skipped += counted.numPendingTests;
  total.failed += counted.numFailedTests;
  if ((!fine && counted.numFailedTests === 0) || counted.numPassedTests === 0) total.failed += 1;
}

installPackages();
const parts = {
  unit: () => {
    build();
    vitest('unit', 'vitest.config.ts');
  },
  e2e: async () => {
    const browser = await installBrowser();
    build();
    vitest('e2e', 'vitest.e2e.config.ts', { SIFTBOOK_CHROME: browser });
  },
};
const scripts = Object.entries({ lint: 'lint', check: 'check' }).filter(
  ([name]) => !wanted.length || wanted.includes(name),
);
await checks(Object.fromEntries(scripts));
for (const [name, part] of Object.entries(parts)) if (!wanted.length || wanted.includes(name)) await part();

console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed ? 1 : 0);
