/** A transformer's vectors of the open dataset: the model is loaded, what was kept is read, the rest is embedded. */
import type { Vectors } from '$lib/embedding/types';
import type { Stage } from '$lib/recipe/plan';
import type { Hash } from '$lib/text/hash';
import { loadPersonal } from '$lib/text/personal';
import { embedAll, hashesOf, type EmbedFigures, type TextSource } from '../embedding/embed-all';
import { Embedder } from '../embedding/embedder';
import { embeddingFailure } from '../embedding/messages';
import { Pause } from '../embedding/pause';
import { vectorKey, openVectorStore, type VectorStore } from '../embedding/store';
import type { EmbedModel } from '../embedding/embed-all';
import { Pace } from '../pace';
import { engineFailure } from '../messages';
import type { KeptVectors, ModelRequest } from '../protocol';
import { Cancelled } from '../rpc';
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
  #stores: Promise<unknown> = Promise.resolve();
  #count: AbortController | null = null;
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
      const hash = await this.#around.hash();
      this.choose(request);
      const model = this.#modelOf(request, signal);
      const source = await textsOf(opened, what);
      const told = (code: 'full' | 'blocked', error: Error) =>
        emit('notice', { code: `storage-${code}`, message: error.message });
      this.#count?.abort(new Cancelled());
      const made = await this.#withStore(request, hash, told, (store) => {
        signal.throwIfAborted();
        return embedAll(source, model, store, hash, {
          signal,
          paused: () => this.pause.wait(signal),
          progress: (now) => {
            emit('embedding', now);
            pace.at(now.done, now.of);
          },
        });
      });
      const { device, texts, embedded, restored, textsPerSecond } = made.figures;
      const detail = { device, texts, embedded, restored, textsPerSecond, kind: request.spec.id };
      emit('measured', { name: 'siftbook:embed', start, end: Date.now(), detail });
      return made;
    } finally {
      pace.finish();
    }
  }

  /** The model as texts are embedded by it; loaded when the first text is. */
  #modelOf(request: ModelRequest, signal: AbortSignal): EmbedModel {
    const { spec, keptOnly } = request;
    return {
      dim: spec.dim,
      prefix: spec.prefix,
      maxTokens: spec.maxTokens,
      device: () => this.#embedder?.device ?? '',
      ready: async () => {
        if (keptOnly) throw embeddingFailure('engine.embed-not-kept', { model: spec.id });
        await this.#load(this.#request!, signal);
      },
      embed: (texts, stop) => this.#embedder!.embed(texts, stop),
    };
  }

  /** How many of the texts have vectors kept from before, each text counted once; whoever asks next ends this. */
  async kept(
    opened: Opened,
    what: Embedded,
    request: Pick<ModelRequest, 'spec' | 'dtype'>,
    asked: AbortSignal,
  ): Promise<KeptVectors> {
    this.#count?.abort(new Cancelled());
    const count = (this.#count = new AbortController());
    const signal = AbortSignal.any([asked, count.signal]);
    const hash = await this.#around.hash();
    const source = await textsOf(opened, what);
    return this.#withStore(
      request,
      hash,
      () => undefined,
      async (store) => {
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
      },
    );
  }

  /** One at a time: files that are open cannot be opened again. */
  #withStore<T>(
    { spec, dtype }: Pick<ModelRequest, 'spec' | 'dtype'>,
    hash: Hash,
    onblocked: (code: 'full' | 'blocked', error: Error) => void,
    work: (store: VectorStore) => Promise<T>,
  ): Promise<T> {
    const model = { key: vectorKey(spec, dtype), dim: spec.dim };
    const turn = this.#stores.then(async () => {
      const store = await openVectorStore(this.#around.privateFiles ?? null, model, hash, onblocked);
      try {
        return await work(store);
      } finally {
        store.close();
      }
    });
    this.#stores = turn.catch(() => undefined);
    return turn;
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

  /** From now on phrases are embedded by this model; one that is loaded stays where it is the same. */
  choose(request: ModelRequest): void {
    const plain = (one: ModelRequest | null) => JSON.stringify([one?.spec, one?.dtype]);
    if (plain(this.#request) !== plain(request)) this.end();
    // Its files may be at hand though they are not named again.
    else if (!request.source) return;
    this.#request = request;
  }

  async #load(request: ModelRequest, signal: AbortSignal): Promise<Embedder> {
    const { spawnEmbedding, emit } = this.#around;
    if (this.#embedder?.chosen) {
      emit('embedding', { chosen: this.#embedder.chosen });
      return this.#embedder;
    }
    this.#embedder?.dispose();
    if (!request.source) throw embeddingFailure('engine.embed-not-here', { model: request.spec.id });
    emit('embedding', { loading: { loaded: 0, total: 0 } });
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
    this.#count?.abort(new Cancelled());
    this.#embedder?.dispose();
    this.#embedder = null;
  }
}
