/** The owner of the embedding worker: picks the device, replaces a worker that failed by one on the next device. */
import type { Dtype, ModelSpec } from '$lib/embedding/models';
import { Cancelled } from '../rpc';
import type { EmbedModel } from './embed-all';
import { leastCosine, PROBE_TEXTS, tolerance } from './judge';
import { embeddingFailure } from './messages';
import type { Device, Facts, LoadProgress, ModelSource } from './protocol';
import { Seat, type WorkerLike } from './seat';

export interface StartRequest {
  source: ModelSource;
  spec: ModelSpec;
  dtype: Dtype;
  /** `auto` measures; a named device is taken if it can be. */
  device?: 'auto' | Device;
  /** Tries a software adapter, too (tests). */
  software?: boolean;
}

/** Why the device was taken. `wrong`, `slow`, `failed`: WebGPU was tried and is. */
export type Reason = 'asked' | 'faster' | 'slow' | 'wrong' | 'failed' | 'no-adapter' | 'software' | 'no-fp16';

export interface Chosen {
  device: Device;
  threads: number;
  reason: Reason;
  facts: Facts;
  /** Texts a second on the probe's eight; null where it was not measured. */
  pace: { wasm: number | null; webgpu: number | null };
  /** Least cosine between the devices; null where only one ran. */
  cosine: number | null;
  /** What WebGPU failed with. */
  failure: string | null;
}

export type StartProgress = { stage: 'load'; loaded: number; total: number } | { stage: 'probe' };

interface Step {
  device: Device;
  threads?: number;
}

/** Compiling its kernels takes a slow graphics card some seconds; a minute and more is a hang. */
const COMPILE_MS = 60_000;

function within<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Cancelled('It took too long.')), milliseconds);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

export class Embedder {
  readonly #spawn: () => WorkerLike;
  readonly #onreplaced: (device: Device, error: Error) => void;
  #request: StartRequest | null = null;
  #seat: Seat | null = null;
  /** The worker that WebGPU is tried on. */
  #tried: Seat | null = null;
  #steps: Step[] = [];
  #replacing: Promise<void> | null = null;
  #ended = false;
  chosen: Chosen | null = null;

  /** `onreplaced` hears of a worker that failed, and of the device that took over. */
  constructor(spawn: () => WorkerLike, onreplaced: (device: Device, error: Error) => void = () => undefined) {
    this.#spawn = spawn;
    this.#onreplaced = onreplaced;
  }

  /** Where vectors come from now; null before `start`. */
  get device(): Device | null {
    return this.chosen?.device ?? null;
  }

  /** The loaded model as `embedAll` takes it; it follows when a worker is replaced. @throws Failure before `start` */
  model(): EmbedModel {
    if (!this.#request || !this.#seat) throw embeddingFailure('engine.embed-not-loaded');
    const { dim, prefix, maxTokens } = this.#request.spec;
    return {
      dim,
      prefix,
      maxTokens,
      device: () => this.device ?? 'wasm',
      embed: (texts, signal) => this.embed(texts, signal),
    };
  }

  /**
   * Loads the model and settles on a device. `auto`: WebAssembly embeds eight texts, WebGPU (where there is a hardware adapter) embeds
   * the same, and is taken if it is right and faster.
   * @throws a Failure where files are missing or no device can run the model; AbortError where the signal says so
   */
  async start(
    request: StartRequest,
    { signal, progress }: { signal?: AbortSignal; progress?(progress: StartProgress): void } = {},
  ): Promise<Chosen> {
    this.#drop();
    this.#request = request;
    this.#ended = false;
    const stop = () => this.dispose();
    signal?.throwIfAborted();
    signal?.addEventListener('abort', stop, { once: true });
    try {
      const chosen = await this.#choose(request, (bytes) => progress?.({ stage: 'load', ...bytes }), progress);
      signal?.throwIfAborted();
      return (this.chosen = chosen);
    } catch (error) {
      this.dispose();
      throw signal?.aborted ? new Cancelled() : error;
    } finally {
      signal?.removeEventListener('abort', stop);
    }
  }

  async #choose(
    request: StartRequest,
    loading: (bytes: LoadProgress) => void,
    progress?: (progress: StartProgress) => void,
  ): Promise<Chosen> {
    const { device = 'auto', dtype } = request;
    const seat = this.#take();
    const facts = await seat.facts();
    const reason: Reason =
      device !== 'auto'
        ? 'asked'
        : facts.webgpu === 'none'
          ? 'no-adapter'
          : facts.webgpu === 'software' && !request.software
            ? 'software'
            : dtype === 'fp16' && !facts.shaderF16
              ? 'no-fp16'
              : 'faster';
    const made = { facts, pace: { wasm: null, webgpu: null }, cosine: null, failure: null };
    this.#steps = [...(facts.threads > 1 ? [{ device: 'wasm' as const, threads: 1 }] : [])];
    if (device === 'webgpu' && facts.webgpu !== 'none') {
      this.#steps.unshift({ device: 'wasm' });
      await this.#load(seat, { device }, loading);
      return { ...made, device, threads: 1, reason };
    }
    await this.#load(seat, { device: 'wasm' }, loading);
    const chosen: Chosen = { ...made, device: 'wasm', threads: seat.threads, reason };
    if (reason !== 'faster') return chosen;
    progress?.({ stage: 'probe' });
    return this.#compare(chosen, seat);
  }

  /** WebAssembly against WebGPU; the one not taken is ended. */
  async #compare(chosen: Chosen, wasm: Seat): Promise<Chosen> {
    const { spec, dtype } = this.#request!;
    const texts = PROBE_TEXTS;
    const timed = async (seat: Seat) => {
      const started = performance.now();
      await seat.embed(texts);
      return performance.now() - started;
    };
    const right = await wasm.embed(texts);
    const slow = await timed(wasm);
    const pace = { wasm: (texts.length / slow) * 1000, webgpu: null as number | null };
    const other = (this.#tried = new Seat(this.#spawn()));
    const keep = (reason: Reason, cosine: number | null = null, failure: string | null = null): Chosen => {
      other.end();
      this.#tried = null;
      return { ...chosen, pace, reason, cosine, failure };
    };
    try {
      await within(this.#load(other, { device: 'webgpu' }), COMPILE_MS);
      const cosine = leastCosine(right, await within(other.embed(texts), COMPILE_MS), spec.dim);
      if (cosine < tolerance(dtype)) return keep('wrong', cosine);
      // Whoever is not done when the other was is slower: there is nothing more to wait for.
      const fast = await within(timed(other), slow * 1.5 + 50).catch(() => Infinity);
      if (Number.isFinite(fast)) pace.webgpu = (texts.length / fast) * 1000;
      if (fast >= slow || this.#ended) return keep('slow', cosine);
      wasm.end();
      this.#seat = other;
      this.#tried = null;
      this.#steps.unshift({ device: 'wasm' });
      return { ...chosen, device: 'webgpu', threads: 1, reason: 'faster', pace, cosine };
    } catch (error) {
      if (this.#ended) throw error;
      return keep('failed', null, (error as Error).message);
    }
  }

  /** Vectors of a batch of texts, texts × dim. A worker that fails is replaced, and the batch tried again there. */
  async embed(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array> {
    for (;;) {
      const seat = this.#seat;
      if (!seat) throw embeddingFailure('engine.embed-not-loaded');
      try {
        return await seat.embed(texts, signal);
      } catch (error) {
        if (signal?.aborted || this.#ended) throw error;
        if (seat === this.#seat) this.#replacing ??= this.#replace(seat, error as Error);
        await this.#replacing;
      }
    }
  }

  async #replace(seat: Seat, error: Error): Promise<void> {
    try {
      seat.end(error);
      const step = this.#steps.shift();
      if (!step) throw embeddingFailure('engine.embed-died', { message: error.message });
      const next = this.#take();
      await this.#load(next, step);
      if (this.chosen) this.chosen = { ...this.chosen, device: step.device, threads: next.threads };
      this.#onreplaced(step.device, error);
    } catch (failure) {
      this.#drop();
      throw failure;
    } finally {
      this.#replacing = null;
    }
  }

  #take(): Seat {
    return (this.#seat = new Seat(this.#spawn()));
  }

  #load(seat: Seat, { device, threads }: Step, progress?: (progress: LoadProgress) => void): Promise<void> {
    const { source, spec, dtype } = this.#request!;
    return seat.load({ source, spec, dtype, device, threads }, progress);
  }

  #drop(): void {
    this.#seat?.end(new Cancelled());
    this.#tried?.end(new Cancelled());
    this.#seat = this.#tried = null;
  }

  /** Ends the worker and gives its memory back; `start` begins anew. */
  dispose(): void {
    this.#ended = true;
    this.#drop();
    this.chosen = null;
  }
}
