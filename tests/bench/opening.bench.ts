/**
 * Opening a million records of instruction data: reading JSONL into Arrow buffers against JSON.parse of the same lines
 * (parsing alone) and against apache-arrow's builders, by CPU time and by memory added. Each rival runs in a process of
 * its own over the same file; the file is read from disk by all of them in the same way.
 */
import { execFileSync, spawn } from 'node:child_process';
import { createWriteStream, existsSync, mkdtempSync, openAsBlob, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { makeBuilder, Utf8 } from 'apache-arrow';
import { blobSource, read } from '../../src/lib/formats/index';

const self = fileURLToPath(import.meta.url);
const generator = fileURLToPath(new URL('../../../shared/tools/enlarge.mjs', import.meta.url));

/** The file's lines, decoded in slices of 8 MiB. */
async function* linesOf(file: string): AsyncGenerator<string> {
  const blob = await openAsBlob(file);
  const decoder = new TextDecoder();
  let rest = '';
  for (let at = 0; at < blob.size; at += 1 << 23) {
    const text = rest + decoder.decode(await blob.slice(at, at + (1 << 23)).arrayBuffer(), { stream: true });
    let from = 0;
    for (let to = text.indexOf('\n'); to >= 0; to = text.indexOf('\n', from)) {
      yield text.slice(from, to);
      from = to + 1;
    }
    rest = text.slice(from);
  }
}

const runs: Record<string, (file: string) => Promise<{ rows: number; firstMs?: number; keep: unknown }>> = {
  async siftbook(file) {
    const begin = performance.now();
    let firstMs: number | undefined;
    const batches = [];
    let rows = 0;
    for await (const { batch } of read(blobSource((await openAsBlob(file)) as Blob, 'bench.jsonl'))) {
      if (!batch) continue;
      firstMs ??= performance.now() - begin;
      batches.push(batch);
      rows += batch.rows;
    }
    return { rows, firstMs, keep: batches };
  },
  async 'JSON.parse'(file) {
    let rows = 0;
    for await (const line of linesOf(file)) if ((JSON.parse(line) as { id: number }).id >= 0) rows++;
    return { rows, keep: null };
  },
  async 'arrow builders'(file) {
    const builders = new Map<string, ReturnType<typeof makeBuilder<Utf8>>>();
    const done: unknown[] = [];
    const flush = () => {
      for (const builder of builders.values()) done.push(builder.toVector());
      builders.clear();
    };
    let rows = 0;
    for await (const line of linesOf(file)) {
      const record = JSON.parse(line) as Record<string, unknown>;
      for (const [key, value] of Object.entries(record)) {
        let builder = builders.get(key);
        if (!builder) builders.set(key, (builder = makeBuilder({ type: new Utf8() })));
        builder.append(typeof value === 'string' ? value : JSON.stringify(value));
      }
      if (++rows % 65_536 === 0) flush();
    }
    flush();
    return { rows, keep: done };
  },
};

/** Memory of the process beyond garbage, in bytes. */
function memory(): number {
  (globalThis as { gc?: () => void }).gc?.();
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return heapUsed + Math.max(external, arrayBuffers);
}

async function child(name: string, file: string): Promise<void> {
  const before = memory();
  const cpu = process.cpuUsage();
  const start = performance.now();
  const { rows, firstMs, keep } = await runs[name](file);
  const used = process.cpuUsage(cpu);
  const wall = performance.now() - start;
  const added = memory() - before;
  const cpuMs = (used.user + used.system) / 1000;
  console.log(JSON.stringify({ rows, cpuMs, wall, added, firstMs, kept: keep !== null }));
}

async function main(): Promise<void> {
  const count = Number(process.argv[2] ?? 1_000_000);
  if (!existsSync(generator)) return console.log('../shared/tools/enlarge.mjs is not here: nothing to open');
  const folder = mkdtempSync(path.join(tmpdir(), 'siftbook-bench-'));
  const file = path.join(folder, 'bench.jsonl');
  try {
    const make = spawn(process.execPath, [generator, String(count)], { stdio: ['ignore', 'pipe', 'inherit'] });
    make.stdout.pipe(createWriteStream(file));
    await once(make, 'close');
    const size = statSync(file).size;
    console.log(`${count} records, ${(size / 1e6).toFixed(0)} MB\n`);
    console.log('reader           rows      CPU s   × parsing   wall s   added memory × text   first rows after ms');
    let parsing = 0;
    for (const name of ['JSON.parse', 'siftbook', 'arrow builders']) {
      const loader = ['--expose-gc', '--import', 'tsx', self, '--child', name, file];
      const out = execFileSync(process.execPath, loader, { encoding: 'utf8', maxBuffer: 1 << 20 });
      const r = JSON.parse(out.trim().split('\n').at(-1)!) as Record<string, number> & { kept: boolean };
      if (name === 'JSON.parse') parsing = r.cpuMs;
      const memoryRatio = r.kept ? (r.added / size).toFixed(2) : '–';
      const cells = [
        name.padEnd(15),
        String(r.rows).padStart(8),
        (r.cpuMs / 1000).toFixed(2).padStart(8),
        (r.cpuMs / parsing).toFixed(2).padStart(10),
        (r.wall / 1000).toFixed(2).padStart(9),
        memoryRatio.padStart(16),
        (r.firstMs?.toFixed(0) ?? '–').padStart(18),
      ];
      console.log(cells.join('  '));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

if (process.argv[2] === '--child') await child(process.argv[3], process.argv[4]);
else await main();
