/* eslint-disable svelte/prefer-svelte-reactivity -- maps and URLs here are never changed after they are made */
import { getContext, setContext } from 'svelte';
import { columns } from '$lib/columns';
import type { Profile, Range } from '$lib/columns/types';
import type {
  ColumnView,
  CategoryView,
  DatasetSummary,
  EngineApi,
  EngineEvents,
  Narrowed,
  OpenSource,
  TaskName,
  Views,
} from '$lib/engine/protocol';
import { translate, type Lang } from '$lib/i18n';
import { failureText } from '$lib/i18n/failure';
import { formatCount, formatLoss } from '$lib/i18n/format';
import { t } from '$lib/i18n/locale.svelte';
import { applyMap, mapText, parseMap } from '$lib/record/mapping';
import type { Mapping } from '$lib/record/types';
import type { AlikeStep, Recipe, Step } from '$lib/recipe/types';
import { Meaning } from './clusters/meaning.svelte';
import { Space } from './clusters/space.svelte';
import { OtherFile } from './duplicates/other.svelte';
import { alikeBody, alikeId, alikeOf, alikeWith } from './alike';
import * as edit from './edit';
import { Arrangement } from './arrangement.svelte';
import { Dragging } from './dragging';
import { Editing, type EditOptions } from './editing.svelte';
import { fromHash, toHash, type Saved } from './link';
import { Live } from './live.svelte';
import { stepName } from './names';
import { Notices, type Notice } from './notices.svelte';
import { measurePainted } from './painted';
import { follow, isGone, narrows, tabFor, type Focus, type Tab } from './pointing';
import { Preferences } from './preferences.svelte';
import { rewrites, shifts, type Counted } from './shift';
import { startNotebook } from './start';
import { Tally } from './tally.svelte';
import { problemFailure, readRecipe } from './text';
import { Work } from './work.svelte';

export type { Focus, Tab } from './pointing';

/** What the page needs of `createEngine()`. */
export interface EngineLink {
  api: EngineApi;
  on<K extends keyof EngineEvents>(event: K, handler: (value: EngineEvents[K]) => void): () => void;
}

const KEY = Symbol('notebook');

/** The page's state: what was opened, the recipe and its history, what is pointed at, and the line to the engine. */
export class Notebook extends Editing {
  /** The engine's requests. Wrap long ones in `ask`, so that `idle` waits for them. */
  readonly engine: EngineApi;
  readonly live = new Live();
  readonly cells = new Arrangement();
  readonly preferences = new Preferences();
  readonly told = new Notices();

  dataset = $state.raw<DatasetSummary | null>(null);
  views = $state.raw<Views | null>(null);
  status = $state<'starting' | 'empty' | 'opening' | 'ready' | 'failed'>('starting');
  /** Name of what is being opened. */
  openingName = $state('');
  /** Why nothing could be opened: for the error state. */
  failure = $state.raw<{ error: Error; name: string } | null>(null);
  /** Is the inspector drawn out (where the window is too narrow for three columns)? */
  drawer = $state(false);
  focus = $state.raw<Focus | null>(null);
  /** What every view has of the records pointed at; null while nothing narrows them. */
  narrowed = $state.raw<Narrowed | null>(null);
  tab = $state<Tab>('all');
  search = $state('');
  /** Grows whenever records on screen may be out of date. */
  version = $state(0);

  /** Vectors, clusters and the map. */
  readonly space = new Space(this);
  /** The other file it is compared with. */
  readonly other = new OtherFile(this);
  /** Search by meaning. */
  readonly meaning = new Meaning(this);
  #work = new Work();
  #dragging: Dragging;
  #opening = 0;
  #saveTimer: ReturnType<typeof setTimeout> | undefined;
  /** Id of the dataset for which the recipe was kept when it was read. */
  #keptOf: string | null = null;

  #columns = $derived(new Map((this.views?.columns ?? []).map((view) => [view.id, view])));
  #parts = $derived(this.narrowed && new Map(this.narrowed.views.map((view) => [view.id, view])));
  #categories = $derived(new Map((this.views?.categories ?? []).map((view) => [view.by, view])));
  /** What the steps keep and drop: live while a handle is held. */
  readonly tally = new Tally(this);
  /** Records kept now: live while a handle is held. */
  get kept(): number {
    return this.tally.kept;
  }

  constructor(engine: EngineLink) {
    super();
    this.engine = engine.api;
    this.#dragging = new Dragging({
      engine: engine.api,
      live: this.live,
      ask: (call) => this.ask(call),
      fault: (error) => this.fault(error),
    });
    engine.on('dataset', (dataset) => {
      if (this.status === 'failed' || dataset.id === this.#leaving) return;
      this.dataset = dataset;
      this.space.forget(dataset.id);
      this.meaning.forget(dataset.id);
      this.other.follow(dataset);
      // Whole, though not measured yet: from here on a reload brings it back, with the recipe as it stands.
      if (!dataset.complete || this.#keptOf === dataset.id) return;
      this.#keptOf = dataset.id;
      void this.ask(this.saveNow());
    });
    engine.on('embedding', (state) => this.space.tell(state));
    engine.on('views', (views) => this.#receive(views));
    engine.on('progress', (progress) => this.#work.proceed(progress));
    engine.on('notice', ({ code }) => this.note(() => t(`notice.${code}`)));
  }

  // ---- what is known ----

  get progress(): Work['progress'] {
    return this.#work.progress;
  }
  /** Is anything running? */
  get busy(): boolean {
    return this.#work.busy;
  }
  get notices(): readonly Notice[] {
    return this.told.list;
  }
  /** The linked histogram of a column; undefined until it is measured. */
  column(id: string): ColumnView | undefined {
    return this.#columns.get(id);
  }
  category(by: string): CategoryView | undefined {
    return this.#categories.get(by);
  }
  /** The recipe's cut on a column as it stands (live while its handle is held), with its step. */
  cut(id: string): (Range & { step: number }) | null {
    const step = edit.cutIndex(this.recipe.steps, id);
    if (this.live.column === id) return { step, ...edit.ordered({ min: this.live.min, max: this.live.max }) };
    if (step < 0) return null;
    return { step, ...edit.endsOf((this.recipe.steps[step] as { cut: Range }).cut) };
  }
  /** A category's records before balancing, class by class: live ones while a handle is held. */
  keptOf(by: string): Uint32Array | null {
    const bins = this.live.tick > 0 ? this.live.bins(`category:${by}`) : null;
    return bins?.slice() ?? this.category(by)?.kept ?? null;
  }
  /** Counts of a view (a column's id, or `category:BY`) of the records pointed at; null while nothing narrows it. */
  part(id: string): { all: Uint32Array; kept: Uint32Array } | null {
    return this.#parts?.get(id) ?? null;
  }
  // ---- when the recipe changes ----

  override addStep(step: Step, at?: number): number {
    if (rewrites(step) && this.views)
      this.#rewritten = { step, before: { steps: this.recipe.steps, counts: this.views.counts.steps } };
    const index = super.addStep(step, at);
    this.#follow((i) => (i < index ? i : i + 1));
    return index;
  }
  /** Puts a step that compares records in place of the first of its kind, or in. */
  setAlike(step: AlikeStep): void {
    const index = this.stepIndex(edit.kindOf(step));
    if (index >= 0) this.updateStep(index, step, { key: undefined });
    else this.addStep(step);
  }
  override removeStep(index: number): void {
    super.removeStep(index);
    this.#follow((i) => (i === index ? null : i < index ? i : i - 1));
  }
  override moveStep(from: number, to: number): void {
    if (to < 0 || to >= this.recipe.steps.length) return;
    super.moveStep(from, to);
    this.#follow((i) => (i === from ? to : from < i && i <= to ? i - 1 : to <= i && i < from ? i + 1 : i));
  }
  override pauseStep(index: number): void {
    super.pauseStep(index);
    this.#follow((i) => (i === index ? null : i < index ? i : i - 1));
  }
  override undo(): void {
    super.undo();
    this.#follow(() => null);
    this.letGo();
  }
  override redo(): void {
    super.redo();
    this.#follow(() => null);
    this.letGo();
  }
  /** The line of a cut that is not there any more is not pointed at. */
  letGo(): void {
    const line = this.focus?.line;
    if (line && !this.cut(line.column)) this.point(null);
  }
  /** What is pointed at stays with its step. */
  #follow(now: (step: number) => number | null): void {
    const { focus } = this;
    if (!focus || (focus.query.step === undefined && focus.preview === undefined)) return;
    const next = follow(focus, now);
    this.point(next, next ? this.tab : undefined);
  }
  #rewritten: { step: Step; before: Counted } | null = null;
  /** A text step put before others changes what those measure: where it changes their counts, the reader is told. */
  #tellShifts(): void {
    const { steps } = this.recipe;
    const counts = this.views?.counts.steps;
    if (!this.#rewritten || !counts) return;
    const { step, before } = this.#rewritten;
    this.#rewritten = null;
    const index = steps.findIndex((other) => edit.same(other, step));
    const moved = index < 0 ? [] : shifts(before, { steps, counts }, index);
    if (moved.length === 0) return;
    const list = () =>
      moved.slice(0, 3).map((one) => `${stepName(one.step)} ${formatLoss(one.was)} → ${formatLoss(one.is)}`);
    this.note(() => t('notice.counts-changed', { step: stepName(step), list: list().join(t('list.comma')) }));
  }
  protected override commit(draft: edit.Draft, options: EditOptions): void {
    super.commit(this.other.named(draft), options);
  }
  /** Engine, storage and what is in hand follow the recipe. */
  protected changed(source: Recipe['source']): void {
    const { recipe } = this;
    if (this.selected !== null && this.selected >= recipe.steps.length) this.selected = null;
    this.#keep();
    void this.#apply(!edit.same(recipe.source, source), this.status === 'ready');
  }

  /** Tells the engine; the newest recipe wins. */
  async #apply(remap = false, byHand = false): Promise<void> {
    if (!this.dataset && this.status !== 'opening') return;
    const start = performance.now();
    try {
      if (remap && this.dataset && this.status === 'ready') {
        const mapping = this.#mappingOf(this.recipe, this.dataset);
        if (!edit.same(mapping, this.dataset.mapping)) this.dataset = await this.ask(this.engine.setMapping(mapping));
      }
      const views = await this.ask(this.engine.setRecipe($state.snapshot(this.recipe) as Recipe));
      this.#receive(views);
      this.#tellShifts();
      if (byHand) measurePainted(start, views.work);
    } catch (error) {
      if ((error as Error).name !== 'Superseded' && this.#release) {
        this.#release = false;
        this.#dragging.end();
      }
      // While nothing is open, why it is not is said already.
      if (this.status === 'ready') this.fault(error);
    }
  }

  // ---- dragging a handle ----

  /** A handle was taken: every chart follows from arrays until `endDrag`. */
  beginDrag(column: string, side: 'min' | 'max'): Promise<void> {
    const balanced = this.recipe.steps.flatMap((step) => ('balance' in step ? [`category:${step.balance.by}`] : []));
    return this.#dragging.begin(column, side, this.cut(column), ['total_tokens', 'category:label', ...balanced]);
  }
  /** The threshold of a step that compares records was taken; the step need not be in the recipe yet. */
  beginAlikeDrag(step: AlikeStep): Promise<void> {
    const { at } = alikeBody(step);
    this.#tabBefore = this.tab;
    this.tab = 'line';
    return this.#dragging.begin(alikeId(step), 'max', { max: at }, ['total_tokens', 'category:label']);
  }
  /** A view (a column's id, or `category:BY`) is on screen; returns how to say that it is not any more. */
  sees(id: string): () => void {
    return this.#dragging.sees(id);
  }
  moveDrag(min: number | undefined, max: number | undefined): void {
    this.#dragging.move(min, max);
  }
  /** The handle was let go: the exact cut is committed (or, with false, thrown away). */
  endDrag(commit = true): void {
    const { column, min, max } = this.live;
    if (column === null) return;
    if (this.#tabBefore !== null && this.tab === 'line') this.tab = this.#tabBefore;
    this.#tabBefore = null;
    if (!commit) return this.#dragging.end();
    const before = this.drafts.now;
    const held = alikeOf(column);
    if (held && max !== undefined) this.setAlike(alikeWith(held, { at: max }));
    else this.setCut(column, { min, max }, { key: undefined });
    if (before === this.drafts.now) this.#dragging.end();
    else this.#release = true;
  }
  /** Live counts stay on screen until the exact ones are there, so nothing jumps. */
  #release = false;
  /** What the inspector showed before a threshold of alike records was taken. */
  #tabBefore: Tab | null = null;

  // ---- what is pointed at ----

  /** Points at something (a bar, a class, a finding, a step): inspector and views follow. Null points at nothing. */
  point(focus: Focus | null, tab?: Tab): void {
    this.focus = focus;
    if (focus && tab) this.drawer = true;
    this.tab = tab ?? tabFor(focus, this.tab);
    void this.#narrow();
  }
  /** Counts what is pointed at in every view; what was counted before stays on screen until then. */
  async #narrow(): Promise<void> {
    const { focus } = this;
    const query = focus && narrows(focus) ? focus.query : null;
    if (!query || this.status !== 'ready') {
      this.narrowed = null;
      return;
    }
    try {
      const narrowed = await this.ask(this.engine.narrow($state.snapshot(query) as Focus['query']));
      if (this.focus === focus) this.narrowed = narrowed;
    } catch (error) {
      this.fault(error);
    }
  }

  // ---- how the data is read ----

  #detected: Mapping | null = null;
  /** Maps the fields anew; the recipe keeps it, so that a run elsewhere reads alike. */
  async setMapping(mapping: Mapping): Promise<void> {
    this.edit(
      (recipe) => {
        recipe.source = { ...recipe.source, format: mapping.layout, map: mapText(mapping) };
      },
      { label: t('cell.fields') },
    );
    await this.idle();
  }
  async setProfile(profile: Profile): Promise<void> {
    try {
      this.dataset = await this.ask(this.engine.setProfile(profile));
      await this.#apply();
    } catch (error) {
      this.fault(error);
    }
  }
  /** The mapping that the recipe's source asks for; the detected one where it asks for none. */
  #mappingOf(recipe: Recipe, dataset: DatasetSummary): Mapping {
    const detected = this.#detected ?? dataset.mapping;
    if (!recipe.source) return detected;
    const { format, map } = recipe.source;
    const partial = { ...(map && parseMap(map)), ...(format && { layout: format as Mapping['layout'] }) };
    return applyMap(
      detected,
      partial,
      dataset.fields.map((field) => field.name),
    );
  }

  // ---- opening ----

  /** Id of the dataset that is being replaced: what still comes of it is not shown. */
  #leaving: string | null = null;

  /** Opens files, a URL, or what is stored. The recipe starts anew unless it is to be kept; undo brings the old one back. */
  async open(sources: OpenSource[], options: { recipe?: edit.Draft | 'keep' } = {}): Promise<void> {
    const turn = ++this.#opening;
    const before = this.status === 'ready' ? this.dataset : null;
    const old = { draft: this.drafts.now, detected: this.#detected, back: this.drafts.keep() };
    this.#leaving = before?.id ?? null;
    this.told.clear();
    this.status = 'opening';
    this.openingName = nameOf(sources);
    this.failure = null;
    this.views = null;
    this.dataset = null;
    this.focus = null;
    this.selected = null;
    this.#dragging.end();
    if (options.recipe !== 'keep') {
      const fresh = options.recipe ?? { recipe: edit.emptyRecipe(), paused: [] };
      if (!edit.same(fresh, this.drafts.now)) {
        if (this.recipe.steps.length && before) {
          this.note(() => t('notice.recipe-set-aside', { name: before.name }), {
            label: 'notice.use-it-here',
            run: () => this.commit({ ...old.draft, recipe: { ...old.draft.recipe, source: undefined } }, {}),
          });
        }
        this.drafts.push(fresh, '');
      }
    }
    try {
      const opened = this.ask(this.engine.open(sources));
      void this.#apply();
      const dataset = await opened;
      if (turn !== this.#opening) return;
      this.dataset = dataset;
      this.#detected = dataset.detected;
      this.status = 'ready';
      await this.#apply(!!this.recipe.source);
      this.#keep();
    } catch (error) {
      if (turn !== this.#opening) return;
      if (blamesRecipe(error) && (this.recipe.steps.length || this.recipe.source)) {
        // The data can be read; what the recipe asks of it is not there.
        const again = this.open(sources);
        this.fault(error);
        return again;
      }
      await this.#notOpened(error as Error, sources, before, old);
      throw error;
    }
  }

  /** What was open stays open when another file cannot be read. */
  async #notOpened(
    error: Error,
    sources: OpenSource[],
    before: DatasetSummary | null,
    old: { detected: Mapping | null; back: () => void },
  ): Promise<void> {
    const name = nameOf(sources);
    const stopped = error.name === 'AbortError';
    const begun = this.dataset as DatasetSummary | null;
    this.#leaving = null;
    if (stopped && begun?.rows) {
      this.status = 'ready';
      await this.#apply();
      const done = () => formatCount((this.views as Views | null)?.counts.rows ?? 0);
      this.told.stay(() => t('notice.cut-short', { name, n: done() }), {
        label: 'notice.read-on',
        run: () => void this.open(sources, { recipe: 'keep' }).catch(() => undefined),
      });
      return;
    }
    if (!before) {
      this.dataset = null;
      this.failure = stopped ? null : { error, name };
      this.status = stopped ? 'empty' : 'failed';
      return;
    }
    this.dataset = before;
    this.#detected = old.detected;
    old.back();
    this.status = 'ready';
    this.told.dropNotes();
    if (!stopped)
      this.fault(error, (lang) => translate(lang, 'error.not-opened', { name, message: failureText(lang, error) }));
    await this.#apply();
  }

  /** Stops the task in hand; what is done so far stays. */
  async cancel(task: TaskName): Promise<void> {
    try {
      await this.engine.cancel(task);
    } catch (error) {
      this.fault(error);
    }
  }

  /** Nothing of the data stays in the browser but what is open. */
  async forget(): Promise<void> {
    try {
      await this.engine.forget();
      this.note(() => t('notice.forgotten'));
    } catch (error) {
      this.fault(error);
    }
  }

  /** First opening of the page: what the address says, else what was stored, else the demo. */
  start(address: URL, demo: () => Promise<OpenSource>): Promise<void> {
    return startNotebook(this, address, demo);
  }

  /** What a recipe may name, where data is open. */
  #known(): { columns?: string[]; fields?: string[] } {
    return {
      // Columns over the whole set may be named before they are made.
      columns: this.dataset
        ? [
            ...this.dataset.columns.map(({ id }) => id),
            ...columns.filter(({ cost }) => cost === 'set').map(({ id }) => id),
          ]
        : undefined,
      fields: this.dataset?.fields.map((field) => field.name),
    };
  }
  /** Takes a recipe as text (YAML, JSON) or object. Throws with the line of the first fault. */
  setRecipe(input: string | Recipe, options: EditOptions = {}): Promise<void> {
    const text = typeof input === 'string' ? input : JSON.stringify(input);
    const { recipe, problems } = readRecipe(text, this.#known());
    if (!recipe) return Promise.reject(problemFailure(problems[0]));
    this.edit(recipe, { label: t('recipe.title'), ...options });
    return this.idle();
  }

  // ---- the address ----

  /** The address's `#…` for the recipe as it stands. */
  get hash(): string {
    const { recipe } = this.drafts.now;
    return edit.same(recipe, edit.emptyRecipe()) ? '' : toHash(recipe);
  }

  /** The address was changed by hand: take the recipe it holds. */
  followHash(hash: string): void {
    const text = fromHash(hash);
    if (hash === this.hash || !text) return;
    const { recipe, problems } = readRecipe(text, this.#known());
    if (!recipe) this.fault(problemFailure(problems[0]));
    else if (!edit.same(recipe, this.recipe)) this.edit(recipe, { label: t('recipe.title') });
  }

  // ---- notices, progress, quiet ----

  /** Tells the reader something that stops nothing; it goes by itself. */
  note(say: () => string, action?: Notice['action']): void {
    this.told.note(say, action);
  }
  /** Shows an error to the reader; what was merely overtaken or cancelled is no error. */
  fault(thrown: unknown, say?: (lang: Lang, error: Error) => string): void {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    if (error.name === 'Superseded' || error.name === 'AbortError') return;
    // What is asked while columns are measured anew is asked again as soon as they are there.
    const early = 'key' in error && error.key === 'engine.not-measured';
    if (early && (this.status === 'opening' || this.progress.size > 0)) return;
    this.told.fault(error, say);
  }

  #receive(views: Views): void {
    if ((this.views && views.version < this.views.version) || views.dataset === this.#leaving) return;
    this.views = views;
    this.version++;
    if (this.#release) {
      this.#release = false;
      this.#dragging.end();
    }
    if (this.focus && isGone(this.focus, (by) => this.category(by)?.names ?? null)) this.point(null);
    else void this.#narrow();
  }

  /** A request whose work counts for `idle`. */
  ask<T>(call: Promise<T>): Promise<T> {
    return this.#work.track(call);
  }
  /** Resolves when nothing is running and the work in hand is kept. */
  async idle(): Promise<void> {
    await this.#work.quiet();
    await this.engine.idle();
    if (this.#saveTimer !== undefined) await this.saveNow();
  }

  // ---- keeping ----

  #keep(): void {
    if (!this.dataset) return;
    clearTimeout(this.#saveTimer);
    this.#saveTimer = setTimeout(() => void this.saveNow(), 300);
  }
  /** Writes recipe and switched-off steps to the browser's private file system. */
  async saveNow(): Promise<void> {
    clearTimeout(this.#saveTimer);
    this.#saveTimer = undefined;
    if (!this.dataset) return;
    const work: Saved = { recipe: this.recipe, paused: [...this.paused] };
    await this.engine.saveRecipe(JSON.stringify(work));
  }
}

/** Is it the recipe that asks for what this data does not have? */
function blamesRecipe(error: unknown): boolean {
  const key = (error as { key?: unknown }).key;
  return typeof key === 'string' && /^(map\.|recipe\.|columns\.|engine\.no-category)/.test(key);
}

function nameOf(sources: OpenSource[]): string {
  const first = sources[0];
  return first?.kind === 'file' ? first.file.name : first?.kind === 'url' ? (first.url.split('/').pop() ?? '') : '';
}

/** Gives the notebook to every component below. */
export function provideNotebook(notebook: Notebook): Notebook {
  return setContext(KEY, notebook);
}

/** The page's notebook. */
export function useNotebook(): Notebook {
  return getContext<Notebook>(KEY);
}
