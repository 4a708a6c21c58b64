/* eslint-disable svelte/prefer-svelte-reactivity -- sets and URLs here are replaced, never changed */
import { defaultDtype, DTYPE_FILES, MODELS, offered, type Dtype, type ModelSpec } from '$lib/embedding/models';
import { modelFailure } from '$lib/embedding/models/messages';
import { fetchedBefore } from '$lib/engine/embedding/source';
import { droppedModel, listedModel, type FoundModel, type ListedModel } from '$lib/engine/embedding/sources';
import type { ModelRequest } from '$lib/engine/protocol';
import { t } from '$lib/i18n/locale.svelte';
import { FIELD_MODEL, TFIDF } from '$lib/recipe/alike';
import type { AlikeStep, EmbeddingSettings } from '$lib/recipe/types';
import type { Notebook } from '../notebook.svelte';
import { Persisted } from '../persisted.svelte';

/** One of the things that give vectors. `here`: nothing has to be fetched for it. */
export type Offer =
  | { id: string; kind: 'built-in' | 'field' }
  | { id: string; kind: 'hub' | 'served' | 'folder'; spec: ModelSpec; here: boolean };

/** What is remembered of an embedding from visit to visit: one that was cut short goes on, one that was finished is read. */
interface Note {
  /** Name and bytes of the data. */
  of: string;
  spec: ModelSpec;
  dtype: Dtype;
  kind: 'hub' | 'served' | 'folder';
  /** `stopped` by the reader, or by an error. */
  state: 'making' | 'made' | 'stopped';
}
const lastName = (id: string) => id.slice(id.lastIndexOf('/') + 1).toLowerCase();
/** Embeddings remembered, the newest first. */
const REMEMBERED = 20;

const isNote = (value: unknown): value is Note =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as Note).spec?.id === 'string' &&
  (value as Note).dtype in DTYPE_FILES;
const areNotes = (value: unknown): value is Note[] => Array.isArray(value) && value.every(isNote);

/** The models that can be had here, which is chosen, and how one is begun. */
export class Models {
  /** Found beside the page, and dropped on it. */
  found = $state.raw<FoundModel[]>([]);
  /** Fields of the file that hold vectors. */
  fields = $state.raw<string[]>([]);
  /** `ID DTYPE` of what was fetched from the hub before. */
  fetched = $state.raw<ReadonlySet<string>>(new Set());
  /** A model whose folder is needed again before its embedding can go on. */
  awaited = $state<string | null>(null);
  /** Is the choice of models open? */
  open = $state(false);
  /** The model pointed at in it; null: the recipe's. */
  picked = $state<string | null>(null);
  #dtypes = $state.raw<Readonly<Record<string, Dtype>>>({});
  readonly #notes = new Persisted<Note[]>('embeddings', [], areNotes);
  readonly #notebook: Notebook;
  #listed: Promise<void> | null = null;

  constructor(notebook: Notebook) {
    this.#notebook = notebook;
  }

  /** The recipe's choice. */
  get model(): string {
    return this.#notebook.recipe.embedding?.model ?? TFIDF;
  }
  get on(): string[] {
    return [this.#notebook.recipe.embedding?.on ?? 'prompt'].flat();
  }

  /** Everything that is offered for the data's language: built in first, then what lies here, then the hub's, each in order of fit. */
  get offers(): Offer[] {
    const language = this.#notebook.dataset?.profile.language ?? 'mixed';
    const found = this.found.map(({ spec }) => spec);
    const near = offered(language, found).map((spec): Offer => ({
      id: spec.id,
      kind: this.found[found.indexOf(spec)].source.kind as 'served' | 'folder',
      spec,
      here: true,
    }));
    // A copy of a model on the hub stands for it, unless that one is chosen.
    const names = new Set(near.map(({ id }) => lastName(id)));
    const hub = offered(language)
      .filter(({ id }) => !near.some((one) => one.id === id) && (id === this.model || !names.has(lastName(id))))
      .map((spec): Offer => ({
        id: spec.id,
        kind: 'hub',
        spec,
        here: this.fetched.has(`${spec.id} ${this.dtype(spec)}`),
      }));
    const fields = this.fields.map((name): Offer => ({ id: FIELD_MODEL + name, kind: 'field' }));
    return [{ id: TFIDF, kind: 'built-in' }, ...fields, ...near, ...hub];
  }
  offer(id: string): Offer | null {
    return this.offers.find((one) => one.id === id) ?? null;
  }

  dtype(spec: ModelSpec): Dtype {
    const chosen = this.#dtypes[spec.id];
    return chosen !== undefined && chosen in spec.dtypes ? chosen : defaultDtype(spec);
  }
  setDtype(id: string, dtype: Dtype): void {
    this.#dtypes = { ...this.#dtypes, [id]: dtype };
  }

  /** Looks what there is: beside the page, in the cache, in the file. Asks no other origin. */
  async look(): Promise<void> {
    const { engine, dataset } = this.#notebook;
    await Promise.all([
      (this.#listed ??= this.#list()),
      this.#cached(),
      dataset?.complete &&
        engine.vectorFields().then(
          (fields) => (this.fields = fields),
          () => undefined,
        ),
    ]);
  }
  async #list(): Promise<void> {
    const home = new URL('models/', document.baseURI);
    const response = await fetch(new URL('index.json', home)).catch(() => null);
    if (!response?.ok) return;
    const listed = (await response.json()) as ListedModel[];
    for (const one of listed) {
      try {
        const model = await listedModel(one, `${home.pathname}${one.name}/`);
        // What was dropped meanwhile goes first.
        if (!this.found.some(({ spec }) => spec.id === model.spec.id)) this.#add(model);
      } catch (error) {
        this.#notebook.fault(error);
      }
    }
  }
  async #cached(): Promise<void> {
    const fetched = new Set<string>();
    for (const { id, dtypes } of MODELS)
      for (const dtype of Object.keys(dtypes) as Dtype[])
        if (await fetchedBefore(id, DTYPE_FILES[dtype])) fetched.add(`${id} ${dtype}`);
    this.fetched = fetched;
  }
  #add(model: FoundModel): void {
    this.found = [...this.found.filter(({ spec }) => spec.id !== model.spec.id), model];
  }

  /** A folder that was dropped or picked: goes on with what waits for it, else points at its model. Is it one? */
  async take(files: readonly { path: string; file: Blob }[]): Promise<boolean> {
    if (files.length === 0) return false;
    try {
      const model = await droppedModel(files, files[0].path.split('/')[0]);
      const { id, dtypes } = model.spec;
      this.#add(model);
      const begun = this.awaited === id ? this.#note : null;
      if (begun && begun.dtype in dtypes) {
        this.awaited = null;
        this.open = false;
        void this.begin();
        return true;
      }
      this.picked = id;
      this.open = true;
      if (begun)
        throw modelFailure('embedding.no-dtype', {
          folder: id,
          file: DTYPE_FILES[begun.dtype],
          dtype: begun.dtype,
          has: Object.keys(dtypes).join(', '),
        });
      return true;
    } catch (error) {
      this.#notebook.fault(error);
      return false;
    }
  }

  /** How the engine is asked for a model; null for what needs none. @param download after the button that says so */
  request(id: string, download = false): ModelRequest | null {
    const offer = this.offer(id);
    if (!offer || !('spec' in offer)) return null;
    const { spec } = offer;
    const source =
      offer.kind === 'hub'
        ? { kind: 'hub' as const, id, download }
        : this.found.find((one) => one.spec.id === id)!.source;
    return { source, spec, dtype: this.dtype(spec) };
  }

  /** Writes the choice into the recipe and makes the space. */
  async choose(id: string, on: readonly string[], download: boolean): Promise<void> {
    this.#notebook.edit(
      (recipe) => {
        const { clusters } = recipe.embedding ?? {};
        const embedding: EmbeddingSettings = {
          ...(id !== TFIDF && { model: id }),
          ...(on.join() !== 'prompt' && { on: on.length === 1 ? on[0] : [...on] }),
          ...(clusters !== undefined && { clusters }),
        };
        if (Object.keys(embedding).length > 0) recipe.embedding = embedding;
        else delete recipe.embedding;
      },
      { label: t('embed.title') },
    );
    await this.begin(download);
  }

  /** Makes the space by the recipe's choice. */
  async begin(download = false): Promise<void> {
    const { space, dataset } = this.#notebook;
    const request = this.request(this.model, download);
    const offer = this.offer(this.model);
    if (!dataset || space.making) return;
    const note: Note | null =
      request && offer && 'spec' in offer
        ? { of: this.#data, spec: offer.spec, dtype: request.dtype, kind: offer.kind, state: 'making' }
        : null;
    if (note) this.#noted(note);
    const made = await space.make(request);
    // Reached by an end or by the reader's own stop; a page that dies leaves the note as it is.
    if (note) this.#noted({ ...note, state: made ? 'made' : 'stopped' });
    void this.#cached();
  }
  /** What is remembered of the recipe's model and this data. */
  get #note(): Note | null {
    return this.#notes.value.find(({ of, spec }) => of === this.#data && spec.id === this.model) ?? null;
  }
  #noted(note: Note): void {
    const others = this.#notes.value.filter(({ of, spec }) => of !== note.of || spec.id !== note.spec.id);
    this.#notes.value = [note, ...others].slice(0, REMEMBERED);
  }

  /** Vectors of a step that compares records, by its model. */
  async embedFor(step: AlikeStep): Promise<void> {
    const { space, engine } = this.#notebook;
    if (!('semantic' in step) || !step.semantic.model) return;
    await this.look();
    const request = this.request(step.semantic.model);
    space.making = true;
    try {
      if (request) await this.#notebook.ask(engine.embedFor($state.snapshot(step) as AlikeStep, request));
    } catch (error) {
      this.#notebook.fault(error);
    } finally {
      space.making = false;
    }
  }

  get #data(): string {
    const { dataset } = this.#notebook;
    return dataset ? `${dataset.name} ${dataset.bytes}` : '';
  }

  /** After a reload: what was being embedded goes on, what was made is there again; without a download, and without asking where that can be. */
  async resume(): Promise<void> {
    const note = this.#note;
    if (!note || note.state === 'stopped') return;
    const { id } = note.spec;
    this.setDtype(id, note.dtype);
    await this.look();
    const offer = this.offer(id);
    const here = offer && 'spec' in offer && offer.here;
    if (note.state === 'making') {
      if (here) await this.begin();
      else this.awaited = id;
      return;
    }
    const { source = null, spec = note.spec } = (here && this.request(id)) || {};
    await this.#notebook.space.make({ source, spec, dtype: note.dtype, keptOnly: true });
  }
}
