/** Entry of the engine's worker in the browser. */
import { loadHash } from '$lib/text/hash';
import type { SetJob, SetResults } from '$lib/recipe/sets';
import type { WorkerLike } from './embedding/seat';
import { spawnEmbedding } from './embedding/spawn';
import { keptSets } from './kept-sets';
import type { MeasureApi } from './measure-api';
import { connect } from './rpc';
import type { Endpoint } from './rpc';
import { serveEngine } from './serving';
import { movable, type SetApi, type SetRunner } from './set-api';
import { forgetMade } from './made';
import { openStorage } from './storage';
import { engineFailure } from './messages';

function spawn() {
  const worker = new Worker(new URL('./measure-worker.ts', import.meta.url), {
    type: 'module',
    name: 'siftbook-measure',
  });
  const { api } = connect<MeasureApi>(worker);
  return {
    api,
    onfailure: (handler: (error: Error) => void) =>
      worker.addEventListener('error', (event) =>
        handler(engineFailure('engine.worker-died', { message: event.message || 'its script failed to load' })),
      ),
    end: () => worker.terminate(),
  };
}

/** A job over the whole set has a worker of its own, which ends with it: so it can be stopped, and its memory is given back. */
const workOnSet: SetRunner = async <J extends SetJob>(
  job: J,
  signal: AbortSignal,
  progress: (share: number, places?: Float32Array) => void,
) => {
  const worker = new Worker(new URL('./set-worker.ts', import.meta.url), { type: 'module', name: 'siftbook-set' });
  const { call, close } = connect<SetApi>(worker);
  const died = (event: ErrorEvent) =>
    close(engineFailure('engine.worker-died', { message: event.message || 'its script failed to load' }));
  worker.addEventListener('error', died);
  try {
    const onProgress = (told: unknown) => progress(...(told as [number, Float32Array?]));
    return (await call('run', [job], { signal, onProgress, transfer: movable(job) })) as SetResults[J['kind']];
  } finally {
    worker.terminate();
  }
};

const privateFiles = navigator.storage?.getDirectory ? () => navigator.storage.getDirectory() : null;
// The name of a built worker changes with its code, that of the workers it starts included.
const code = import.meta.env.PROD ? self.location.pathname : null;

serveEngine(self as unknown as Endpoint, {
  spawn,
  workOnSet: privateFiles && code ? keptSets(workOnSet, { root: privateFiles, hash: loadHash, code }) : workOnSet,
  spawnEmbedding: () => spawnEmbedding() as unknown as WorkerLike,
  privateFiles,
  // With its tokenizer a worker takes about 150 MB.
  workers: Math.min(4, navigator.hardwareConcurrency || 1),
  storage: privateFiles && openStorage(privateFiles),
  forgetMade: () => forgetMade(privateFiles, self.caches),
  hash: loadHash,
  parquet: async () => (await import('./wasm-parquet')).loadParquet(),
  async fetch(url, signal) {
    const at = new URL(url, self.location.href);
    if (at.origin !== self.location.origin) throw engineFailure('engine.other-origin', { origin: at.origin });
    const response = await fetch(at, { signal }).catch((error: Error) => {
      throw error.name === 'AbortError' ? error : engineFailure('engine.unreachable', { url });
    });
    if (!response.ok) throw engineFailure('engine.status', { url, status: String(response.status) });
    return { name: decodeURIComponent(at.pathname.split('/').pop() || 'data'), blob: await response.blob() };
  },
});
