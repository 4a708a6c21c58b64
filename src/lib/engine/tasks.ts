/** What runs: tasks by name, of which the newest counts, and work nobody waits for. */
import type { TaskName } from './protocol';
import { Cancelled } from './rpc';

export class Tasks {
  readonly #named = new Map<TaskName, AbortController>();
  readonly #background = new Set<Promise<unknown>>();

  /** `failed` hears of work in the background that went wrong, not of what was stopped. */
  constructor(readonly failed: (error: Error) => void) {}

  /** A task begins: an older one of that name is stopped, and so is this one when `signal` says so. */
  begin(name: TaskName, signal?: AbortSignal): AbortController {
    const stop = new AbortController();
    signal?.addEventListener('abort', () => stop.abort(signal.reason), { once: true });
    this.cancel(name);
    this.#named.set(name, stop);
    return stop;
  }

  /** From now on `name` stands for this task. */
  set(name: TaskName, task: AbortController): void {
    this.#named.set(name, task);
  }

  cancel(name: TaskName): void {
    this.#named.get(name)?.abort(new Cancelled());
  }

  /** Stops and forgets every task but `life`, which ends by itself, and those named in `going`. */
  end(life: AbortController, going: readonly TaskName[]): void {
    for (const [name, task] of this.#named) {
      if (going.includes(name)) continue;
      if (task !== life) task.abort(new Cancelled());
      this.#named.delete(name);
    }
  }

  /** Work nobody waits for; only `settled` knows of it. */
  follow(work: Promise<unknown>): void {
    const quiet = work
      .catch((error: Error) => {
        if (error.name !== 'AbortError' && error.name !== 'Superseded') this.failed(error);
      })
      .finally(() => this.#background.delete(quiet));
    this.#background.add(quiet);
  }

  /** Is there work in the background? */
  get busy(): boolean {
    return this.#background.size > 0;
  }

  /** Resolves when what runs in the background now is done. */
  async settled(): Promise<void> {
    await Promise.all(this.#background);
  }
}
