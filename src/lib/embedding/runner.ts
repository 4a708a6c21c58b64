/** A transformer model turned into a function from texts to vectors; the same in Node and in the browser. */
import { batches, estimateTokens } from './batches';
import type { Dtype, ModelSpec } from './models/types';
import { pool, type Mask } from './pool';
import type { FileProgress, Transformers } from './transformers';

export interface Runner {
  readonly spec: ModelSpec;
  /** One padded batch as it is given, prefix not yet before the texts. Resolves with texts × dim, row-major. */
  batch(texts: readonly string[]): Promise<Float32Array>;
  dispose(): Promise<void>;
}

export interface LoadOptions {
  /** Name under which the library finds the files: a hub id, or a folder below its local path. */
  from: string;
  /** `wasm` or `webgpu` in a browser, `cpu` in Node. */
  device: string;
  dtype: Dtype;
  /** Session options of ONNX Runtime, for example `{intraOpNumThreads: 1}`. */
  session?: Record<string, unknown>;
  progress?(info: FileProgress): void;
}

/** Loads tokenizer and weights. @throws what the library throws where files are missing or the device refuses */
export async function loadRunner(library: Transformers, spec: ModelSpec, options: LoadOptions): Promise<Runner> {
  const { from, device, dtype, progress } = options;
  const tokenizer = await library.AutoTokenizer.from_pretrained(from, { progress_callback: progress });
  const model = await library.AutoModel.from_pretrained(from, {
    device,
    dtype,
    progress_callback: progress,
    session_options: options.session ?? {},
  });
  return {
    spec,
    async batch(texts) {
      const values = new Float32Array(texts.length * spec.dim);
      if (!texts.length) return values;
      const inputs = tokenizer(
        texts.map((text) => spec.prefix + text),
        { padding: true, truncation: true, max_length: spec.maxTokens },
      );
      const outputs = await model(inputs);
      const hidden = outputs.last_hidden_state ?? outputs.token_embeddings;
      const [rows, length, dim] = hidden?.dims ?? [];
      if (rows !== texts.length || dim !== spec.dim)
        throw new RangeError(
          `the model gave ${hidden?.dims.join(' × ') ?? 'no hidden state'}, not ${texts.length} × tokens × ${spec.dim}`,
        );
      const mask = inputs.attention_mask.data as Mask;
      pool(hidden.data as Float32Array, mask, { rows, length, dim }, spec, values);
      for (const tensor of Object.values(outputs)) tensor.dispose?.();
      return values;
    },
    dispose: async () => void (await model.dispose()),
  };
}

export interface Progress {
  done: number;
  of: number;
  /** Of those embedded so far. */
  textsPerSecond: number;
}

export interface EmbedOptions {
  signal?: AbortSignal;
  /** Waited for before every batch: resolves at once, or when work may go on. */
  paused?(): Promise<void>;
  progress?(progress: Progress): void;
  /** Clock in milliseconds, for the pace. */
  now?(): number;
}

/**
 * Vectors of texts (texts × dim, in their order), embedded in batches of like length. @throws the signal's reason
 */
export async function embedTexts(
  runner: Pick<Runner, 'batch' | 'spec'>,
  texts: readonly string[],
  options: EmbedOptions = {},
): Promise<Float32Array> {
  const { dim, maxTokens } = runner.spec;
  const now = options.now ?? (() => performance.now());
  const values = new Float32Array(texts.length * dim);
  const lengths = texts.map((text) => Math.min(maxTokens, estimateTokens(text)));
  const started = now();
  let done = 0;
  for (const places of batches(lengths)) {
    await options.paused?.();
    options.signal?.throwIfAborted();
    const vectors = await runner.batch(Array.from(places, (place) => texts[place]));
    for (let row = 0; row < places.length; row++)
      values.set(vectors.subarray(row * dim, (row + 1) * dim), places[row] * dim);
    done += places.length;
    const seconds = (now() - started) / 1000;
    options.progress?.({ done, of: texts.length, textsPerSecond: seconds > 0 ? done / seconds : 0 });
  }
  return values;
}
