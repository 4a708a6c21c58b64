import { clustersOf } from '$lib/engine/needs';
import type { EmbeddingState, ModelRequest, SpaceSummary, TaskName } from '$lib/engine/protocol';
import { TFIDF } from '$lib/recipe/alike';
import { Persisted } from '../persisted.svelte';
import type { Notebook } from '../notebook.svelte';
import { Models } from './models.svelte';

/** What is done one after the other. */
export const STAGES = ['embed', 'neighbours', 'clusters', 'project'] as const satisfies readonly TaskName[];
/** Up to here the built-in model's map is drawn without being asked for. */
const AT_ONCE = 20_000;
/** Datasets remembered as drawn. */
const REMEMBERED = 20;

/** What the page knows of the space that the records stand in: the map's summary, and how its making goes. */
export class Space {
  /** Null until it was made for the dataset that is open. */
  summary = $state.raw<SpaceSummary | null>(null);
  /** How the embedding stands; what was told last of each. */
  embedding = $state.raw<EmbeddingState>({});
  making = $state(false);
  paused = $state(false);
  /** Which models there are, and what was chosen. */
  readonly models: Models;
  readonly #notebook: Notebook;
  readonly #made = new Persisted<string[]>('space.made', [], Array.isArray);
  #of: string | null = null;
  /** Was it begun by itself, and stopped? Then it waits for the reader. */
  #begun: string | null = null;

  constructor(notebook: Notebook) {
    this.#notebook = notebook;
    this.models = new Models(notebook);
  }

  /** The clusters that the recipe as it stands asks for. */
  readonly #asked = $derived.by(() => {
    const { recipe, dataset } = this.#notebook;
    return dataset ? clustersOf(recipe, dataset.mapping) : null;
  });
  /** Do the points lie where the recipe's vectors put them? */
  readonly placed = $derived(this.summary !== null && this.summary.signature === this.#asked?.from.signature);
  /** Does what was made follow the recipe's `embedding` still? */
  readonly current = $derived.by(() => {
    if (!this.summary || !this.placed) return false;
    const { k, at } = this.#asked!;
    if (at !== null || this.summary.at !== null) return at === this.summary.at;
    return k === null ? this.summary.suggested : this.summary.k === k;
  });
  /** Can it be made without a model being chosen? */
  readonly builtIn = $derived.by(() => {
    const model = this.#notebook.recipe.embedding?.model ?? TFIDF;
    return model === TFIDF || model.startsWith('field:');
  });

  tell(state: EmbeddingState): void {
    this.embedding = { ...this.embedding, ...state };
  }

  /** Another dataset is open, or the same is read otherwise. */
  forget(dataset: string | null): void {
    const { mapping } = this.#notebook.dataset ?? {};
    const of = `${dataset} ${JSON.stringify(mapping)}`;
    if (of === this.#of) return;
    this.#of = of;
    this.summary = null;
    this.embedding = {};
  }

  /** Makes it by itself where that is quickly done, or was done before: a reload loses nothing. `seen`: the map would be on screen. */
  begin(seen: boolean): void {
    const { dataset, status } = this.#notebook;
    if (!dataset || status !== 'ready' || this.making || this.current || !this.builtIn) return;
    const again = this.summary !== null && this.placed;
    const before = this.#made.value.includes(this.#key);
    if (!again && (this.summary || !(before || (seen && dataset.rows <= AT_ONCE)))) return;
    const begun = `${this.#of} ${this.#asked?.signature}`;
    if (begun === this.#begun) return;
    this.#begun = begun;
    void this.make(null);
  }

  /** Makes vectors, clusters and map by the recipe's `embedding`; `model` where that names a transformer. Were they made? */
  async make(model: ModelRequest | null): Promise<boolean> {
    const { dataset, engine } = this.#notebook;
    if (!dataset) return false;
    this.forget(dataset.id);
    const of = this.#of;
    this.making = true;
    this.paused = false;
    this.embedding = {};
    try {
      const summary = await this.#notebook.ask(engine.makeSpace(model));
      if (this.#of !== of) return false;
      this.summary = summary;
      const others = this.#made.value.filter((key) => key !== this.#key);
      this.#made.value = [this.#key, ...others].slice(0, REMEMBERED);
      return true;
    } catch (error) {
      // What was not kept is made again when the reader says so.
      if ((error as { key?: string }).key !== 'engine.embed-not-kept') this.#notebook.fault(error);
      return false;
    } finally {
      this.making = false;
    }
  }

  /** Stops what is being made. */
  async stop(): Promise<void> {
    await this.#notebook.cancel('embed');
  }

  async pause(paused: boolean): Promise<void> {
    this.paused = paused;
    await this.#notebook.engine.pauseEmbedding(paused);
  }

  /** The dataset as it is known after a reload. */
  get #key(): string {
    const { name = '', bytes = 0 } = this.#notebook.dataset ?? {};
    return `${name} ${bytes}`;
  }
}
