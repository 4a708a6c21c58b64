/** What the embedding worker answers. */
import type { Dtype, ModelSpec } from '$lib/embedding/models';

/** Where a model's files come from. Nothing is fetched but what is named here. */
export type ModelSource =
  /** The hub; `download` only after the user pressed the button that says so, else only what was fetched before. */
  | { kind: 'hub'; id: string; download: boolean }
  /** A folder dropped on the page; paths from the model's root on (`config.json`, `onnx/model.onnx`). */
  | { kind: 'folder'; name: string; files: readonly { path: string; file: Blob }[] }
  /** Served beside the page: `path` is root-relative and ends with `/` (`/models/NAME/`). */
  | { kind: 'served'; path: string };

export type Device = 'webgpu' | 'wasm';

/** What the browser has. */
export interface Facts {
  /** `hardware`, a `software` adapter (slower than WebAssembly), or none. */
  webgpu: 'hardware' | 'software' | 'none';
  /** What the adapter calls itself, or ''. */
  adapter: string;
  /** 16-bit shaders, which fp16 weights need. */
  shaderF16: boolean;
  /** Threads WebAssembly will run on: 1 where the page is not cross-origin isolated. */
  threads: number;
}

export interface LoadRequest {
  source: ModelSource;
  spec: ModelSpec;
  device: Device;
  dtype: Dtype;
  /** Threads of WebAssembly; absent: as many as `Facts` says. */
  threads?: number;
}

/** Bytes read so far of those known of. */
export interface LoadProgress {
  loaded: number;
  total: number;
}

export interface EmbedApi {
  probe(): Promise<Facts>;
  /** Progress: LoadProgress. After any error the worker must be ended: ONNX Runtime does not recover. */
  load(request: LoadRequest): Promise<{ threads: number; milliseconds: number }>;
  /** Vectors of the texts in their order, texts × dim; the buffer is transferred. */
  embed(texts: readonly string[]): Promise<Float32Array>;
  dispose(): Promise<void>;
}
