/** The first pass over the records as they come in: measured in workers, shown now and then while more is read. */
import { SAMPLE_ROWS, see } from '$lib/recipe/sample';
import type { Batch, Mapping } from '$lib/record/types';
import { Charts } from './charts';
import { detached, type Dataset } from './dataset';
import { SLICE } from './measuring';
import { engineFailure } from './messages';
import { Pace } from './pace';
import { NORMAL } from './pool';
import { Cancelled } from './rpc';
import type { Session } from './session';
import type { Opened, Surroundings } from './state';
import { Table } from './table';
import { throttled } from './turns';

/** The very first slice: a histogram before anything else. */
const FIRST_SLICE = 256;
/** Views are made afresh whenever this many times more records are measured: all of them cost a third more than the last. */
const GROWTH = 4;

/** Notes once when the first histogram went out. */
export class First {
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
export class FirstPass {
  readonly pace: Pace;
  readonly #batches: Batch[] = [];
  readonly #busy = new Set<Promise<void>>();
  #failed: unknown = null;
  #waiting = 0;
  #opened: Opened | null = null;
  #nextViews = FIRST_SLICE;
  #partial: Promise<void> | null = null;
  #show: () => void = () => undefined;
  /** The first histogram is out, or there will be none. */
  readonly #shown = new Promise<void>((resolve) => (this.#show = resolve));
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
    life.signal.addEventListener('abort', this.#show, { once: true });
  }

  /**
   * A batch has come in. Nothing is measured before there are enough to detect the mapping on; then reading waits for the
   * first histogram, which costs nothing: measuring takes longer than reading in any case.
   */
  add(batch: Batch): Promise<void> | void {
    if (this.#opened) return this.#measure(batch);
    this.#batches.push(batch);
    this.#waiting += batch.rows;
    if (this.#waiting < SAMPLE_ROWS) return;
    this.see();
    return this.#shown;
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
      later: new Map(),
      fields: [],
      judged: null,
      marked: null,
      instructions: null,
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
        this.#show();
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
