/** The engine itself: opens, measures, judges, answers. Knows nothing of how it is reached. */
import { tokenColumns } from '$lib/columns';
import { inOrderOfHarm } from '$lib/health/findings';
import { detectAll } from '$lib/health/summary';
import type { Detected } from '$lib/health/types';
import { MAP_KEYS } from '$lib/record/mapping';
import type { Batch, Mapping } from '$lib/record/types';
import { compile } from '$lib/recipe/plan';
import { suggestRecipe } from '$lib/recipe/suggest';
import { mapOfRecipe, see, type Seen } from '$lib/recipe/sample';
import type { SetJob, SetResults } from '$lib/recipe/sets';
import type { Recipe } from '$lib/recipe/types';
import type { Profile } from '$lib/columns/types';
import { Against } from './against';
import { Dataset } from './dataset';
import { Diversity } from './diversity/diversity';
import { First, FirstPass } from './first-pass';
import { keptBytes } from './judge';
import { ExactTokens } from './exact-tokens';
import { judge, PROMPT_FINDINGS } from './judging';
import { Keeping } from './keeping';
import type { MeasureApi } from './measure-api';
import { ensure, type Wanted } from './measuring';
import { engineFailure } from './messages';
import { baseColumn, shownBy } from './needs';
import { fieldSummaries, readFiles, sourceFiles } from './opening';
import { NORMAL, Pool, URGENT } from './pool';
import { NearFinding } from './near-finding';
import { Pace } from './pace';
import type { DatasetSummary, OpenSource, Views } from './protocol';
import { Remembered } from './remembered';
import { SemanticFinding } from './semantic-finding';
import { Space } from './space/space';
import { Cancelled, Superseded } from './rpc';
import type { SetRunner } from './set-api';
import type { Judged, Opened, Surroundings } from './state';
import { summaryOf } from './summary';
import { Tasks } from './tasks';
import { breathe } from './turns';

const NOTHING: Recipe = { siftbook: 1, seed: 0, steps: [] };

export class Session {
  readonly pool: Pool<MeasureApi>;
  readonly around: Surroundings;
  readonly keeping: Keeping;
  readonly remembered = new Remembered();
  readonly tokens = new ExactTokens(this);
  readonly near = new NearFinding(this);
  readonly semantic = new SemanticFinding(this);
  /** What follows from vectors, of what is open. */
  space: Space;
  /** The other file that it is compared with. */
  against: Against;
  readonly diversity = new Diversity(this);
  /** What a handle that is held moves. */
  held: string | null = null;
  /** Null while nothing is open. */
  opened: Opened | null = null;
  #recipe: Recipe = NOTHING;
  #version = 0;
  #ids = 0;
  /** The opening whose first records are not read yet; what is open is on its way out. */
  #replacing: AbortController | null = null;
  readonly tasks: Tasks;
  #judging: Promise<unknown> = Promise.resolve();
  #later: ReturnType<typeof setTimeout> | null = null;

  constructor(around: Surroundings) {
    // A phrase gets its vector from the model that made the records' vectors, where it is at hand.
    const workOnSet: SetRunner = async <J extends SetJob>(
      job: J,
      signal: AbortSignal,
      progress: (share: number) => void,
    ) => {
      const { embedding } = this.space;
      if (job.kind !== 'phrase') return around.workOnSet(job, signal, progress);
      return (await embedding.phrase(job.model, job.text, signal)) as SetResults[J['kind']];
    };
    this.around = { ...around, workOnSet };
    this.keeping = new Keeping(around);
    this.space = new Space(this);
    this.against = new Against(this);
    this.tasks = new Tasks(({ message }) => around.emit('notice', { code: 'worker', message }));
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
    this.tasks.set('open', life);
    const pace = new Pace('open', this.around);
    let pass: FirstPass | null = null;
    try {
      const files = await sourceFiles(sources, this.around, life.signal);
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
      // Kept before it is measured: a reload meanwhile finds it.
      if (!sources.some(({ kind }) => kind === 'stored')) this.tasks.follow(this.keeping.store(files));
      await reading.finished();
      const detail = { rows: dataset.rows };
      this.around.emit('measured', { name: 'siftbook:columns', start, end: Date.now(), detail });
      await this.#complete(life.signal);
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
    this.tasks.set('open', opened.life);
    this.tasks.set('columns', opened.life);
    this.opened = opened;
  }

  /** Ends the work on what was open; a recipe that maps the same dataset anew goes on. */
  #end({ life, dataset }: Opened): void {
    const same = this.opened?.dataset === dataset;
    this.opened?.life.abort(new Cancelled());
    this.space.end();
    this.space = new Space(this);
    this.against = new Against(this, same ? this.against : null);
    this.tasks.end(life, same ? ['recipe'] : []);
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
    this.near.begin(opened, this.tokens.begin(opened));
  }

  #findings(opened: Opened): void {
    const { table, dataset } = opened;
    if (dataset.complete || table.rows <= PROMPT_FINDINGS)
      opened.findings = inOrderOfHarm([...detectAll(table.health, table.ids), ...opened.later.values()]);
  }

  /** A finding of longer work takes its place among the others; null: there is none of that name any more. */
  async findLater(id: string, finding: Detected | null, signal: AbortSignal): Promise<void> {
    const opened = this.current;
    if (finding) opened.later.set(id, finding);
    else opened.later.delete(id);
    this.#findings(opened);
    await this.refresh(signal);
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

  // ---- measuring ----

  /** Measures what is needed and not there: base columns are handed over, the rest goes to the workers. */
  async ensure(recipe: Recipe, needs: Wanted, priority: number, signal: AbortSignal): Promise<void> {
    const { measured } = this.current.table;
    const make = () => ensure(this.current, this.pool, this.around, this.against, recipe, needs, priority, signal);
    // What one makes of the whole set another may be about to ask for: in turn, nothing is made twice.
    if (!needs.sets?.some((need) => !measured.has(need))) return make();
    const turn = this.#sets.then(() => {
      signal.throwIfAborted();
      return make();
    });
    this.#sets = turn.catch(() => undefined);
    return turn;
  }
  #sets: Promise<unknown> = Promise.resolve();

  // ---- judging ----

  /** Judges a recipe and answers with its views; the mapping follows the recipe's source. */
  async setRecipe(recipe: Recipe, signal: AbortSignal): Promise<Views> {
    this.#recipe = recipe;
    // The new dataset is judged by it as soon as there is something to judge.
    if (this.#replacing) throw new Superseded('opening');
    const { dataset } = this.current;
    const stop = this.tasks.begin('recipe', signal);
    if (dataset.complete) await this.#followSource(recipe, stop.signal);
    const { mapping } = this.current;
    if (dataset.complete) await this.ensure(recipe, compile(recipe, mapping), URGENT, stop.signal);
    const judged = await this.#inTurn(() => this.#judge(recipe, stop.signal));
    this.tasks.follow(this.#shownLater(recipe, stop.signal));
    this.semantic.begin();
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
    const { judged, prompt } = await judge(opened, recipe, ++this.#version, signal);
    signal.throwIfAborted();
    opened.judged = judged;
    this.space.judged();
    if (!prompt) this.#findingsSoon();
    return judged;
  }

  /** Counts the findings among the kept records once nobody has asked for anything else for a moment. */
  #findingsSoon(): void {
    if (this.#later) clearTimeout(this.#later);
    this.#later = setTimeout(() => {
      this.#later = null;
      this.tasks.follow(this.#countFindings());
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
    const columns = shown.columns
      .map(({ need }) => need)
      .filter((need) => !need.derived && !table.isBase(need) && !measured.has(need));
    const classes = shown.categories.map(({ need }) => need).filter((need) => !measured.has(need));
    const cheap = columns.filter(({ column }) => !tokenColumns.some(({ id }) => id === column));
    for (const part of [cheap, columns]) {
      const missing = part.filter((need) => !measured.has(need));
      if (missing.length + classes.length === 0) continue;
      await this.ensure(recipe, { columns: missing, groups: [], classes }, NORMAL, signal);
      await this.refresh(signal);
    }
    const plan = compile(recipe, mapping);
    const sets = plan.sets.flatMap((need) => [need, need.from]);
    const used = [...plan.columns, ...plan.groups, ...plan.classes, ...sets, ...shown.columns, ...shown.categories];
    this.remembered.recipe(used.map((item) => ('need' in item ? item.need.signature : item.signature)));
    const base = table.ids.map((id) => baseColumn(id, mapping).signature);
    measured.keepOnly(new Set([...base, ...this.remembered.signatures]));
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
    return summaryOf(this.current);
  }

  emitDataset(): void {
    if (this.opened) this.around.emit('dataset', this.summary());
  }

  /** Resolves when nothing is running any more. */
  async idle(): Promise<void> {
    for (;;) {
      await Promise.all([this.tasks.settled(), this.#judging]);
      if (this.#later) await new Promise((resolve) => setTimeout(resolve, 50));
      else if (!this.tasks.busy) return;
    }
  }
}

function sameMapping(a: Mapping, b: Mapping): boolean {
  return MAP_KEYS.every((key) => JSON.stringify(a[key]) === JSON.stringify(b[key]));
}
