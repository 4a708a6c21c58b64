/**
 * Embedding in a real browser (headless Chromium, software WebGPU), on ../shared/models: the worker against a bare onnxruntime-web loop on the
 * same batches, taken in turns; what browser and Node give for the same texts; what is chosen without WebGPU; what keeping costs.
 * Run: npx tsx tests/bench/embedding-browser.bench.ts [texts]
 */
import { readFileSync } from 'node:fs';
import { AutoModel, AutoTokenizer, env } from '@huggingface/transformers';
import { batches, estimateTokens } from '$lib/embedding/batches';
import { modelById } from '$lib/embedding/models';
import { embedTexts, loadRunner } from '$lib/embedding/runner';
import type { Transformers } from '$lib/embedding/transformers';
import type { Chosen, Embedder } from '$lib/engine/embedding/embedder';
import type { Client } from '$lib/engine/rpc';
import { shared } from '../shared';
import { embeddingPages } from './embedding-browser';
import type { BareApi } from './embedding-page/bare-worker';
import type { StoreApi } from './embedding-page/store-worker';

interface Bench {
  Embedder: typeof Embedder;
  spawnEmbedding(): Worker;
  bare(): Client<BareApi, object> & { end(): void };
  keeper(): Client<StoreApi, object> & { end(): void };
}
const COUNT = Number(process.argv[2] ?? 192);
const NAME = 'all-MiniLM-L6-v2';
const models = shared('models');
if (!models) process.exit(0);
const spec = modelById(`Xenova/${NAME}`)!;
const source = { kind: 'served' as const, path: `/models/${NAME}/` };
const SHORT = ['信用卡丢了怎么办？', 'How do I activate my card?', '今天天气很好', 'the weather is fine'];

/** Prompts of the demo set in English: what MiniLM is for. */
const demo = new URL('../../datasets/helpdesk-en.jsonl', import.meta.url);
const texts = readFileSync(demo, 'utf8').trim().split('\n').slice(0, COUNT).map(textOf);
function textOf(line: string): string {
  const record = JSON.parse(line) as Record<string, unknown>;
  return Object.values(record)
    .filter((value) => typeof value === 'string')
    .join(' ');
}

function leastCosine(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let least = 1;
  for (let row = 0; row < SHORT.length; row++) {
    let dot = 0;
    for (let d = row * spec.dim; d < (row + 1) * spec.dim; d++) dot += a[d] * b[d];
    least = Math.min(least, dot);
  }
  return least;
}

const pages = await embeddingPages(models);
console.log('built:');
for (const [name, bytes] of Object.entries(pages.files))
  console.log(`  ${name.padEnd(52)} ${(bytes / 1e6).toFixed(2)} MB`);

const ours = batches(texts.map((text) => Math.min(spec.maxTokens, estimateTokens(text)))).map((places) =>
  Array.from(places, (place) => texts[place]),
);
for (const isolated of [false, true]) {
  const { page, close } = await pages.open({ webgpu: false, isolated });
  const { chosen, mine, bare } = await page.evaluate(
    async ({ spec, source, name, ours }) => {
      const { bench } = globalThis as unknown as { bench: Bench };
      const embedder = new bench.Embedder(() => bench.spawnEmbedding());
      const chosen = await embedder.start({ source, spec, dtype: 'q8' });
      const rival = bench.bare();
      await rival.api.load('/models/', name, 'model_quantized.onnx', chosen.threads);
      await rival.api.prepare(ours, spec.maxTokens);
      // Both once beforehand; then in turns, each first in every other turn, so that a busy machine is busy for both.
      await embedder.embed(ours[0]);
      await rival.api.run(0);
      const mine: number[] = [];
      const bare: number[] = [];
      for (let i = 0; i < ours.length; i++) {
        const one = async () => {
          const started = performance.now();
          await embedder.embed(ours[i]);
          mine.push(performance.now() - started);
        };
        const two = async () => bare.push(await rival.api.run(i));
        if (i % 2) await one().then(two);
        else await two().then(one);
      }
      embedder.dispose();
      rival.end();
      return { chosen, mine, bare };
    },
    { spec, source, name: NAME, ours },
  );
  const sum = (all: number[]) => all.reduce((a, b) => a + b, 0);
  const middle = (all: number[]) => [...all].sort((a, b) => a - b)[all.length >> 1];
  const turns = mine.map((ms, i) => bare[i] / ms);
  console.log(
    `q8, ${chosen.threads} thread(s) of WebAssembly, ${texts.length} texts in ${ours.length} batches: ` +
      `${((texts.length / sum(mine)) * 1000).toFixed(1)} texts/s, bare loop ${((texts.length / sum(bare)) * 1000).toFixed(1)}; ` +
      `ratio ${(sum(bare) / sum(mine)).toFixed(3)}, median of turns ${middle(turns).toFixed(3)} (≥ 0.95)`,
  );
  await close();
}

env.allowRemoteModels = false;
env.localModelPath = `${models}/`;
const library = { AutoModel, AutoTokenizer } as unknown as Transformers;
const runner = await loadRunner(library, spec, { from: NAME, device: 'cpu', dtype: 'fp32' });
const node = await embedTexts(runner, SHORT);
await runner.dispose();
const found: Record<string, number[]> = {};
for (const device of ['wasm', 'webgpu'] as const) {
  const { page, close } = await pages.open({ webgpu: device === 'webgpu', isolated: true });
  const done = await page.evaluate(
    async ({ spec, source, device, texts }) => {
      const { bench } = globalThis as unknown as { bench: Bench };
      const embedder = new bench.Embedder(() => bench.spawnEmbedding());
      const chosen = await embedder.start({ source, spec, dtype: 'fp32', device });
      const started = performance.now();
      const vectors = [...(await embedder.embed(texts))];
      const ms = performance.now() - started;
      embedder.dispose();
      return { chosen, vectors, ms };
    },
    { spec, source, device, texts: SHORT },
  );
  found[device] = done.vectors;
  console.log(
    `fp32, browser ${done.chosen.device} (${done.chosen.facts.adapter || 'no adapter'}) against Node: least cosine of 4 texts ` +
      `${leastCosine(done.vectors, node).toFixed(8)} (≥ 0.9999), ${(done.ms / 1000).toFixed(1)} s`,
  );
  await close();
}
console.log(
  `fp32, browser wasm against browser webgpu: ${leastCosine(found.wasm, found.webgpu).toFixed(8)} (≥ 0.9999)`,
);

const { page, close } = await pages.open({ webgpu: false, isolated: true });
const fallback: Chosen = await page.evaluate(
  async ({ spec, source }) => {
    const { bench } = globalThis as unknown as { bench: Bench };
    const embedder = new bench.Embedder(() => bench.spawnEmbedding());
    const chosen = await embedder.start({ source, spec, dtype: 'q8', device: 'auto' });
    embedder.dispose();
    return chosen;
  },
  { spec, source },
);
console.log(`without the flag: ${fallback.device}, ${fallback.threads} thread(s), because ${fallback.reason}`);
const kept = await page.evaluate(async () => {
  const { api, end } = (globalThis as unknown as { bench: Bench }).bench.keeper();
  const done = await api.fill(50_000, 384);
  end();
  return done;
});
console.log(
  `50,000 vectors of 384 kept in ${(kept.write / 1000).toFixed(2)} s, read back in ${(kept.read / 1000).toFixed(2)} s; missing ${kept.missing}, wrong ${kept.wrong}`,
);
await close();
pages.close();
