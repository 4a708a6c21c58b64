/** Entry of the thread that does one piece of work over the whole set and ends with it. */
import { parentPort } from 'node:worker_threads';
import type { Vectors } from '$lib/embedding/types';
import { setJobSteps, type SetJob, type SetResults } from '$lib/recipe/sets';
import { arraysIn, shared } from './shared-numbers';

/** What comes back: how far it is (0 to 1), and then the result or what went wrong. */
export type SetMessage = { share: number } | { result: SetResults[SetJob['kind']] } | { error: string };

/** Milliseconds between two reports. */
const BEAT = 100;

const port = parentPort;
port?.on('message', (job: SetJob) => {
  try {
    const result = work(job);
    if (job.kind === 'lsa') share(result as SetResults['lsa']);
    const buffers = arraysIn(result).flatMap(({ buffer }) => (buffer instanceof ArrayBuffer ? [buffer] : []));
    port.postMessage({ result } satisfies SetMessage, [...new Set(buffers)]);
  } catch (error) {
    const said = error instanceof Error ? (error.stack ?? error.message) : String(error);
    port.postMessage({ error: said } satisfies SetMessage);
  }
});

function work(job: SetJob): SetResults[SetJob['kind']] {
  const steps = setJobSteps(job);
  let told = -Infinity;
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    const now = performance.now();
    if (now - told < BEAT) continue;
    told = now;
    port?.postMessage({ share: value } satisfies SetMessage);
  }
}

/** Vectors go to several jobs: in shared memory they are never copied. */
function share({ vectors }: { vectors: Vectors }): void {
  vectors.values = shared(vectors.values);
}
