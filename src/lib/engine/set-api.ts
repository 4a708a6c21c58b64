/** What a worker for the whole set answers: one job at a time, telling how far it is; ended to stop it. */
import type { Vectors } from '$lib/embedding/types';
import { setJobSteps, type SetJob, type SetResults } from '$lib/recipe/sets';
import { buffersIn, moved, type Handlers } from './rpc';

export interface SetApi {
  run(job: SetJob): Promise<SetResults[SetJob['kind']]>;
}

/** What of a job may move to who does it: texts are not needed any more, vectors are. */
export function movable(job: SetJob): ArrayBuffer[] {
  if (job.kind === 'near') return buffersIn(job.shingles);
  return job.kind === 'lsa' ? buffersIn(job.rows) : [];
}

/** Vectors that many workers read: in memory they share, where the page may have such. */
function shared(vectors: Vectors): Vectors {
  if (!globalThis.crossOriginIsolated) return vectors;
  const values = new Float32Array(new SharedArrayBuffer(vectors.values.byteLength));
  values.set(vectors.values);
  return { ...vectors, values };
}

/** Does a job somewhere: in a worker of its own in the browser, in place in tests. Of a map it tells the places so far now and then. */
export type SetRunner = <J extends SetJob>(
  job: J,
  signal: AbortSignal,
  progress: (share: number, places?: Float32Array) => void,
) => Promise<SetResults[J['kind']]>;

/** Milliseconds between two reports. */
const BEAT = 100;
/** Milliseconds between two pictures of a map that grows. */
const PICTURE = 1000;

export const setHandlers: Handlers<SetApi> = {
  run: (job, { progress }) => {
    let places: (() => Float32Array) | null = null;
    const steps = setJobSteps(job, (now) => (places = now));
    let told = -Infinity;
    let shown = -Infinity;
    for (;;) {
      const { done, value } = steps.next();
      if (done) {
        const result = job.kind === 'lsa' ? { ...(value as SetResults['lsa']) } : value;
        if ('lsa' in result) result.vectors = shared(result.vectors);
        return moved(result, buffersIn(result));
      }
      const now = performance.now();
      if (now - told < BEAT) continue;
      told = now;
      const grown = places !== null && now - shown >= PICTURE;
      if (grown) shown = now;
      progress(grown ? [value, places!()] : [value]);
    }
  },
};
