import type { EmbeddingState, ModelRequest, SpaceSummary } from '$lib/engine/protocol';
import type { Notebook } from '../notebook.svelte';

/** What the page knows of the space that the records stand in: the map's summary, and how its making goes. */
export class Space {
  /** Null until it was made for the dataset that is open. */
  summary = $state.raw<SpaceSummary | null>(null);
  /** How the embedding stands; what was told last of each. */
  embedding = $state.raw<EmbeddingState>({});
  making = $state(false);
  paused = $state(false);
  readonly #notebook: Notebook;
  #of: string | null = null;

  constructor(notebook: Notebook) {
    this.#notebook = notebook;
  }

  /** Does what was made follow the recipe's `embedding` still? */
  readonly current = $derived.by(() => {
    const { embedding } = this.#notebook.recipe;
    if (!this.summary) return false;
    const on = [embedding?.on ?? 'prompt'].flat();
    return this.summary.model === (embedding?.model ?? 'tfidf') && on.join('\n') === this.summary.on.join('\n');
  });

  tell(state: EmbeddingState): void {
    this.embedding = { ...this.embedding, ...state };
  }

  /** Another dataset is open. */
  forget(dataset: string | null): void {
    if (dataset === this.#of) return;
    this.#of = dataset;
    this.summary = null;
    this.embedding = {};
  }

  /** Makes vectors, clusters and map by the recipe's `embedding`; `model` where that names a transformer. */
  async make(model: ModelRequest | null): Promise<void> {
    const { dataset, engine } = this.#notebook;
    if (!dataset) return;
    this.#of = dataset.id;
    this.making = true;
    this.paused = false;
    this.embedding = {};
    try {
      const request = $state.snapshot(model) as ModelRequest | null;
      const summary = await this.#notebook.ask(engine.makeSpace(request));
      if (this.#notebook.dataset?.id === dataset.id) this.summary = summary;
    } catch (error) {
      this.#notebook.fault(error);
    } finally {
      this.making = false;
    }
  }

  async pause(paused: boolean): Promise<void> {
    this.paused = paused;
    await this.#notebook.engine.pauseEmbedding(paused);
  }
}
