/**
 * What vectors give: products against plain loops, neighbours and pairs against exact ones, the map against umap-js in the same run.
 * Vectors are the built-in ones of Alpaca's prompts, or those of a file of float32 numbers.
 * Run: npx tsx tests/bench/clusters.bench.ts [rows] [FILE:DIM, or -] [folder with umap-js in its node_modules]
 */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { distinctVectors } from '../../src/lib/clusters/distinct';
import { kMeans } from '../../src/lib/clusters/kmeans';
import { neighbours, type NeighbourOptions } from '../../src/lib/clusters/neighbours';
import { semanticPairs } from '../../src/lib/clusters/pairs';
import { BlockProducts } from '../../src/lib/clusters/products';
import { project } from '../../src/lib/clusters/project';
import { finish } from '../../src/lib/clusters/steps';
import { suggestK } from '../../src/lib/clusters/suggest-k';
import { trustworthiness } from '../../src/lib/clusters/trustworthiness';
import { termRows } from '../../src/lib/embedding/features';
import { fitLsa, project as reduce } from '../../src/lib/embedding/lsa';
import type { Vectors } from '../../src/lib/embedding/types';
import { loadSegmenter } from '../../src/lib/text/segment';
import { shared } from '../shared';

const rows = Number(process.argv[2] ?? 50_000);
const [file, fileDim] = (process.argv[3] ?? '-').split(':');
const rivals = process.argv[4];

/** Runs the work and gives its own processor seconds, which other work on the machine does not add to. */
function timed<T>(work: () => T): { result: T; seconds: number } {
  const before = process.cpuUsage().user;
  const result = work();
  return { result, seconds: (process.cpuUsage().user - before) / 1e6 };
}
const say = (name: string, value: string) => console.log(`${name.padEnd(58)} ${value}`);
const first = (vectors: Vectors, count: number): Vectors => {
  const n = Math.min(count, vectors.rows);
  return { rows: n, dim: vectors.dim, values: vectors.values.slice(0, n * vectors.dim) };
};

async function load(): Promise<Vectors> {
  if (file !== '-') {
    const bytes = readFileSync(file);
    const values = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4);
    return first({ rows: values.length / Number(fileDim), dim: Number(fileDim), values }, rows);
  }
  const path = shared('data/alpaca/alpaca_data.json');
  if (!path) process.exit(0);
  await loadSegmenter();
  const data: { instruction: string; input: string }[] = JSON.parse(readFileSync(path, 'utf8'));
  const terms = termRows(data.slice(0, rows).map((record) => `${record.instruction}\n${record.input}`));
  const keys = BigUint64Array.from({ length: terms.offsets.length - 1 }, (_, i) => BigInt(i) * 0x9e3779b97f4a7c15n);
  return reduce(fitLsa(terms, keys), terms);
}

function products({ dim, values }: Vectors): void {
  const block = new BlockProducts(dim, 128, 128);
  block.fill(0, values, 0, 128);
  block.fill(1, values, 128, 256);
  const simd = timed(() => {
    for (let i = 0; i < 400; i++) block.multiply(128, 128);
  });
  let sum = 0;
  const plain = timed(() => {
    for (let round = 0; round < 40; round++)
      for (let a = 0; a < 128 * dim; a += dim)
        for (let b = 128 * dim; b < 256 * dim; b += dim) {
          let [s0, s1, s2, s3] = [0, 0, 0, 0];
          for (let d = 0; d < dim; d += 4) {
            s0 += values[a + d] * values[b + d];
            s1 += values[a + d + 1] * values[b + d + 1];
            s2 += values[a + d + 2] * values[b + d + 2];
            s3 += values[a + d + 3] * values[b + d + 3];
          }
          sum += s0 + s1 + s2 + s3;
        }
  });
  const rate = (rounds: number, seconds: number) => (rounds * 128 * 128 * dim) / seconds / 1e9;
  const [fast, slow] = [rate(400, simd.seconds), rate(40, plain.seconds)];
  say(
    'products, SIMD / plain loop',
    `${fast.toFixed(1)} / ${slow.toFixed(2)} G a second, ${(fast / slow).toFixed(1)} ×`,
  );
  if (!Number.isFinite(sum)) throw new Error('a product is no number');
}

/** Share of the true k nearest that were found, on records spread over the data. */
function recall(vectors: Vectors, k: number, options: NeighbourOptions): void {
  const { result: near, seconds } = timed(() => finish(neighbours(vectors, k, options)));
  const { dim, values } = vectors;
  const block = new BlockProducts(dim, 1, 256);
  const sample = Math.min(500, vectors.rows);
  const cosines = new Float32Array(vectors.rows);
  let found = 0;
  let all = 0;
  for (let s = 0; s < sample; s++) {
    const row = Math.floor((s * vectors.rows) / sample);
    if (near.ids[row * k] < 0) continue;
    block.put(0, 0, values, row);
    for (let b = 0; b < vectors.rows; b += 256) {
      const width = Math.min(256, vectors.rows - b);
      block.fill(1, values, b, b + width);
      block.multiply(1, width);
      for (let j = 0; j < width; j++) cosines[b + j] = Math.min(1, block.out[j]);
    }
    cosines[row] = -2;
    const least = cosines.slice().sort()[vectors.rows - k];
    all += k;
    for (let i = row * k; i < row * k + k; i++) if (near.similarity[i] >= least) found++;
  }
  const memory = (process.memoryUsage().rss / 2 ** 20).toFixed(0);
  say(
    `${vectors.rows} × ${dim} neighbours, k = ${k}, ${options.exactUpTo === 0 ? 'descent' : 'default'}`,
    `${seconds.toFixed(1)} s, recall ${(found / all).toFixed(4)}, resident ${memory} MiB`,
  );
}

function pairs(vectors: Vectors, floor: number): void {
  const exact = timed(() => finish(semanticPairs(vectors, { floor, exactUpTo: Infinity })));
  const graph = timed(() => finish(semanticPairs(vectors, { floor, exactUpTo: 0 })));
  say(
    `${vectors.rows} pairs at ${floor}: ${exact.result.edges.a.length}`,
    `exact ${exact.seconds.toFixed(1)} s, graph ${graph.seconds.toFixed(1)} s, ` +
      `recall ${(graph.result.edges.a.length / exact.result.edges.a.length).toFixed(4)}`,
  );
}

function clusters(vectors: Vectors): void {
  const suggested = timed(() => finish(suggestK(vectors)));
  const made = timed(() => finish(kMeans(vectors, 50)));
  say(`${vectors.rows} k suggested`, `${suggested.result.k} in ${suggested.seconds.toFixed(1)} s`);
  say(`${vectors.rows} k-means, 50 clusters`, `${made.seconds.toFixed(1)} s`);
}

/** umap-js as it is published, by cosine, from an array of rows. */
interface Rival {
  UMAP: new (options: object) => { fitAsync(rows: number[][]): Promise<number[][]> };
}

async function map(vectors: Vectors): Promise<void> {
  const small = first(vectors, 10_000);
  const mine = timed(() => finish(project(small)));
  const trust = distinctVectors(small).set.every((set) => set !== 0xffffffff)
    ? trustworthiness(small, mine.result).toFixed(4)
    : 'not measured: records without a vector';
  say(`${small.rows} map`, `${mine.seconds.toFixed(1)} s, trustworthiness ${trust}`);
  if (vectors.rows > small.rows) {
    const { seconds } = timed(() => finish(project(vectors)));
    say(`${vectors.rows} map`, `${seconds.toFixed(1)} s`);
    const tenth = timed(() => finish(project(small, { most: 0, sample: small.rows / 5 })));
    say(
      `${small.rows} map of a sample of a fifth, others placed`,
      `${tenth.seconds.toFixed(1)} s, trustworthiness ${trustworthiness(small, tenth.result).toFixed(4)}`,
    );
  }
  if (!rivals || !existsSync(join(rivals, 'node_modules/umap-js'))) {
    say('umap-js', 'skipped: give a folder in which it is installed');
    return;
  }
  const { UMAP } = createRequire(join(resolve(rivals), 'package.json'))('umap-js') as Rival;
  const table = Array.from({ length: small.rows }, (_, r) => [
    ...small.values.subarray(r * small.dim, (r + 1) * small.dim),
  ]);
  const before = process.cpuUsage().user;
  let state = 1;
  const random = () => (state = (state * 48271) % 2147483647) / 2147483647;
  const distanceFn = (x: number[], y: number[]) => {
    let sum = 0;
    for (let d = 0; d < x.length; d++) sum += x[d] * y[d];
    return 1 - sum;
  };
  const theirs = await new UMAP({ nNeighbors: 15, nEpochs: 200, distanceFn, random }).fitAsync(table);
  const seconds = (process.cpuUsage().user - before) / 1e6;
  const score = trustworthiness(small, Float32Array.from(theirs.flat()));
  say(`${small.rows} umap-js`, `${seconds.toFixed(1)} s, trustworthiness ${score.toFixed(4)}`);
}

const vectors = await load();
products(vectors);
recall(first(vectors, 10_000), 15, {});
recall(vectors, 15, { exactUpTo: 0 });
for (const floor of [0.8, 0.9]) pairs(first(vectors, 20_000), floor);
clusters(vectors);
await map(vectors);
