import { spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdirSync, renameSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const tool = fileURLToPath(new URL('../../../shared/tools/enlarge.mjs', import.meta.url));

/** Path of JSON lines with that many records, made once in the system's scratch folder; ends the bench where it cannot be. */
export async function enlarged(rows: number): Promise<string> {
  if (!existsSync(tool)) {
    console.log('skipped: the shared tool that makes the data is not here');
    process.exit(0);
  }
  const folder = join(tmpdir(), 'siftbook-bench');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `enlarged-${rows}.jsonl`);
  if (existsSync(path)) return path;
  const child = spawn(process.execPath, [tool, String(rows)], { stdio: ['ignore', 'pipe', 'inherit'] });
  const out = child.stdout.pipe(createWriteStream(`${path}.part`));
  await new Promise<void>((resolve, reject) => {
    child.on('error', reject);
    out.on('error', reject);
    out.on('finish', resolve);
  });
  renameSync(`${path}.part`, path);
  return path;
}
