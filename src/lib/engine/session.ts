/** The engine itself: opens, measures, judges, answers. Knows nothing of how it is reached. */
import { tokenColumns } from '$lib/columns';
import { detectAll } from '$lib/health/summary';
import { MAP_KEYS } from '$lib/record/mapping';
import type { Batch, Mapping } from '$lib/record/types';
import { Collector } from '$lib/recipe/collect';
import { decide } from '$lib/recipe/decide';
import { compile, type Needs } from '$lib/recipe/plan';
import { suggestRecipe } from '$lib/recipe/suggest';
import { mapOfRecipe, SAMPLE_ROWS, see, type Seen } from '$lib/recipe/sample';
import type { Recipe } from '$lib/recipe/types';
import type { Profile } from '$lib/columns/types';
import { Charts, type ChartCut } from './charts';
import { Dataset, detached, type Slice } from './dataset';
import { blockedBy, judgeablePlan, keptBytes } from './judge';
import type { MeasureApi } from './measure-api';
import { baseColumn, shownBy } from './needs';
import { fieldSummaries, readFiles } from './opening';
import { LATER, NORMAL, Pool, URGENT } from './pool';
import { Pace } from './pace';
import type { DatasetSummary, OpenSource, Restorable, TaskName, Views } from './protocol';
import { Cancelled, Superseded } from './rpc';
import type { Judged, Opened, Surroundings } from './state';
import { StorageError } from './storage';
import { Table } from './table';
import { breathe, throttled } from './turns';
import { makeViews } from './views';
import { engineFailure } from './messages';

/** Records a worker measures at once: few, so that whoever asks for something urgent waits half a second at most. */
const SLICE = 2048;
/** The very first slice: a histogram before anything else. */
const FIRST_SLICE = 256;
/** Views are made afresh whenever this many times more records are measured: all of them cost a third more than the last. */
const GROWTH = 4;
/** Up to here findings are counted anew with every recipe; beyond, shortly after. */
const PROMPT_FINDINGS = 100_000;
const NOTHING: Recipe = { siftbook: 1, seed: 0, steps: [] };

export class Session {
  readonly pool: Pool<MeasureApi>;
  readonly around: Surroundings;
  /** Null while nothing is open. */
  opened: Opened | null = null;
  #recipe: Recipe = NOTHING;
  #version = 0;
  #ids = 0;
  /** The opening whose first records are not read yet; what is open is on its way out. */
  #replacing: AbortController | null = null;
  #tasks = new Map<TaskName, AbortController>();
  #judging: Promise<unknown> = Promise.resolve();
  #background = new Set<Promise<unknown>>();
  #later: ReturnType<typeof setTimeout> | null = null;

  constructor(around: Surroundings) {
    this.around = around;
    this.pool = new Pool(around.spawn, around.workers, (error) =>
      around.emit('notice', { code: 'worker', message: `A worker failed and was replaced (${error.message}).` }),
    );
  }

  /** @throws Error where nothing is open yet */
  get current(): Opened {
    if (!this.opened) throw engineFailure('engine.not-open');
    return this.opened;
  }

  get recipe(): Recipe {
    return this.#recipe;
  }

  // ---- opening ----

  /** Opens files. What was open stays until the first records of the new dataset are read. */
  async open(sources: OpenSource[], signal: AbortSignal): Promise<DatasetSummary> {
    const start = Date.now();
    const life = new AbortController();
    this.#replacing = life;
    const stop = () => life.abort(new Cancelled());
    signal.addEventListener('abort', stop, { once: true });
    this.#tasks.set('open', life);
    const pace = new Pace('open', this.around);
    let pass: FirstPass | null = null;
    try {
      const files = await this.#resolve(sources, life.signal);
      this.pool.warm();
      const dataset = new Dataset(`dataset-${++this.#ids}`, files.map(({ name }) => name).join(', '));
      const first = new First(start, this.around);
      const reading = new FirstPass(this, dataset, files, life, first);
      pass = reading;
      await readFiles(
        dataset,
        files,
        () => this.around.parquet(),
        (batch) => reading.add(batch),
        () => pace.at(dataset.bytesRead, dataset.bytes),
        life.signal,
      );
      reading.see();
      pace.finish(dataset.bytes);
      this.emitDataset();
      await reading.finished();
      const detail = { rows: dataset.rows };
      this.around.emit('measured', { name: 'siftbook:columns', start, end: Date.now(), detail });
      await this.#complete(life.signal);
      if (!sources.some(({ kind }) => kind === 'stored')) this.#follow(this.#store(files, life.signal));
      return this.summary();
    } catch (error) {
      // Mapped anew before everything was measured: the dataset is whole when that is done.
      if (signal.aborted || !pass || this.opened?.dataset !== pass.dataset || this.opened.life === life) throw error;
      await this.#remapping;
      return this.summary();
    } finally {
      signal.removeEventListener('abort', stop);
      if (this.#replacing === life) this.#replacing = null;
      pace.finish();
      pass?.pace.finish();
    }
  }

  /** A new dataset takes the place of the one that is open. */
  replace(opened: Opened): void {
    this.#end(opened);
    this.#replacing = null;
    this.#tasks.set('open', opened.life);
    this.#tasks.set('columns', opened.life);
    this.opened = opened;
  }

  async #resolve(sources: OpenSource[], signal: AbortSignal): Promise<{ name: string; blob: Blob }[]> {
    const files: { name: string; blob: Blob }[] = [];
    for (const source of sources) {
      if (source.kind === 'file') files.push({ name: source.file.name, blob: source.file });
      else if (source.kind === 'url') files.push(await this.around.fetch(source.url, signal));
      else {
        const stored = await this.around.storage?.restore();
        if (!stored) throw engineFailure('engine.nothing-stored');
        files.push(...stored.files.map((file) => ({ name: file.name, blob: file })));
      }
    }
    if (files.length === 0) throw engineFailure('engine.nothing-given');
    return files;
  }

  /** Ends the work on what was open; a recipe that maps the same dataset anew goes on. */
  #end({ life, dataset }: Opened): void {
    const same = this.opened?.dataset === dataset;
    this.opened?.life.abort(new Cancelled());
    for (const [name, task] of this.#tasks) {
      if (same && name === 'recipe') continue;
      if (task !== life) task.abort(new Cancelled());
      this.#tasks.delete(name);
    }
    if (this.#later) clearTimeout(this.#later);
    this.#later = null;
  }

  /** The last views of the first pass, then what may come later: tokens, storing. */
  async #complete(signal: AbortSignal): Promise<void> {
    const opened = this.current;
    this.#findings(opened);
    opened.fields = fieldSummaries(opened.dataset, opened.table.fields(true));
    await breathe(signal);
    await this.refresh(signal);
    this.emitDataset();
    this.#exact = this.#tokens(opened);
    this.#exact.catch(() => undefined);
    this.#follow(this.#exact);
  }

  #findings(opened: Opened): void {
    const { table, dataset } = opened;
    if (dataset.complete || table.rows <= PROMPT_FINDINGS) opened.findings = detectAll(table.health, table.ids);
  }

  /** Views of what is measured so far; called now and then while records come in. */
  async partial(): Promise<void> {
    const opened = this.current;
    this.#findings(opened);
    if (opened.table.rows <= PROMPT_FINDINGS)
      opened.fields = fieldSummaries(opened.dataset, opened.table.fields(false));
    await this.refresh(opened.life.signal);
    this.emitDataset();
  }

  /** Exact tokens in place of the estimates, in the background. */
  async #tokens(opened: Opened): Promise<void> {
    const { table, dataset, mapping, life } = opened;
    const stop = new AbortController();
    life.signal.addEventListener('abort', () => stop.abort(new Cancelled()), { once: true });
    this.#tasks.set('tokens', stop);
    const columns = tokenColumns.map(({ id }) => baseColumn(id, mapping));
    const pace = new Pace('tokens', this.around);
    try {
      let done = 0;
      const needs = { columns, groups: [], classes: [] };
      await this.#each(dataset.slices(0, SLICE / 2), LATER, stop.signal, async (api, batch) => {
        const measures = await api.needs(batch, mapping, NOTHING, needs);
        table.acceptTokens(measures.first, measures.columns);
        pace.at((done += measures.rows), dataset.rows);
      });
      table.finishTokens();
      await this.refresh(stop.signal);
      this.emitDataset();
    } finally {
      pace.finish();
      // The tokenizers take more memory than anything else a worker holds.
      this.pool.rest();
    }
  }

  #exact: Promise<void> = Promise.resolve();

  /** Resolves when the token columns a recipe cuts are no estimates any more. */
  async exactTokens(recipe: Recipe, signal: AbortSignal): Promise<void> {
    const ids: string[] = tokenColumns.map(({ id }) => id);
    if (!this.current.table.estimated || !cutsOf(recipe).some(({ column }) => ids.includes(column))) return;
    await this.#exact;
    signal.throwIfAborted();
    if (!this.current.table.estimated) return;
    this.#exact = this.#tokens(this.current);
    await this.#exact;
  }

  async #store(files: readonly { name: string; blob: Blob }[], signal: AbortSignal): Promise<void> {
    const { storage } = this.around;
    if (!storage) return;
    try {
      await storage.keep(files, signal);
    } catch (error) {
      this.#told(error);
    }
  }

  #told(error: unknown): void {
    if (!(error instanceof StorageError)) throw error;
    this.around.emit('notice', { code: `storage-${error.code}`, message: error.message });
  }

  // ---- measuring ----

  /** Sends a copy of each slice to a worker; at most two slices a worker are on their way. */
  async #each(
    slices: Iterable<Slice>,
    priority: number,
    signal: AbortSignal,
    work: (api: MeasureApi, batch: Batch) => Promise<void>,
  ): Promise<void> {
    const busy = new Set<Promise<void>>();
    const failed: unknown[] = [];
    for (const slice of slices) {
      const task: Promise<void> = this.pool
        .run((api) => work(api, detached(slice)), priority, signal)
        .catch((error: unknown) => void failed.push(error))
        .finally(() => busy.delete(task));
      busy.add(task);
      if (busy.size >= this.pool.size * 2) await Promise.race(busy);
      if (failed.length > 0) break;
    }
    await Promise.all(busy);
    if (failed.length > 0) throw failed[0];
    signal.throwIfAborted();
  }

  /** Measures what is needed and not there: base columns are handed over, the rest goes to the workers. */
  async ensure(recipe: Recipe, needs: Omit<Needs, 'stages'>, priority: number, signal: AbortSignal): Promise<void> {
    const { table, dataset, mapping } = this.current;
    const { measured } = table;
    const columns = needs.columns.filter((need) => !measured.has(need) && !table.offerColumn(need));
    const groups = needs.groups.filter((need) => !measured.has(need));
    const classes = needs.classes.filter((need) => !measured.has(need) && !table.offerClasses(need));
    if (columns.length + groups.length + classes.length === 0 || table.rows < dataset.rows) return;
    const missing = { columns, groups, classes };
    const collector = new Collector({ stages: compile(recipe, mapping).stages, ...missing });
    const pace = new Pace('recipe', this.around);
    let done = 0;
    try {
      await this.#each(dataset.slices(0, SLICE), priority, signal, async (api, batch) => {
        const measures = await api.needs(batch, mapping, recipe, missing);
        collector.add(measures);
        pace.at((done += measures.rows), dataset.rows);
      });
      collector.into(measured);
    } finally {
      pace.finish();
    }
  }

  // ---- judging ----

  /** Judges a recipe and answers with its views; the mapping follows the recipe's source. */
  async setRecipe(recipe: Recipe, signal: AbortSignal): Promise<Views> {
    this.#recipe = recipe;
    // The new dataset is judged by it as soon as there is something to judge.
    if (this.#replacing) throw new Superseded('opening');
    const { dataset } = this.current;
    const stop = new AbortController();
    signal.addEventListener('abort', () => stop.abort(signal.reason), { once: true });
    this.#tasks.get('recipe')?.abort(new Cancelled());
    this.#tasks.set('recipe', stop);
    if (dataset.complete) await this.#followSource(recipe, stop.signal);
    const { mapping } = this.current;
    if (dataset.complete) await this.ensure(recipe, compile(recipe, mapping), URGENT, stop.signal);
    const judged = await this.#inTurn(() => this.#judge(recipe, stop.signal));
    this.#follow(this.#shownLater(recipe, stop.signal));
    return judged.views;
  }

  /** Judges the current recipe again and tells the page. */
  async refresh(signal: AbortSignal): Promise<void> {
    const { mapping, dataset } = this.current;
    const recipe = this.#recipe;
    if (dataset.complete) await this.ensure(recipe, compile(recipe, mapping), URGENT, signal);
    const { views } = await this.#inTurn(() => this.#judge(this.#recipe, signal));
    this.around.emit('views', views);
  }

  /** One judgement at a time: they share the charts. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const next = this.#judging.then(work, work);
    this.#judging = next.catch(() => undefined);
    return next;
  }

  async #judge(recipe: Recipe, signal: AbortSignal): Promise<Judged> {
    signal.throwIfAborted();
    const opened = this.current;
    const start = performance.now();
    const { table, mapping, profile } = opened;
    const { measured } = table;
    if (opened.charts.rows !== table.rows) opened.charts = new Charts(table.rows);
    const { charts } = opened;
    for (const need of compile(recipe, mapping).columns) if (!measured.has(need)) table.offerColumn(need);
    for (const need of compile(recipe, mapping).classes) if (!measured.has(need)) table.offerClasses(need);
    const plan = judgeablePlan(recipe, mapping, measured);
    const decision = decide(plan, measured);

    const shown = shownBy(recipe, mapping, table.ids, table.categories());
    const valuesOf = ({ need }: (typeof shown.columns)[number]) => {
      const here = table.isBase(need) || !measured.has(need) ? null : need;
      return {
        id: need.column,
        version: here ? `${here.signature}/${table.rows}` : table.version(need.column),
        values: () => (here ? measured.column(here) : table.base(need.column)),
        bytes: () => (here ? null : table.health.flagBytes(need.column)),
      };
    };
    const columns = shown.columns.map(valuesOf);
    const categories = shown.categories.flatMap(({ by, need }) => {
      if (!measured.has(need) && !table.offerClasses(need)) return [];
      const version = `${JSON.stringify(need)}/${table.rows}`;
      return [{ by, version, classes: () => measured.classes(need) }];
    });
    await charts.prepare(columns, categories, signal);
    const byId = new Map(columns.map((column) => [column.id, column]));
    const cuts = cutsOf(recipe).map(({ step, column, min, max }): ChartCut => {
      const view = byId.get(column);
      const first = shown.columns.find(({ need }) => need.column === column)?.step === step;
      if (view && first) return { step, column, min, max, version: view.version, values: view.values };
      const need = compile({ ...recipe, steps: recipe.steps.slice(0, step + 1) }, mapping).columns.filter(
        (other) => other.column === column,
      );
      const last = need.at(-1);
      const values = () =>
        last && measured.has(last) ? measured.column(last) : new Float32Array(table.rows).fill(NaN);
      return { step, column, min, max, version: `${last?.signature}/${table.rows}`, values };
    });
    charts.link(cuts, blockedBy(recipe, mapping, measured, decision));
    const prompt = table.rows <= PROMPT_FINDINGS;
    const views: Views = {
      ...makeViews({
        recipe,
        profile,
        decision,
        charts,
        cuts,
        columns: columns.map(({ id }) => id),
        categories: categories.map(({ by, classes }) => ({ by, classes: classes() })),
        tokens: byId.get('total_tokens')?.values() ?? null,
        estimated: table.estimated,
        findings: opened.findings,
        kept: prompt ? keptBytes(decision) : null,
        before: opened.judged?.views ?? null,
      }),
      version: ++this.#version,
      work: performance.now() - start,
    };
    signal.throwIfAborted();
    const judged = { recipe, plan, decision, rows: table.rows, cuts, views };
    opened.judged = judged;
    if (!prompt) this.#findingsSoon();
    return judged;
  }

  /** Counts the findings among the kept records once nobody has asked for anything else for a moment. */
  #findingsSoon(): void {
    if (this.#later) clearTimeout(this.#later);
    this.#later = setTimeout(() => {
      this.#later = null;
      this.#follow(this.#countFindings());
    }, 150);
  }

  async #countFindings(): Promise<void> {
    const { judged, findings, life } = this.current;
    if (!judged || !this.current.dataset.complete) return;
    const kept = keptBytes(judged.decision);
    const counted: Views['findings'] = [];
    for (const { id, severity, count, examples, cut, detail, remainingOf } of findings) {
      await breathe(life.signal);
      if (this.current.judged !== judged) return;
      counted.push({ id, severity, count, examples, cut, detail, remaining: remainingOf(kept) });
    }
    judged.views = { ...judged.views, findings: counted, version: ++this.#version };
    this.around.emit('views', judged.views);
  }

  /** After a rewriting step: the columns that no step judges by, as they are at the end. */
  async #shownLater(recipe: Recipe, signal: AbortSignal): Promise<void> {
    const { table, mapping, dataset } = this.current;
    if (table.rows < dataset.rows) return;
    const shown = shownBy(recipe, mapping, table.ids, table.categories());
    const measured = table.measured;
    const columns = shown.columns.map(({ need }) => need).filter((need) => !table.isBase(need) && !measured.has(need));
    const classes = shown.categories.map(({ need }) => need).filter((need) => !measured.has(need));
    const cheap = columns.filter(({ column }) => !tokenColumns.some(({ id }) => id === column));
    for (const part of [cheap, columns]) {
      const missing = part.filter((need) => !measured.has(need));
      if (missing.length + classes.length === 0) continue;
      await this.ensure(recipe, { columns: missing, groups: [], classes }, NORMAL, signal);
      await this.refresh(signal);
    }
    const plan = compile(recipe, mapping);
    const used = [...plan.columns, ...plan.groups, ...plan.classes, ...shown.columns, ...shown.categories];
    this.#remember(used.map((item) => ('need' in item ? item.need.signature : item.signature)));
  }

  #recent: string[][] = [];
  /** Keeps what the last few recipes were measured by: going back is free, memory stays bounded. */
  #remember(signatures: string[]): void {
    this.#recent = [signatures, ...this.#recent].slice(0, 3);
    const base = this.current.table.ids.map((id) => baseColumn(id, this.current.mapping).signature);
    this.current.table.measured.keepOnly(new Set([...base, ...this.#recent.flat(), ...this.#asked]));
  }

  #asked: string[] = [];
  /** Keeps what was measured for a cell's own question, not for a recipe. */
  keepAnswer(signature: string): void {
    this.#asked = [signature, ...this.#asked.filter((other) => other !== signature)].slice(0, 4);
  }

  // ---- mapping and profile ----

  /** What the recipe's source maps of these records; null where it leaves that to detection or names other fields. */
  sourceFor(batches: readonly Batch[]): Seen | null {
    try {
      const map = mapOfRecipe(this.#recipe.source);
      return map && see(batches, map);
    } catch {
      return null;
    }
  }

  async #followSource(recipe: Recipe, signal: AbortSignal): Promise<void> {
    const opened = this.current;
    const map = mapOfRecipe(recipe.source);
    if (map === null) return;
    const { mapping } = see(opened.dataset.batches, map);
    if (!sameMapping(mapping, opened.mapping)) await this.#remap(mapping, signal);
  }

  async setMapping(mapping: Mapping, signal: AbortSignal): Promise<DatasetSummary> {
    if (!sameMapping(mapping, this.current.mapping)) await this.#remap(mapping, signal);
    else this.current.mapping = { ...mapping };
    return this.summary();
  }

  /** Measures everything again under another mapping. */
  #remap(mapping: Mapping, signal: AbortSignal): Promise<void> {
    return (this.#remapping = this.#mapped(mapping, signal));
  }

  #remapping: Promise<void> = Promise.resolve();
  async #mapped(mapping: Mapping, signal: AbortSignal): Promise<void> {
    const { dataset, sources } = this.current;
    if (!dataset.complete) throw engineFailure('engine.still-reading');
    const life = new AbortController();
    const stop = () => life.abort(new Cancelled());
    signal.addEventListener('abort', stop, { once: true });
    const first = new First(null, this.around);
    const pass = new FirstPass(this, dataset, sources, life, first, mapping);
    try {
      for (const batch of dataset.batches) pass.add(batch);
      pass.see();
      await pass.finished();
      await this.#complete(life.signal);
    } finally {
      signal.removeEventListener('abort', stop);
      pass.pace.finish();
    }
  }

  async setProfile(profile: Profile, signal: AbortSignal): Promise<DatasetSummary> {
    this.current.profile = profile;
    await this.refresh(signal);
    this.emitDataset();
    return this.summary();
  }

  // ---- state ----

  /** A column's values where its view shows them. */
  shownColumn(id: string): Float32Array {
    const { charts, table } = this.current;
    return charts.distributions.get(id)?.values() ?? table.base(id);
  }

  suggest(): Recipe {
    const { mapping, findings, profile, table, charts } = this.current;
    const stats = Object.fromEntries([...charts.distributions].map(([id, { stats }]) => [id, stats]));
    return suggestRecipe({ rows: table.rows, mapping, profile, findings, stats }).recipe;
  }

  summary(): DatasetSummary {
    const { dataset, detected, mapping, profile, table, fields } = this.current;
    const whole = table.rows === dataset.rows && dataset.complete;
    return {
      id: dataset.id,
      name: dataset.name,
      files: dataset.files.map((file) => ({ ...file })),
      bytes: dataset.bytes,
      rows: dataset.rows,
      complete: dataset.complete,
      fields,
      mapping,
      detected,
      profile,
      rejected: { count: dataset.rejected, first: dataset.rejections.slice(0, 20) },
      columns: table.ids.map((id) => {
        const estimated = table.estimated && tokenColumns.some((column) => column.id === id);
        return { id, ready: whole && !estimated, estimated };
      }),
    };
  }

  emitDataset(): void {
    if (this.opened) this.around.emit('dataset', this.summary());
  }

  cancel(task: TaskName): void {
    this.#tasks.get(task)?.abort(new Cancelled());
  }

  task(name: TaskName): AbortController {
    const stop = new AbortController();
    this.#tasks.get(name)?.abort(new Cancelled());
    this.#tasks.set(name, stop);
    return stop;
  }

  async saveRecipe(text: string): Promise<void> {
    try {
      await this.around.storage?.saveRecipe(text);
    } catch (error) {
      this.#told(error);
    }
  }

  async restored(): Promise<Restorable | null> {
    try {
      const stored = await this.around.storage?.restore();
      if (!stored) return null;
      return {
        name: stored.files.map(({ name }) => name).join(', '),
        bytes: stored.files.reduce((sum, { size }) => sum + size, 0),
        recipeText: (await this.around.storage?.recipe()) ?? null,
      };
    } catch {
      return null;
    }
  }

  async forget(): Promise<void> {
    try {
      await this.around.storage?.forget();
    } catch (error) {
      this.#told(error);
    }
  }

  /** Work nobody waits for; only `idle` knows of it. */
  #follow(work: Promise<unknown>): void {
    const quiet = work
      .catch((error: Error) => {
        if (error.name !== 'AbortError' && error.name !== 'Superseded')
          this.around.emit('notice', { code: 'worker', message: error.message });
      })
      .finally(() => this.#background.delete(quiet));
    this.#background.add(quiet);
  }

  /** Resolves when nothing is running any more. */
  async idle(): Promise<void> {
    for (;;) {
      const now = [...this.#background, this.#judging];
      await Promise.all(now);
      if (this.#later) await new Promise((resolve) => setTimeout(resolve, 50));
      else if (this.#background.size === 0) return;
    }
  }
}

/** The range of every cut of a recipe, as float32. */
export function cutsOf(recipe: Recipe): { step: number; column: string; min: number; max: number }[] {
  return recipe.steps.flatMap((step, index) => {
    if (!('cut' in step)) return [];
    const { column, min, max } = step.cut;
    return [
      {
        step: index,
        column,
        min: min === undefined ? -Infinity : Math.fround(min),
        max: max === undefined ? Infinity : Math.fround(max),
      },
    ];
  });
}

function sameMapping(a: Mapping, b: Mapping): boolean {
  return MAP_KEYS.every((key) => JSON.stringify(a[key]) === JSON.stringify(b[key]));
}

/** Notes once when the first histogram went out. */
class First {
  #start: number | null;
  constructor(
    start: number | null,
    readonly around: Surroundings,
  ) {
    this.#start = start;
  }
  histogram(dataset: Dataset): void {
    if (this.#start === null) return;
    const { bytes, bytesRead } = dataset;
    this.around.emit('measured', {
      name: 'siftbook:open',
      start: this.#start,
      end: Date.now(),
      detail: { bytes, bytesRead, complete: dataset.complete },
    });
    this.#start = null;
  }
}

/** The first pass: slices go to the workers as batches come in, results to the table, views now and then to the page. */
class FirstPass {
  readonly pace: Pace;
  readonly #batches: Batch[] = [];
  readonly #busy = new Set<Promise<void>>();
  #failed: unknown = null;
  #waiting = 0;
  #opened: Opened | null = null;
  #nextViews = FIRST_SLICE;
  #partial: Promise<void> | null = null;
  #told = throttled(250, () => this.session.emitDataset());

  constructor(
    readonly session: Session,
    readonly dataset: Dataset,
    readonly sources: { name: string; blob: Blob }[],
    readonly life: AbortController,
    readonly first: First,
    readonly mapping: Mapping | null = null,
  ) {
    this.pace = new Pace('columns', session.around);
  }

  /** A batch has come in. Nothing is measured before there are enough to detect the mapping on. */
  add(batch: Batch): void {
    if (this.#opened) return this.#measure(batch);
    this.#batches.push(batch);
    this.#waiting += batch.rows;
    if (this.#waiting >= SAMPLE_ROWS) this.see();
  }

  /** Detects on what is there. */
  see(): void {
    if (this.#opened) return;
    if (this.#batches.length === 0) throw engineFailure('engine.no-records');
    const detected = see(this.#batches);
    const { mapping, profile } = this.mapping
      ? { ...see(this.#batches, this.mapping), mapping: this.mapping }
      : (this.session.sourceFor(this.#batches) ?? detected);
    this.#opened = {
      dataset: this.dataset,
      detected: detected.mapping,
      mapping,
      profile,
      table: new Table(mapping),
      charts: new Charts(0),
      findings: [],
      fields: [],
      judged: null,
      life: this.life,
      sources: this.sources,
    };
    this.session.replace(this.#opened);
    for (const batch of this.#batches.splice(0)) this.#measure(batch);
  }

  #measure(batch: Batch): void {
    const { mapping, table } = this.#opened!;
    for (let from = 0; from < batch.rows;) {
      const size = batch.first + from === 0 ? FIRST_SLICE : SLICE;
      const slice = { batch, from, to: Math.min(batch.rows, from + size) };
      from = slice.to;
      const task: Promise<void> = this.session.pool
        .run((api) => api.base(detached(slice), mapping), NORMAL, this.life.signal)
        .then((measures) => {
          if (this.session.opened !== this.#opened) return;
          table.accept(measures);
          this.pace.at(table.rows, this.dataset.complete ? this.dataset.rows : this.#expected());
          this.#told.call();
          this.#grown();
        })
        .catch((error: unknown) => {
          this.#failed ??= error;
          this.life.abort(new Cancelled());
        })
        .finally(() => this.#busy.delete(task));
      this.#busy.add(task);
    }
  }

  /** Rows there will be, judging by the bytes read. */
  #expected(): number {
    const { rows, bytes, bytesRead } = this.dataset;
    return bytesRead > 0 ? Math.max(rows, Math.round((rows * bytes) / bytesRead)) : rows;
  }

  #grown(): void {
    const { table } = this.#opened!;
    const whole = this.dataset.complete && table.rows === this.dataset.rows;
    if (whole || table.rows < this.#nextViews || this.#partial) return;
    this.#nextViews = table.rows * GROWTH;
    this.#partial = this.session
      .partial()
      .then(() => this.first.histogram(this.dataset))
      .catch((error: Error) => {
        if (error.name !== 'AbortError') this.#failed ??= error;
      })
      .finally(() => {
        this.#partial = null;
      });
  }

  /** Resolves when every record is measured. */
  async finished(): Promise<void> {
    this.pace.at(this.#opened?.table.rows ?? 0, this.dataset.rows);
    await Promise.all(this.#busy);
    if (this.#failed !== null) throw this.#failed;
    this.life.signal.throwIfAborted();
    await this.#partial;
    // A small file may be measured before any partial view was due.
    if (this.#nextViews === FIRST_SLICE) {
      await this.session.partial();
      this.first.histogram(this.dataset);
    }
  }
}
