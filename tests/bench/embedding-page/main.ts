/** Embedding without the notebook: the worker's owner, and the bare loop it is measured against. */
import { Embedder } from '$lib/engine/embedding/embedder';
import { connect } from '$lib/engine/rpc';
import { spawnEmbedding } from '$lib/engine/embedding/spawn';
import type { BareApi } from './bare-worker';

function bare() {
  const worker = new Worker(new URL('./bare-worker.ts', import.meta.url), { type: 'module', name: 'bare' });
  return { ...connect<BareApi>(worker), end: () => worker.terminate() };
}

/** Kept vectors, in the worker that may open them. */
function keeper() {
  const worker = new Worker(new URL('./store-worker.ts', import.meta.url), { type: 'module', name: 'store' });
  return { ...connect<import('./store-worker').StoreApi>(worker), end: () => worker.terminate() };
}

Object.assign(globalThis, { bench: { Embedder, spawnEmbedding, bare, keeper } });
