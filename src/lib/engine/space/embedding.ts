/** A transformer's vectors of the open dataset: the model is loaded, what was kept is read, the rest is embedded. */
import type { Vectors } from '$lib/embedding/types';
import type { Stage } from '$lib/recipe/plan';
import type { Hash } from '$lib/text/hash';
import { loadPersonal } from '$lib/text/personal';
import { embedAll, hashesOf, type EmbedFigures, type TextSource } from '../embedding/embed-all';
import { Embedder } from '../embedding/embedder';
import { Pause } from '../embedding/pause';
import { vectorKey, openVectorStore, type VectorStore } from '../embedding/store';
import type { EmbedModel } from '../embedding/embed-all';
import { Pace } from '../pace';
import { engineFailure } from '../messages';
import type { KeptVectors, ModelRequest } from '../protocol';
import type { Opened, Surroundings } from '../state';
import { breathe } from '../turns';
import { embeddedText } from './texts';

/** What is embedded: these parts of each record, as they are at a stage. */
export interface Embedded {
  on: readonly string[];
  stage?: Stage;
}

/** Hashes looked up at once. */
const WINDOW = 4096;

/** The texts of all records, ready to be asked for. */
async function textsOf({ dataset, mapping }: Opened, { on, stage }: Embedded): Promise<TextSource> {
  const rewritten = stage && stage.rewrites.length > 0 ? stage : undefined;
  if (rewritten) await loadPersonal();
  return {
    count: dataset.rows,
    texts: (from, to) =>
      Array.from({ length: to - from }, (_, i) => embeddedText(dataset, mapping, from + i, on, rewritten)),
  };
}

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
    opened: Opened,
    what: Embedded,
    request: ModelRequest,
    signal: AbortSignal,
  ): Promise<{ vectors: Vectors; figures: EmbedFigures }> {
    const { emit } = this.#around;
    const pace = new Pace('embed', this.#around);
    const start = Date.now();
    this.pause.resume();
    pace.at(0, opened.dataset.rows);
    try {
      const embedder = await this.#load(request, signal);
      const hash = await this.#around.hash();
      const { spec } = request;
      const store = await this.#store(request, hash, (code, error) =>
        emit('notice', { code: `storage-${code}`, message: error.message }),
      );
      const model: EmbedModel = {
        dim: spec.dim,
        prefix: spec.prefix,
        maxTokens: spec.maxTokens,
        device: () => embedder.device ?? '',
        embed: (texts, stop) => embedder.embed(texts, stop),
      };
      const source = await textsOf(opened, what);
      try {
        const { vectors, figures } = await embedAll(source, model, store, hash, {
          signal,
          paused: () => this.pause.wait(signal),
          progress: (now) => {
            emit('embedding', now);
            pace.at(now.done, now.of);
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

  /** How many of the texts have vectors kept from before, each text counted once. */
  async kept(
    opened: Opened,
    what: Embedded,
    request: Pick<ModelRequest, 'spec' | 'dtype'>,
    signal: AbortSignal,
  ): Promise<KeptVectors> {
    const hash = await this.#around.hash();
    const store = await this.#store(request, hash, () => undefined);
    try {
      const source = await textsOf(opened, what);
      const seen = new Set<bigint>();
      let kept = 0;
      for (let from = 0; from < source.count; from += WINDOW) {
        await breathe(signal);
        const texts = await source.texts(from, Math.min(source.count, from + WINDOW));
        const fresh = hashesOf(texts, request.spec.prefix, hash).filter((one) => {
          if (one === 0n || seen.has(one)) return false;
          seen.add(one);
          return true;
        });
        for (const one of fresh) if (store.has(one)) kept++;
      }
      return { kept, texts: seen.size };
    } finally {
      store.close();
    }
  }

  #store(
    { spec, dtype }: Pick<ModelRequest, 'spec' | 'dtype'>,
    hash: Hash,
    onblocked: (code: 'full' | 'blocked', error: Error) => void,
  ): Promise<VectorStore> {
    const key = vectorKey(spec, dtype);
    return openVectorStore(this.#around.privateFiles ?? null, { key, dim: spec.dim }, hash, onblocked);
  }

  /**
   * A phrase's vector by the model that made the records'; loads it again where it was given back.
   * @throws Failure where that model was not chosen yet
   */
  async phrase(model: string, text: string, signal: AbortSignal): Promise<Float32Array> {
    if (this.#request?.spec.id !== model) throw engineFailure('engine.no-phrase-model', { model });
    const embedder = await this.#load(this.#request, signal);
    return embedder.embed([text], signal);
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
