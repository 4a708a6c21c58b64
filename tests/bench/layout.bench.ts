/**
 * The map against umap-learn in the same run: trustworthiness (k = 15) and seconds on 10,000 prompts of Alpaca, and seconds on all of
 * them. Vectors are the built-in ones, or those of a file of float32 numbers.
 * Run: npx tsx tests/bench/layout.bench.ts [FILE:DIM, or -]; UMAP_PYTHON names a python that has umap-learn
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { neighbours } from '../../src/lib/clusters/neighbours';
import { project } from '../../src/lib/clusters/project';
import { finish } from '../../src/lib/clusters/steps';
import { trustworthiness } from '../../src/lib/clusters/trustworthiness';
import { termRows } from '../../src/lib/embedding/features';
import { fitLsa, project as reduce } from '../../src/lib/embedding/lsa';
import type { Vectors } from '../../src/lib/embedding/types';
import { loadSegmenter } from '../../src/lib/text/segment';
import { shared } from '../shared';

const [file, dim] = (process.argv[2] ?? '-').split(':');
const python = process.env.UMAP_PYTHON;
const say = (name: string, value: string) => console.log(`${name.padEnd(44)} ${value}`);

/** Runs the work and gives its own processor seconds, which other work on the machine does not add to. */
function timed<T>(work: () => T): { result: T; seconds: number } {
  const before = process.cpuUsage().user;
  const result = work();
  return { result, seconds: (process.cpuUsage().user - before) / 1e6 };
}

async function load(): Promise<Vectors> {
  if (file !== '-') {
    const bytes = readFileSync(file);
    const values = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
    return { rows: values.length / Number(dim), dim: Number(dim), values };
  }
  const path = shared('data/alpaca/alpaca_data.json');
  if (!path) process.exit(0);
  await loadSegmenter();
  const data: { instruction: string; input: string }[] = JSON.parse(readFileSync(path, 'utf8'));
  const terms = termRows(data.map((record) => `${record.instruction}\n${record.input}`));
  const keys = BigUint64Array.from({ length: terms.offsets.length - 1 }, (_, i) => BigInt(i) * 0x9e3779b97f4a7c15n);
  return reduce(fitLsa(terms, keys), terms);
}

/** Ours, from neighbours to places; the neighbours are known where the page draws the map. */
function ours(vectors: Vectors): Float32Array {
  const { result: near, seconds } = timed(() => finish(neighbours(vectors, 10)).distinct);
  const map = timed(() => finish(project(vectors, { near })));
  say(`${vectors.rows} × ${vectors.dim}`, `neighbours ${seconds.toFixed(1)} s, layout ${map.seconds.toFixed(1)} s`);
  return map.result;
}

/** umap-learn's, with its own neighbours, as its documentation sets it for cosine; warmed up by a first small run. */
function theirs(vectors: Vectors): Float32Array | null {
  if (!python) return null;
  const folder = mkdtempSync(join(tmpdir(), 'layout-'));
  const [from, to] = [join(folder, 'vectors'), join(folder, 'places')];
  const { buffer, byteOffset, byteLength } = vectors.values;
  writeFileSync(from, new Uint8Array(buffer, byteOffset, byteLength));
  const script = [
    'import sys, time, numpy as np, umap',
    `v = np.fromfile(sys.argv[1], np.float32).reshape(-1, ${vectors.dim})`,
    "make = lambda: umap.UMAP(n_neighbors=15, metric='cosine', random_state=1, n_jobs=1)",
    'make().fit_transform(v[:500])',
    'start = time.process_time()',
    'make().fit_transform(v).astype(np.float32).tofile(sys.argv[2])',
    "print(f'{time.process_time() - start:.1f}')",
  ].join('\n');
  try {
    const seconds = execFileSync(python, ['-W', 'ignore', '-c', script, from, to], { encoding: 'utf8' }).trim();
    say('umap-learn', `neighbours and layout ${seconds} s`);
    const bytes = readFileSync(to);
    return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const all = await load();
const rows = Math.min(10_000, all.rows);
const some: Vectors = { rows, dim: all.dim, values: all.values.slice(0, rows * all.dim) };
const mine = ours(some);
say('trustworthiness, k = 15', trustworthiness(some, mine).toFixed(4));
const rival = theirs(some);
if (rival) say('trustworthiness of umap-learn', trustworthiness(some, rival).toFixed(4));
else say('umap-learn', 'skipped: UMAP_PYTHON names no python that has it');
if (all.rows > rows) {
  ours(all);
  theirs(all);
}
