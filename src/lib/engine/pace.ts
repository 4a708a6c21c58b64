/** Progress of one task: told at most ten times a second, with the seconds left from the pace so far. */
import type { Progress, TaskName } from './protocol';
import type { Surroundings } from './state';

export class Pace {
  /** The first report: what came before it (loading a tokenizer) says nothing of the pace. */
  #from: { at: number; done: number } | null = null;
  #told = -Infinity;
  #last: Progress | null = null;
  #finished = false;

  constructor(
    readonly task: TaskName,
    readonly around: Pick<Surroundings, 'emit'>,
  ) {}

  at(done: number, total: number): void {
    if (this.#finished) return;
    const now = performance.now();
    this.#from ??= { at: now, done };
    const seconds = (now - this.#from.at) / 1000;
    const gone = done - this.#from.done;
    const left = seconds > 1 && gone > 0 ? (seconds / gone) * (total - done) : null;
    this.#last = { task: this.task, done, total, left, finished: false };
    if (now - this.#told < 100) return;
    this.#told = now;
    this.around.emit('progress', this.#last);
  }

  /** The task is over, whether well or not; may be called again. */
  finish(total?: number): void {
    if (this.#finished) return;
    this.#finished = true;
    const { done, total: known } = this.#last ?? { done: 0, total: 0 };
    this.around.emit('progress', {
      task: this.task,
      done: total ?? done,
      total: total ?? known,
      left: 0,
      finished: true,
    });
  }
}
