/** Lets transformers.js read a model from where it was named, and from nowhere else. */
import { Failure } from '$lib/record/failure';
import { MODELS_CACHE } from '../made';
import { embeddingFailure } from './messages';
import type { ModelSource } from './protocol';

/** The library's settings that are used (its `env`). */
export interface LibrarySettings {
  allowLocalModels: boolean;
  allowRemoteModels: boolean;
  localModelPath: string;
  useBrowserCache: boolean;
  useCustomCache: boolean;
  customCache: ModelCache | null;
  useWasmCache: boolean;
  useFSCache: boolean;
  fetch: (input: string | URL, init?: RequestInit) => Promise<Response>;
}

export interface ModelCache {
  match(request: string): Promise<Response | undefined>;
  put(request: string, response: Response): Promise<void>;
}

/** The hub, and the hosts it sends on to for large files. */
const HUB = /^(huggingface\.co|[\w.-]+\.huggingface\.co|[\w.-]+\.hf\.co)$/;

/** Whether a model may be fetched from that address. */
export function isHub(url: URL): boolean {
  return url.protocol === 'https:' && HUB.test(url.hostname);
}

/** Files of a dropped folder under the names the library asks for, which end with the path within the model. */
export function folderCache(name: string, files: readonly { path: string; file: Blob }[]): ModelCache {
  const byPath = new Map(files.map(({ path, file }) => [path, file]));
  return {
    async match(request) {
      const at = request.lastIndexOf(`${name}/`);
      const path = request.slice(at + name.length + 1).replace(/^resolve\/[^/]+\//, '');
      const file = at < 0 ? undefined : byPath.get(path);
      return file && new Response(file, { headers: { 'content-length': String(file.size) } });
    },
    put: async () => undefined,
  };
}

/** The browser's cache of what was fetched from the hub; without one (private mode) everything is fetched again. */
async function hubCache(): Promise<ModelCache> {
  const cache = await self.caches?.open(MODELS_CACHE).catch(() => null);
  return {
    match: async (request) =>
      request.startsWith('https://') ? await cache?.match(request).catch(() => undefined) : undefined,
    put: async (request, response) => {
      // A full disk costs a second download, not this run.
      if (request.startsWith('https://')) await cache?.put(request, response).catch(() => undefined);
    },
  };
}

/** Name under which a dropped folder is asked for. */
const DROPPED = 'dropped/model';

/**
 * Sets the library up for one source. Resolves with the name to load the model by.
 * Its `fetch` refuses every address but the source's own.
 */
export async function settle(env: LibrarySettings, source: ModelSource, signal: AbortSignal): Promise<string> {
  env.useBrowserCache = false;
  env.useFSCache = false;
  env.useWasmCache = false;
  env.useCustomCache = true;
  env.allowLocalModels = source.kind !== 'hub';
  env.allowRemoteModels = source.kind === 'hub';
  const file = (url: URL) => url.pathname.split('/').pop() ?? '';
  env.fetch = async (input, init) => {
    const url = new URL(input, self.location.href);
    if (source.kind === 'hub') {
      if (!isHub(url)) throw embeddingFailure('engine.embed-host', { host: url.host });
      if (!source.download) throw embeddingFailure('engine.embed-not-here', { model: source.id });
    } else if (source.kind === 'folder') return new Response(null, { status: 404 });
    else if (url.origin !== self.location.origin) throw embeddingFailure('engine.embed-host', { host: url.host });
    try {
      const response = await fetch(url, { ...init, signal });
      // 404 is the library's to judge: some files are optional.
      if (!response.ok && response.status !== 404)
        throw embeddingFailure('engine.embed-status', { file: file(url), status: response.status });
      return response;
    } catch (error) {
      if (error instanceof Failure) throw error;
      if (signal.aborted) throw error;
      throw embeddingFailure('engine.embed-unreachable', { file: file(url) });
    }
  };
  if (source.kind === 'hub') {
    env.customCache = await hubCache();
    return source.id;
  }
  if (source.kind === 'folder') {
    env.customCache = folderCache(DROPPED, source.files);
    return DROPPED;
  }
  env.customCache = { match: async () => undefined, put: async () => undefined };
  // Root-relative: with an absolute address the library passes over the tokenizer without a word.
  const parts = source.path.replace(/\/$/, '').split('/');
  const name = parts.pop()!;
  env.localModelPath = `${parts.join('/')}/`;
  return name;
}

/** Whether every file of a model was fetched before. */
export async function fetchedBefore(id: string, weights: string): Promise<boolean> {
  const cache = await self.caches?.open(MODELS_CACHE).catch(() => null);
  if (!cache) return false;
  const base = `https://huggingface.co/${id}/resolve/main/`;
  const files = ['config.json', 'tokenizer.json', `onnx/${weights}`];
  return (await Promise.all(files.map((name) => cache.match(base + name)))).every(Boolean);
}
