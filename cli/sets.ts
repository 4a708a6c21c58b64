import { Worker } from 'node:worker_threads';
import type { SetJob, SetResults, SetWorker } from '$lib/recipe/sets';
import { Progress } from './progress';
import type { SetMessage } from './set-worker';
import { arraysIn } from './shared-numbers';

/** Where the built thread stands; the program's entry says so. */
let workerPath = '';
export function setSetWorkerPath(path: string): void {
  workerPath = path;
}

/** What the progress of each kind of work is called, where not by its kind. */
const NAMES: Partial<Record<SetJob['kind'], string>> = {
  near: 'near-duplicates',
  against: 'records of the other file',
  lsa: 'embedding',
  semantic: 'semantic duplicates',
  neighbours: 'neighbours',
  clusters: 'clusters',
};

/**
 * Does work over the whole set in a thread of its own, which ends with it: the bar moves meanwhile, and its memory is given back. What a
 * phrase needs of a model is asked of `phrase`.
 */
export function setThreads(
  rows: () => number,
  phrase: (model: string, text: string) => Promise<Float32Array>,
): SetWorker {
  return async <J extends SetJob>(job: J) => {
    if (job.kind === 'phrase') return phrase(job.model, job.text) as Promise<SetResults[J['kind']]>;
    const name = NAMES[job.kind] ?? job.kind;
    const progress = new Progress(name, 1);
    const worker = new Worker(workerPath);
    try {
      return await new Promise<SetResults[J['kind']]>((resolve, reject) => {
        worker.on('message', (message: SetMessage) => {
          if ('share' in message) progress.at(message.share, rows());
          else if ('result' in message) resolve(message.result as SetResults[J['kind']]);
          else reject(new Error(message.error));
        });
        worker.on('error', reject);
        worker.on('exit', (code) => reject(new Error(`The thread for ${name} ended early (status ${code}).`)));
        worker.postMessage(job, texts(job));
      });
    } finally {
      progress.end();
      worker.removeAllListeners('exit');
      await worker.terminate();
    }
  };
}

/** The buffers of a job's texts, which move to the thread. */
function texts(job: SetJob): ArrayBuffer[] {
  const own = job.kind === 'near' ? job.shingles : job.kind === 'lsa' ? job.rows : null;
  return arraysIn(own).map(({ buffer }) => buffer as ArrayBuffer);
}
