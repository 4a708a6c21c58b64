import { availableParallelism } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { loadVocabulary } from '$lib/columns/tokens';
import type { Job, JobAnswer, Message, Setup } from './jobs';

/** Where the built worker stands; the program's entry says so. */
let workerPath = '';
export function setWorkerPath(path: string): void {
  workerPath = path;
}

/** Young generations of the threads: large enough for a batch's short-lived texts. */
function boundYoungHeaps(): void {
  setFlagsFromString('--max-semi-space-size=8');
}

/** Threads when the user says nothing: each holds a dictionary and a language detector, so more cost memory. */
export function defaultThreads(): number {
  return Math.max(1, Math.min(4, availableParallelism()));
}

interface Waiting {
  resolve(answer: JobAnswer): void;
  reject(error: Error): void;
}

/** Worker threads that measure batches. A worker's failure rejects what it had in hand and everything asked later. */
export class Pool {
  readonly #workers: { worker: Worker; waiting: Map<number, Waiting> }[] = [];
  #next = 0;
  #failed: Error | null = null;

  constructor(
    readonly threads: number,
    setup: Setup,
  ) {
    boundYoungHeaps();
    for (let i = 0; i < threads; i++) {
      const worker = new Worker(workerPath, { workerData: setup });
      const waiting = new Map<number, Waiting>();
      worker.on('message', ({ id, answer, error }: { id: number; answer?: JobAnswer; error?: string }) => {
        const call = waiting.get(id);
        waiting.delete(id);
        if (answer) call?.resolve(answer);
        else call?.reject(new Error(error ?? 'The worker gave no answer.'));
      });
      const fail = (error: Error) => this.#fail(error, waiting);
      worker.on('error', fail);
      worker.on('exit', (code) => fail(new Error(`A measuring thread ended early (status ${code}).`)));
      this.#workers.push({ worker, waiting });
    }
    if (setup.tokens)
      loadVocabulary(true).then(
        (vocabulary) => this.#workers.forEach(({ worker }) => worker.postMessage({ vocabulary } satisfies Message)),
        (error: Error) => this.#workers.forEach(({ waiting }) => this.#fail(error, waiting)),
      );
  }

  #fail(error: Error, waiting: Map<number, Waiting>): void {
    this.#failed ??= error;
    for (const call of waiting.values()) call.reject(error);
    waiting.clear();
  }

  /** Gives a job to the thread with the fewest in hand; its buffers move there. */
  run(job: Job, transfer: ArrayBuffer[]): Promise<JobAnswer> {
    if (this.#failed) return Promise.reject(this.#failed);
    const id = this.#next++;
    const { worker, waiting } = this.#workers.reduce((a, b) => (b.waiting.size < a.waiting.size ? b : a));
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      worker.postMessage({ id, job } satisfies Message, transfer);
    });
  }

  async close(): Promise<void> {
    for (const { worker } of this.#workers) worker.removeAllListeners('exit');
    await Promise.all(this.#workers.map(({ worker }) => worker.terminate()));
  }
}

/**
 * Sends items through `work`, at most `inFlight` at a time, and hands the results on in the items' order. The source is not
 * asked for more while the queue is full, so memory stays bounded.
 */
export async function inOrder<Item, Result>(
  items: AsyncIterable<Item>,
  inFlight: number,
  work: (item: Item) => Promise<Result>,
  take: (result: Result) => void | Promise<void>,
): Promise<void> {
  const queue: Promise<Result>[] = [];
  try {
    for await (const item of items) {
      const result = work(item);
      // A failure is met when its turn comes; until then it must not count as unhandled.
      result.catch(() => undefined);
      queue.push(result);
      if (queue.length >= inFlight) await take(await queue.shift()!);
    }
    while (queue.length) await take(await queue.shift()!);
  } finally {
    await Promise.allSettled(queue);
  }
}
