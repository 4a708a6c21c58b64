/** How varied the instructions of the open dataset are, before the recipe and after it. */
import { FIGURES, type Figure } from '$lib/diversity/diversity';
import { SENTENCE_TYPES } from '$lib/diversity/sentence-type';
import { TASK_TYPES } from '$lib/diversity/task-rules';
import { keptBytes } from '../judge';
import type { DiversityFigures, DiversitySummary } from '../protocol';
import type { Session } from '../session';
import type { Opened } from '../state';
import { keptOf, kindClasses, readInstructions, type Instructions } from './instructions';
import { Samples } from './samples';

export class Diversity {
  readonly #session: Session;
  #reading: { limit: number | null; of: Opened; done: Promise<Instructions> } | null = null;
  #samples: { of: Opened; samples: Samples } | null = null;

  constructor(session: Session) {
    this.#session = session;
  }

  /**
   * Kinds of instructions among all records (or `limit` of them by draw) and among the kept. Reads the prompts where that is
   * not done; null while records come in.
   */
  async summary(limit: number | null): Promise<DiversitySummary | null> {
    const opened = this.#session.current;
    const { dataset, table } = opened;
    if (!dataset.complete || table.rows < dataset.rows) return null;
    const wanted = limit !== null && limit < dataset.rows ? limit : null;
    const known = opened.instructions;
    const enough = known && (known.places === null || known.places.length === wanted);
    const found = enough ? known : await this.#read(opened, wanted);
    const { judged } = opened;
    if (!judged || judged.rows < dataset.rows || this.#session.opened !== opened) return null;
    const summary = found.summaries.of(keptOf(found, keptBytes(judged.decision)));
    return { ...summary, read: found.codes.task.length, rows: dataset.rows };
  }

  /** Whoever asks meanwhile waits for the same reading. */
  #read(opened: Opened, limit: number | null): Promise<Instructions> {
    const reading = this.#reading;
    if (reading?.of === opened && reading.limit === limit) return reading.done;
    const done = this.#readAll(opened, limit).finally(() => {
      if (this.#reading?.done === done) this.#reading = null;
    });
    this.#reading = { limit, of: opened, done };
    this.#session.tasks.follow(done);
    return done;
  }

  async #readAll(opened: Opened, limit: number | null): Promise<Instructions> {
    const session = this.#session;
    const { signal } = session.tasks.begin('diversity');
    const found = await readInstructions(opened, session.pool, session.around, limit, signal);
    signal.throwIfAborted();
    opened.instructions = found;
    const { codes, places } = found;
    // A sample of the records is no category of all.
    if (places) return found;
    opened.table.setCategory('task_type', kindClasses(codes.task, TASK_TYPES));
    opened.table.setCategory('sentence_type', kindClasses(codes.sentence, SENTENCE_TYPES));
    await session.refresh(signal);
    return found;
  }

  /** Figures of samples of all records and of the kept ones; null while records come in. */
  async figures(signal: AbortSignal): Promise<DiversityFigures | null> {
    const session = this.#session;
    const opened = session.current;
    const { dataset, table, judged } = opened;
    if (!dataset.complete || table.rows < dataset.rows || !judged || judged.rows < dataset.rows) return null;
    if (this.#samples?.of !== opened) this.#samples = { of: opened, samples: new Samples(opened) };
    const { samples } = this.#samples;
    const kept = keptBytes(judged.decision);
    const { figures, vectors } = await samples.figures(
      kept,
      session.space.vectors,
      (job) => session.around.workOnSet(job, signal, () => undefined),
      signal,
    );
    return { figures: inOrder([...figures, ...samples.whole(kept)]), vectors };
  }
}

/** As they are shown. */
function inOrder(figures: Figure[]): Figure[] {
  return figures.sort((a, b) => FIGURES.indexOf(a.id) - FIGURES.indexOf(b.id));
}
