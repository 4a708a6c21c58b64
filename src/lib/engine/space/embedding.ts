/** A transformer's vectors of the open dataset: the model is loaded, what was kept is read, the rest is embedded. */
import type { Vectors } from '$lib/embedding/types';
import type { Stage } from '$lib/recipe/plan';
import { loadPersonal } from '$lib/text/personal';
import { embedAll, type EmbedFigures } from '../embedding/embed-all';
import { Embedder } from '../embedding/embedder';
import { Pause } from '../embedding/pause';
import { vectorKey, openVectorStore } from '../embedding/store';
import type { EmbedModel } from '../embedding/embed-all';
import { Pace } from '../pace';
import type { ModelRequest } from '../protocol';
import type { Opened, Surroundings } from '../state';
import { embeddedText } from './texts';

export class Embedding {
  readonly #around: Surroundings;
  #embedder: Embedder | null = null;
  #request: ModelRequest | null = null;
  readonly pause = new Pause();

  constructor(around: Surroundings) {
    this.#around = around;
  }

  /** Vectors of every record's text; the model stays loaded, so that phrases can be embedded too. */
  async all(
    { dataset, mapping }: Opened,
    on: readonly string[],
    stage: Stage,
    request: ModelRequest,
    signal: AbortSignal,
  ): Promise<{ vectors: Vectors; figures: EmbedFigures }> {
    const { emit } = this.#around;
    const pace = new Pace('embed', this.#around);
    const start = Date.now();
    this.pause.resume();
    pace.at(0, dataset.rows);
    try {
      if (stage.rewrites.length > 0) await loadPersonal();
      const embedder = await this.#load(request, signal);
      const hash = await this.#around.hash();
      const { spec, dtype } = request;
      const key = vectorKey(spec, dtype);
      const store = await openVectorStore(
        this.#around.privateFiles ?? null,
        { key, dim: spec.dim },
        hash,
        (code, error) => emit('notice', { code: `storage-${code}`, message: error.message }),
      );
      const model: EmbedModel = {
        dim: spec.dim,
        prefix: spec.prefix,
        maxTokens: spec.maxTokens,
        device: () => embedder.device ?? '',
        embed: (texts, stop) => embedder.embed(texts, stop),
      };
      const source = {
        count: dataset.rows,
        texts: (from: number, to: number) =>
          Array.from({ length: to - from }, (_, i) => embeddedText(dataset, mapping, from + i, on, stage)),
      };
      try {
        const { vectors, figures } = await embedAll(source, model, store, hash, {
          signal,
          paused: () => this.pause.wait(signal),
          progress: ({ done, of, textsPerSecond, device }) => {
            emit('embedding', { device, textsPerSecond });
            pace.at(done, of);
          },
        });
        const { device, texts, embedded, restored, textsPerSecond } = figures;
        const detail = { device, texts, embedded, restored, textsPerSecond, kind: spec.id };
        emit('measured', { name: 'siftbook:embed', start, end: Date.now(), detail });
        return { vectors, figures };
      } finally {
        store.close();
      }
    } finally {
      pace.finish();
    }
  }

  /** A phrase's vector by the model that is loaded; loads it again where it was given back. */
  async phrase(text: string, signal: AbortSignal): Promise<Float32Array> {
    const embedder = await this.#load(this.#request!, signal);
    return embedder.embed([text], signal);
  }

  /** Is this the model that made the vectors? */
  has(model: string): boolean {
    return this.#request?.spec.id === model;
  }

  async #load(request: ModelRequest, signal: AbortSignal): Promise<Embedder> {
    const same =
      JSON.stringify([this.#request?.spec, this.#request?.dtype]) === JSON.stringify([request.spec, request.dtype]);
    if (same && this.#embedder?.device) return this.#embedder;
    this.#embedder?.dispose();
    this.#request = request;
    const { spawnEmbedding, emit } = this.#around;
    const embedder = new Embedder(spawnEmbedding, (device, error) =>
      emit('notice', { code: 'embedding-device', message: `${device}: ${error.message}` }),
    );
    this.#embedder = embedder;
    const { source, spec, dtype, device } = request;
    const chosen = await embedder.start(
      { source, spec, dtype, device: device ?? 'auto', software: request.software },
      {
        signal,
        progress: (at) =>
          emit(
            'embedding',
            at.stage === 'load' ? { loading: { loaded: at.loaded, total: at.total } } : { probing: true },
          ),
      },
    );
    emit('embedding', { chosen });
    return embedder;
  }

  /** Gives the model's memory back. */
  end(): void {
    this.#embedder?.dispose();
    this.#embedder = null;
  }
}
