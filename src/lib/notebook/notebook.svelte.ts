/* eslint-disable svelte/prefer-svelte-reactivity -- maps and URLs here are never changed after they are made */
import { getContext, setContext, untrack } from 'svelte';
import type { Profile, Range } from '$lib/columns/types';
import { engineFailure } from '$lib/engine/messages';
import type {
  ColumnView,
  CategoryView,
  DatasetSummary,
  EngineApi,
  EngineEvents,
  Narrowed,
  OpenSource,
  Progress,
  RecordQuery,
  TaskName,
  Views,
} from '$lib/engine/protocol';
import { translate, type Lang } from '$lib/i18n';
import { failureText } from '$lib/i18n/failure';
import { formatLoss } from '$lib/i18n/format';
import { locale, t } from '$lib/i18n/locale.svelte';
import { applyMap, mapText, parseMap } from '$lib/record/mapping';
import type { Mapping } from '$lib/record/types';
import type { Recipe, Step, StepCount } from '$lib/recipe/types';
import * as edit from './edit';
import { Arrangement } from './arrangement.svelte';
import { History } from './history';
import { funnelHeld } from './spine/funnel';
import { fromHash, toHash, type Saved } from './link';
import { Live } from './live.svelte';
import { stepName } from './names';
import { Persisted } from './persisted.svelte';
import { rewrites, shifts, type Counted } from './shift';
import { problemFailure, readRecipe, writeRecipe } from './text';

/** What the page needs of `createEngine()`. */
export interface EngineLink {
  api: EngineApi;
  on<K extends keyof EngineEvents>(event: K, handler: (value: EngineEvents[K]) => void): () => void;
}

export type Theme = 'system' | 'light' | 'dark';
/** `line`: on both sides of a cut; `changed`: a text step's before and after. */
export type Tab = 'line' | 'changed' | 'all' | 'dropped' | 'kept';

/** What is pointed at: it narrows the inspector and mutes what does not belong to it. */
export interface Focus {
  query: Pick<RecordQuery, 'step' | 'column' | 'category' | 'finding' | 'places'>;
  /** In words, for the inspector's head. */
  title: string;
  /** A cut's end: the inspector then shows the records on the line. */
  line?: { column: string; at: number; side: 'min' | 'max' };
  /** A text step: the inspector then shows what it changes. */
  preview?: number;
}

/** Something the reader must know; `action` is offered as one word. */
export interface Notice {
  id: number;
  kind: 'error' | 'note';
  /** In the language of the page as it is now. */
  readonly message: string;
  /** `label` is a message's key. */
  action?: { label: string; run(): void };
}

export interface EditOptions {
  /** For undo: what was done. */
  label?: string;
  /** Edits of one key in quick succession are undone as one. */
  key?: string;
}

/** A note goes by itself; an error stays until it is dismissed. */
const NOTE_MS = 15_000;

const KEY = Symbol('notebook');

/** The page's state: what was opened, the recipe and its history, what is pointed at, and the line to the engine. */
export class Notebook {
  /** The engine's requests. Wrap long ones in `ask`, so that `idle` waits for them. */
  readonly engine: EngineApi;
  readonly live = new Live();
  readonly cells = new Arrangement();

  dataset = $state.raw<DatasetSummary | null>(null);
  views = $state.raw<Views | null>(null);
  status = $state<'starting' | 'empty' | 'opening' | 'ready' | 'failed'>('starting');
  /** Name of what is being opened. */
  openingName = $state('');
  /** Why nothing could be opened: for the error state. */
  failure = $state.raw<{ error: Error; name: string } | null>(null);
  progress = $state.raw<ReadonlyMap<TaskName, Progress>>(new Map());
  notices = $state.raw<Notice[]>([]);
  /** Index of the step in hand. */
  selected = $state<number | null>(null);
  /** Is the inspector drawn out (where the window is too narrow for three columns)? */
  drawer = $state(false);
  focus = $state.raw<Focus | null>(null);
  /** What every view has of the records pointed at; null while nothing narrows them. */
  narrowed = $state.raw<Narrowed | null>(null);
  tab = $state<Tab>('all');
  search = $state('');
  /** Grows whenever records on screen may be out of date. */
  version = $state(0);

  #draft = $state.raw<edit.Draft>({ recipe: edit.emptyRecipe(), paused: [] });
  #undo = $state.raw<{ undo: string | null; redo: string | null }>({ undo: null, redo: null });
  #history = new History<edit.Draft>({ recipe: edit.emptyRecipe(), paused: [] });
  #pending = $state(0);
  #waiting: (() => void)[] = [];
  #notice = 0;
  #opening = 0;
  #saveTimer: ReturnType<typeof setTimeout> | undefined;
  #theme = new Persisted<Theme>('theme', 'system', (v) => v === 'system' || v === 'light' || v === 'dark');
  #lang = new Persisted<Lang | null>('lang', null, (v) => v === 'en' || v === 'zh');

  #columns = $derived(new Map((this.views?.columns ?? []).map((view) => [view.id, view])));
  #parts = $derived(this.narrowed && new Map(this.narrowed.views.map((view) => [view.id, view])));
  #categories = $derived(new Map((this.views?.categories ?? []).map((view) => [view.by, view])));
  /** Is anything running? */
  readonly busy = $derived(this.#pending > 0 || [...this.progress.values()].some((p) => !p.finished));
  /** The step whose handle is held; -1 for none, or one that is not in the recipe yet. */
  #heldStep = $derived(this.live.column === null ? -1 : edit.cutIndex(this.#draft.recipe.steps, this.live.column));
  /** What every step keeps and drops: live while a handle is held. */
  readonly funnel = $derived.by((): StepCount[] => {
    const counts = this.views?.counts;
    const { kept, tick } = this.live;
    const step = this.#heldStep;
    if (!counts || kept === null || step < 0 || tick === 0) return counts?.steps ?? [];
    return funnelHeld(this.#draft.recipe.steps, counts, {
      step,
      kept,
      dropped: (index) => this.live.dropped(index),
      classes: (by) => {
        const names = this.category(by)?.names;
        const bins = this.live.bins(`category:${by}`);
        return names && bins ? { names, kept: bins } : null;
      },
    });
  });
  /** Records kept now: live while a handle is held. */
  readonly kept = $derived.by(() => {
    const { kept } = this.live;
    if (kept === null) return this.views?.counts.kept ?? 0;
    return this.#heldStep < 0 ? kept : (this.funnel.at(-1)?.kept ?? kept);
  });

  constructor(engine: EngineLink) {
    this.engine = engine.api;
    engine.on('dataset', (dataset) => {
      if (this.status !== 'failed') this.dataset = dataset;
    });
    engine.on('views', (views) => this.#receive(views));
    engine.on('progress', (progress) => this.#proceed(progress));
    engine.on('notice', ({ code }) => this.note(() => t(`notice.${code}`)));
  }

  // ---- what is known ----

  get recipe(): Recipe {
    return this.#draft.recipe;
  }
  /** Steps that are switched off, each with the place it stands at. */
  get paused(): readonly edit.Paused[] {
    return this.#draft.paused;
  }
  get recipeText(): string {
    return writeRecipe(this.#draft.recipe);
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
    const step = edit.cutIndex(this.#draft.recipe.steps, id);
    if (this.live.column === id) return { step, ...edit.ordered({ min: this.live.min, max: this.live.max }) };
    if (step < 0) return null;
    const { min, max } = (this.#draft.recipe.steps[step] as { cut: Range }).cut;
    return { step, ...edit.ordered({ min, max }) };
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
  /** Index of the first step of this kind, or -1. */
  stepIndex(kind: ReturnType<typeof edit.kindOf>): number {
    return this.#draft.recipe.steps.findIndex((step) => edit.kindOf(step) === kind);
  }

  // ---- editing the recipe ----

  /** Changes the recipe: a function that changes a copy, or a whole new recipe. Undoable; the engine is told. */
  edit(change: Recipe | ((recipe: Recipe) => Recipe | void), options: EditOptions = {}): void {
    const copy = structuredClone(this.#draft.recipe);
    const recipe = typeof change === 'function' ? (change(copy) ?? copy) : change;
    const paused = this.#draft.paused.map((p) => ({ ...p, before: Math.min(p.before, recipe.steps.length) }));
    this.#commit({ recipe, paused }, options);
  }

  /** Sets a column's cut; null takes it away. Equal cuts change nothing. */
  setCut(column: string, range: Range | null, options: EditOptions = {}): void {
    this.#commit(edit.withCut(this.#draft, column, range), { key: `cut:${column}`, ...options });
  }
  /** Adds a step at its usual place (or before `at`) and takes it in hand; returns its index. */
  addStep(step: Step, at?: number): number {
    const { draft, index } = edit.inserted(this.#draft, step, at);
    if (rewrites(step) && this.views)
      this.#rewritten = { step, before: { steps: this.#draft.recipe.steps, counts: this.views.counts.steps } };
    this.#commit(draft, { label: edit.kindOf(step) });
    this.selected = index;
    return index;
  }
  #rewritten: { step: Step; before: Counted } | null = null;
  /** A text step put before others changes what those measure: where it changes their counts, the reader is told. */
  #tellShifts(): void {
    const { steps } = this.#draft.recipe;
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
  removeStep(index: number): void {
    const step = this.#draft.recipe.steps[index];
    if (!step) return;
    this.#commit(edit.removed(this.#draft, index), { label: edit.kindOf(step) });
    if (this.selected === index) this.selected = null;
    else if (this.selected !== null && this.selected > index) this.selected--;
    if (this.focus?.query.step !== undefined) this.point(null);
  }
  moveStep(from: number, to: number): void {
    if (from === to || to < 0 || to >= this.#draft.recipe.steps.length) return;
    this.#commit(edit.moved(this.#draft, from, to), {});
    if (this.selected === from) this.selected = to;
  }
  updateStep(index: number, step: Step, options: EditOptions = {}): void {
    this.#commit(edit.replaced(this.#draft, index, step), { key: `step:${index}`, ...options });
  }
  /** Switches a step off, to be switched on again where it stood. */
  pauseStep(index: number): void {
    this.#commit(edit.paused(this.#draft, index), {});
    this.selected = null;
  }
  resumeStep(which: number): void {
    this.#commit(edit.resumed(this.#draft, which), {});
  }

  get undoLabel(): string | null {
    return this.#undo.undo;
  }
  get redoLabel(): string | null {
    return this.#undo.redo;
  }
  undo(): void {
    const draft = this.#history.undo();
    if (draft) this.#adopt(draft);
  }
  redo(): void {
    const draft = this.#history.redo();
    if (draft) this.#adopt(draft);
  }

  #commit(draft: edit.Draft, options: EditOptions): void {
    if (edit.same(draft, this.#draft)) return;
    this.#history.push(draft, options.label ?? '', options.key ?? null);
    this.#adopt(draft);
  }

  #adopt(draft: edit.Draft): void {
    const source = !edit.same(draft.recipe.source, this.#draft.recipe.source);
    this.#draft = draft;
    this.#undo = { undo: this.#history.undoLabel, redo: this.#history.redoLabel };
    if (this.selected !== null && this.selected >= draft.recipe.steps.length) this.selected = null;
    this.#keep();
    void this.#apply(source, this.status === 'ready');
  }

  /** Tells the engine; the newest recipe wins. */
  async #apply(remap = false, byHand = false): Promise<void> {
    if (!this.dataset && this.status !== 'opening') return;
    const start = performance.now();
    try {
      if (remap && this.dataset && this.status === 'ready') {
        const mapping = this.#mappingOf(this.#draft.recipe, this.dataset);
        if (!edit.same(mapping, this.dataset.mapping))
          this.dataset = await this.#track(this.engine.setMapping(mapping));
      }
      const views = await this.#track(this.engine.setRecipe($state.snapshot(this.#draft.recipe) as Recipe));
      this.#receive(views);
      this.#tellShifts();
      if (byHand) this.#painted(start, views.work);
    } catch (error) {
      if ((error as Error).name !== 'Superseded' && this.#release) {
        this.#release = false;
        this.live.end();
      }
      if (this.status !== 'opening') this.#fault(error);
    }
  }

  // ---- dragging a handle ----

  /** A handle was taken: every chart follows from arrays until `endDrag`. */
  async beginDrag(column: string): Promise<void> {
    const cut = this.cut(column);
    this.live.begin(column, cut?.min, cut?.max);
    try {
      const steps = this.#draft.recipe.steps.flatMap((step) =>
        'balance' in step ? [`category:${step.balance.by}`] : [],
      );
      const views = [...this.#seen.keys(), 'total_tokens', ...steps];
      this.#asked = new Set(views);
      this.live.attach(await this.#track(this.engine.beginDrag(column, views)));
      this.#follow();
    } catch (error) {
      this.#fault(error);
    }
  }
  /** Views on screen: the only ones that follow a handle while it is held. */
  #seen = new Map<string, number>();
  /** Views asked for since the handle was taken. */
  #asked = new Set<string>();
  #following = false;
  /** A view (a column's id, or `category:BY`) is on screen; returns how to say that it is not any more. */
  sees(id: string): () => void {
    this.#seen.set(id, (this.#seen.get(id) ?? 0) + 1);
    if (untrack(() => this.live.kept) !== null) this.#follow();
    return () => {
      const left = (this.#seen.get(id) ?? 1) - 1;
      if (left > 0) this.#seen.set(id, left);
      else this.#seen.delete(id);
    };
  }
  /** Views that came on screen while a handle is held are asked for too. */
  #follow(): void {
    if (this.#following) return;
    this.#following = true;
    queueMicrotask(() => {
      this.#following = false;
      const { column, kept } = this.live;
      const missing = [...this.#seen.keys()].filter((id) => !this.#asked.has(id));
      if (column === null || kept === null || missing.length === 0) return;
      missing.forEach((id) => this.#asked.add(id));
      this.#track(this.engine.beginDrag(column, missing)).then(
        (index) => this.live.attach(index),
        (error: unknown) => this.#fault(error),
      );
    });
  }
  /** The handle stands here now; it takes the nearest value for which the live counts are exact. */
  moveDrag(min: number | undefined, max: number | undefined): void {
    const start = performance.now();
    const snap = (end: number | undefined) => (end === undefined ? undefined : this.live.snap(end));
    this.live.move(snap(min), snap(max));
    this.#painted(start, this.live.work);
  }
  /** The handle was let go: the exact cut is committed (or, with false, thrown away). */
  endDrag(commit = true): void {
    const { column, min, max } = this.live;
    if (column === null) return;
    if (!commit) return this.live.end();
    const before = this.#draft;
    this.setCut(column, { min, max }, { key: undefined });
    if (before === this.#draft) this.live.end();
    else this.#releaseWhenExact();
  }
  #release = false;
  /** Live counts stay on screen until the exact ones are there, so nothing jumps. */
  #releaseWhenExact(): void {
    this.#release = true;
  }

  #measuring = false;
  /** Measures from `start` until the frame that shows the change was handed to the screen. */
  #painted(start: number, work: number): void {
    if (this.#measuring || typeof requestAnimationFrame === 'undefined') return;
    this.#measuring = true;
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => {
        port1.close();
        this.#measuring = false;
        performance.measure('siftbook:cut', { start, end: performance.now(), detail: { work } });
      };
      port2.postMessage(0);
    });
  }

  // ---- what is pointed at ----

  /** Points at something (a bar, a class, a finding, a step): inspector and views follow. Null points at nothing. */
  point(focus: Focus | null, tab?: Tab): void {
    this.focus = focus;
    if (focus && tab) this.drawer = true;
    const now = this.tab === 'line' || this.tab === 'changed' ? 'all' : this.tab;
    this.tab = tab ?? (focus?.line ? 'line' : focus?.preview !== undefined ? 'changed' : now);
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
      const narrowed = await this.#track(this.engine.narrow($state.snapshot(query) as Focus['query']));
      if (this.focus === focus) this.narrowed = narrowed;
    } catch (error) {
      this.#fault(error);
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
      this.dataset = await this.#track(this.engine.setProfile(profile));
      await this.#apply();
    } catch (error) {
      this.#fault(error);
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

  /** Opens files, a URL, or what is stored. The recipe starts anew unless it is to be kept; undo brings the old one back. */
  async open(sources: OpenSource[], options: { recipe?: edit.Draft | 'keep' } = {}): Promise<void> {
    const turn = ++this.#opening;
    const before = this.status === 'ready' ? this.dataset : null;
    const old = { draft: this.#draft, history: this.#history, detected: this.#detected };
    this.#history = this.#history.copy();
    this.status = 'opening';
    this.openingName = nameOf(sources);
    this.failure = null;
    this.views = null;
    this.dataset = null;
    this.focus = null;
    this.selected = null;
    this.live.end();
    if (options.recipe !== 'keep') {
      const fresh = options.recipe ?? { recipe: edit.emptyRecipe(), paused: [] };
      if (!edit.same(fresh, this.#draft)) {
        if (this.#draft.recipe.steps.length && before) {
          this.note(() => t('notice.recipe-set-aside', { name: before.name }), {
            label: 'notice.use-it-here',
            run: () => this.#commit({ ...old.draft, recipe: { ...old.draft.recipe, source: undefined } }, {}),
          });
        }
        this.#history.push(fresh, '');
        this.#draft = fresh;
        this.#undo = { undo: this.#history.undoLabel, redo: this.#history.redoLabel };
      }
    }
    try {
      const opened = this.#track(this.engine.open(sources));
      void this.#apply();
      const dataset = await opened;
      if (turn !== this.#opening) return;
      this.dataset = dataset;
      this.#detected = dataset.detected;
      this.status = 'ready';
      await this.#apply(!!this.#draft.recipe.source);
      this.#keep();
    } catch (error) {
      if (turn !== this.#opening) return;
      if (blamesRecipe(error) && (this.#draft.recipe.steps.length || this.#draft.recipe.source)) {
        // The data can be read; what the recipe asks of it is not there.
        this.#fault(error);
        return this.open(sources);
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
    old: { draft: edit.Draft; history: History<edit.Draft>; detected: Mapping | null },
  ): Promise<void> {
    const name = nameOf(sources);
    const stopped = error.name === 'AbortError';
    if (stopped && (this.dataset as DatasetSummary | null)?.rows) {
      this.status = 'ready';
      return this.#apply();
    }
    if (!before) {
      this.dataset = null;
      this.failure = stopped ? null : { error, name };
      this.status = stopped ? 'empty' : 'failed';
      return;
    }
    this.dataset = before;
    this.#detected = old.detected;
    this.#history = old.history;
    this.#draft = old.draft;
    this.#undo = { undo: this.#history.undoLabel, redo: this.#history.redoLabel };
    this.status = 'ready';
    this.notices = this.notices.filter((notice) => notice.kind === 'error');
    if (!stopped)
      this.#fault(error, (lang) => translate(lang, 'error.not-opened', { name, message: failureText(lang, error) }));
    await this.#apply();
  }

  /** Stops the task in hand; what is done so far stays. */
  async cancel(task: TaskName): Promise<void> {
    try {
      await this.engine.cancel(task);
    } catch (error) {
      this.#fault(error);
    }
  }

  /** First opening of the page: what the address says, else what was stored, else the demo. */
  async start(address: URL, demo: () => Promise<OpenSource>): Promise<void> {
    this.readAddress(address);
    const url = address.searchParams.get('dataset');
    const stored = await this.engine.restored().catch(() => null);
    const saved = readSaved(stored?.recipeText ?? null);
    const linked = await this.#linkedRecipe(address);
    const own: edit.Draft | undefined = linked
      ? { recipe: linked, paused: saved && edit.same(saved.recipe, linked) ? saved.paused : [] }
      : undefined;
    if (url) return this.open([{ kind: 'url', url: new URL(url, address).href }], { recipe: own });
    if (stored) {
      try {
        return await this.open([{ kind: 'stored' }], { recipe: own ?? saved ?? undefined });
      } catch {
        this.note(() => t('notice.not-restored', { name: stored.name }));
      }
    }
    return this.open([await demo()], { recipe: own });
  }

  async #linkedRecipe(address: URL): Promise<Recipe | null> {
    let text = fromHash(address.hash);
    const url = address.searchParams.get('recipe');
    if (!text && url) {
      try {
        const answer = await fetch(new URL(url, address)).catch(() => {
          throw engineFailure('engine.unreachable', { url });
        });
        if (!answer.ok) throw engineFailure('engine.status', { url, status: String(answer.status) });
        text = await answer.text();
      } catch (error) {
        this.#fault(error);
      }
    }
    if (!text) return null;
    const { recipe, problems } = readRecipe(text);
    if (!recipe) this.#fault(problemFailure(problems[0]));
    return recipe;
  }

  /** What a recipe may name, where data is open. */
  #known(): { columns?: string[]; fields?: string[] } {
    return {
      columns: this.dataset?.columns.map((column) => column.id),
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

  // ---- language, theme, address ----

  get lang(): Lang {
    return locale.lang;
  }
  set lang(lang: Lang) {
    locale.lang = lang;
    this.#lang.value = lang;
  }
  get theme(): Theme {
    return this.#theme.value;
  }
  set theme(theme: Theme) {
    this.#theme.value = theme;
  }

  /** `?lang=`, else the kept choice, else the browser's. */
  readAddress(address: URL): void {
    const asked = address.searchParams.get('lang');
    const browser = typeof navigator !== 'undefined' && navigator.language.startsWith('zh') ? 'zh' : 'en';
    locale.lang = asked === 'zh' || asked === 'en' ? asked : (this.#lang.value ?? browser);
  }

  /** The address's `#…` for the recipe as it stands. */
  get hash(): string {
    const { recipe } = this.#draft;
    return recipe.steps.length || recipe.source ? toHash(recipe) : '';
  }

  /** The address was changed by hand: take the recipe it holds. */
  followHash(hash: string): void {
    const text = fromHash(hash);
    if (hash === this.hash || !text) return;
    const { recipe, problems } = readRecipe(text, this.#known());
    if (!recipe) this.#fault(problemFailure(problems[0]));
    else if (!edit.same(recipe, this.#draft.recipe)) this.edit(recipe, { label: t('recipe.title') });
  }

  // ---- notices, progress, quiet ----

  /** Tells the reader something that stops nothing; it goes by itself. */
  note(say: () => string, action?: Notice['action']): void {
    const id = this.#tell('note', say, action);
    setTimeout(() => this.dismiss(id), NOTE_MS);
  }
  #tell(kind: Notice['kind'], say: () => string, action?: Notice['action']): number {
    const id = ++this.#notice;
    const notice: Notice = {
      id,
      kind,
      action,
      get message() {
        return say();
      },
    };
    this.notices = [...this.notices.slice(-3), notice];
    return id;
  }
  dismiss(id: number): void {
    this.notices = this.notices.filter((notice) => notice.id !== id);
  }
  /** Shows an error to the reader; what was merely overtaken or cancelled is no error. */
  fault(error: unknown): void {
    this.#fault(error);
  }
  #fault(thrown: unknown, say = failureText as (lang: Lang, error: Error) => string): void {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    if (error.name === 'Superseded' || error.name === 'AbortError') return;
    // What is asked while columns are measured anew is asked again as soon as they are there.
    const early = 'key' in error && error.key === 'engine.not-measured';
    if (early && (this.status === 'opening' || this.progress.size > 0)) return;
    const message = say(locale.lang, error);
    if (this.notices.some((notice) => notice.message === message)) return;
    this.#tell('error', () => say(locale.lang, error));
  }

  #proceed(progress: Progress): void {
    const next = new Map(this.progress);
    if (progress.finished) next.delete(progress.task);
    else next.set(progress.task, progress);
    this.progress = next;
    this.#settle();
  }

  #receive(views: Views): void {
    if (this.views && views.version < this.views.version) return;
    this.views = views;
    this.version++;
    if (this.#release) {
      this.#release = false;
      this.live.end();
    }
    void this.#narrow();
  }

  /** Counts a call to the engine as work until it has answered. */
  async #track<T>(call: Promise<T>): Promise<T> {
    // Asked from inside an effect, the count must not become what the effect depends on.
    untrack(() => this.#pending++);
    try {
      return await call;
    } finally {
      this.#pending--;
      this.#settle();
    }
  }
  /** A request whose work counts for `idle`. */
  ask<T>(call: Promise<T>): Promise<T> {
    return this.#track(call);
  }

  #settle(): void {
    if (this.busy) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    queueMicrotask(() => waiting.forEach((resolve) => (this.busy ? this.#waiting.push(resolve) : resolve())));
  }

  /** Resolves when nothing is running and the work in hand is kept. */
  async idle(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#waiting.push(resolve);
      setTimeout(() => this.#settle(), 0);
    });
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
    const work: Saved = { recipe: this.#draft.recipe, paused: [...this.#draft.paused] };
    await this.engine.saveRecipe(JSON.stringify(work));
  }
}

/** Is it the recipe that asks for what this data does not have? */
function blamesRecipe(error: unknown): boolean {
  const key = (error as { key?: unknown }).key;
  return typeof key === 'string' && /^(map\.|recipe\.|columns\.|engine\.no-category)/.test(key);
}

/** Does it mean some of the records? A cut's line or a whole column means them all. */
function narrows({ query, line }: Focus): boolean {
  const { step, column, category, finding, places } = query;
  if (line) return false;
  const part = column && (column.min !== undefined || column.max !== undefined);
  return step !== undefined || !!part || !!category || finding !== undefined || places !== undefined;
}

function readSaved(text: string | null): edit.Draft | null {
  if (!text) return null;
  try {
    const work = JSON.parse(text) as Saved;
    return Array.isArray(work.recipe?.steps) ? { recipe: work.recipe, paused: work.paused ?? [] } : null;
  } catch {
    const { recipe } = readRecipe(text);
    return recipe && { recipe, paused: [] };
  }
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
