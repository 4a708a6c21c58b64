// Runs the benches of tests/bench, all or those named: `npm run bench -- dragging columns`.
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { installPackages, root } from './setup.mjs';

installPackages();
const wanted = process.argv.slice(2);
const benches = readdirSync(join(root, 'tests/bench')).filter((file) => /\.bench\.(ts|mjs)$/.test(file));
const chosen = wanted.length ? benches.filter((file) => wanted.some((name) => file.startsWith(name))) : benches;
if (!chosen.length) {
  console.error(`No bench of that name. There are: ${benches.map((file) => file.split('.')[0]).join(', ')}`);
  process.exit(2);
}
let failed = 0;
for (const file of chosen) {
  console.log(`\n── ${file}`);
  const args = ['--import', 'tsx', '--expose-gc', '--max-old-space-size=8192', join('tests/bench', file)];
  if (spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status !== 0) failed += 1;
}
process.exit(failed ? 1 : 0);
