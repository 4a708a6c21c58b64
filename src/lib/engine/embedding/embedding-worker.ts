/** Entry of the embedding worker: transformers.js with ONNX Runtime's files served by the app itself. */
import { AutoModel, AutoTokenizer, env } from '@huggingface/transformers';
import asyncifyMjs from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.mjs?url';
import asyncifyWasm from 'onnxruntime-web/ort-wasm-simd-threaded.asyncify.wasm?url';
import plainMjs from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import plainWasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import { loadRunner, type Runner } from '$lib/embedding/runner';
import type { FileProgress, Transformers } from '$lib/embedding/transformers';
import { moved, serve, type Endpoint } from '../rpc';
import { facts } from './facts';
import { embeddingFailure } from './messages';
import type { EmbedApi, LoadProgress } from './protocol';
import { settle, type LibrarySettings } from './source';

const library = { AutoModel, AutoTokenizer } as unknown as Transformers;
let runner: Runner | null = null;

/** Bytes of all files together. */
function bytes(tell: (progress: LoadProgress) => void): (info: FileProgress) => void {
  const files = new Map<string, LoadProgress>();
  return ({ status, file, loaded, total }) => {
    if (status !== 'progress' || !file || loaded === undefined || total === undefined) return;
    files.set(file, { loaded, total });
    const all = [...files.values()];
    tell({
      loaded: all.reduce((sum, each) => sum + each.loaded, 0),
      total: all.reduce((sum, each) => sum + each.total, 0),
    });
  };
}

serve<EmbedApi>(self as unknown as Endpoint, {
  probe: () => facts(),
  async load({ source, spec, device, dtype, threads }, { signal, progress }) {
    const started = performance.now();
    const { wasm } = env.backends.onnx as { wasm: { wasmPaths: unknown; numThreads: number; proxy: boolean } };
    // Both, always: with one alone and threads the whole browser hung.
    wasm.wasmPaths =
      device === 'webgpu' ? { mjs: asyncifyMjs, wasm: asyncifyWasm } : { mjs: plainMjs, wasm: plainWasm };
    wasm.numThreads = device === 'webgpu' ? 1 : (threads ?? (await facts()).threads);
    wasm.proxy = false;
    const from = await settle(env as unknown as LibrarySettings, source, signal);
    runner = await loadRunner(library, spec, { from, device, dtype, progress: bytes(progress) });
    return { threads: wasm.numThreads, milliseconds: performance.now() - started };
  },
  async embed(texts) {
    if (!runner) throw embeddingFailure('engine.embed-not-loaded');
    const values = await runner.batch(texts);
    return moved(values, [values.buffer]);
  },
  async dispose() {
    await runner?.dispose();
    runner = null;
  },
});
