/** One embedding worker with a model in it, as its owner holds it. */
import { engineFailure } from '../messages';
import { connect, type Client, type Endpoint } from '../rpc';
import type { EmbedApi, LoadProgress, LoadRequest } from './protocol';

/** What a Worker has, as much as is used. */
export interface WorkerLike extends Endpoint {
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
  addEventListener(type: 'error', listener: (event: ErrorEvent) => void): void;
  terminate(): void;
}

export class Seat {
  readonly #worker: WorkerLike;
  readonly #client: Client<EmbedApi, Record<string, never>>;
  threads = 1;

  constructor(worker: WorkerLike) {
    this.#worker = worker;
    this.#client = connect<EmbedApi>(worker);
    worker.addEventListener('error', (event) =>
      this.end(engineFailure('engine.worker-died', { message: event.message || 'its script failed to load' })),
    );
  }

  facts() {
    return this.#client.api.probe();
  }

  async load(request: LoadRequest, progress?: (progress: LoadProgress) => void): Promise<void> {
    const onProgress = progress && ((value: unknown) => progress(value as LoadProgress));
    this.threads = (await this.#client.call('load', [request], { onProgress })).threads;
  }

  embed(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array> {
    return this.#client.call('embed', [texts], { signal });
  }

  /** Ends the worker: whatever is in flight rejects with `reason`. */
  end(reason?: Error): void {
    this.#client.close(reason);
    this.#worker.terminate();
  }
}
