/** The rival: onnxruntime-web alone, over batches that were made into numbers beforehand. */
import { AutoTokenizer, env } from '@huggingface/transformers';
import * as ort from 'onnxruntime-web/wasm';
import mjs from 'onnxruntime-web/ort-wasm-simd-threaded.mjs?url';
import wasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import { serve, type Endpoint } from '$lib/engine/rpc';

export interface BareApi {
  load(base: string, name: string, file: string, threads: number): Promise<void>;
  prepare(batches: string[][], maxTokens: number): Promise<number>;
  /** Milliseconds of one batch. */
  run(batch: number): Promise<number>;
}

let session: ort.InferenceSession;
let tokenizer: Awaited<ReturnType<typeof AutoTokenizer.from_pretrained>>;
let feeds: Record<string, ort.Tensor>[] = [];

serve<BareApi>(self as unknown as Endpoint, {
  async load(base, name, file, threads) {
    env.allowLocalModels = true;
    env.allowRemoteModels = false;
    env.useBrowserCache = false;
    env.localModelPath = base;
    tokenizer = await AutoTokenizer.from_pretrained(name);
    ort.env.wasm.wasmPaths = { mjs, wasm };
    ort.env.wasm.numThreads = threads;
    const bytes = await (await fetch(`${base}${name}/onnx/${file}`)).arrayBuffer();
    session = await ort.InferenceSession.create(new Uint8Array(bytes), { executionProviders: ['wasm'] });
  },
  prepare(batches, maxTokens) {
    feeds = batches.map((texts) => {
      const inputs = tokenizer(texts, { padding: true, truncation: true, max_length: maxTokens }) as Record<
        string,
        { data: BigInt64Array; dims: number[] }
      >;
      return Object.fromEntries(
        session.inputNames.map((name) => [name, new ort.Tensor('int64', inputs[name].data, inputs[name].dims)]),
      );
    });
    return feeds.length;
  },
  async run(batch) {
    const started = performance.now();
    const outputs = await session.run(feeds[batch]);
    for (const tensor of Object.values(outputs)) tensor.dispose();
    return performance.now() - started;
  },
});
