/** Measure workers and the queue in front of them: urgent tasks first, one task a worker, a failed worker is replaced. */
import { Cancelled } from './rpc';

/** One worker as the pool sees it. */
export interface Member<Api> {
  api: Api;
  /** Called with the reason when the worker itself dies. */
  onfailure(handler: (error: Error) => void): void;
  end(): void;
}

/** Smaller goes first. */
export const URGENT = 0;
export const NORMAL = 1;
export const LATER = 2;

interface Task<Api> {
  run(api: Api): Promise<unknown>;
  resolve(value: unknown): void;
  reject(error: Error): void;
  signal: AbortSignal | undefined;
  tries: number;
}

interface Seat<Api> {
  member: Member<Api>;
  task: Task<Api> | null;
}

export class Pool<Api> {
  readonly size: number;
  readonly #spawn: () => Member<Api>;
  readonly #seats: Seat<Api>[] = [];
  readonly #queues: Task<Api>[][] = [[], [], []];
  readonly #onreplaced: (error: Error) => void;
  #ended = false;
  #held = false;

  /** `onreplaced` hears of workers that died. */
  constructor(spawn: () => Member<Api>, size: number, onreplaced: (error: Error) => void = () => undefined) {
    this.size = Math.max(1, size);
    this.#spawn = spawn;
    this.#onreplaced = onreplaced;
  }

  /** Starts all workers, so that they load while bytes are still being read. */
  warm(): void {
    while (this.#seats.length < this.size) this.#seat();
  }

  /** Runs a task on the next free worker. A task whose worker dies is tried once more on another. */
  run<R>(run: (api: Api) => Promise<R>, priority: number, signal?: AbortSignal): Promise<R> {
    return new Promise<R>((resolve, reject) => {
      if (signal?.aborted) return reject(new Cancelled());
      this.#queues[priority].push({ run, resolve: resolve as (value: unknown) => void, reject, signal, tries: 0 });
      this.#next();
    });
  }

  /** While held only urgent tasks are begun: the machine belongs to whoever drags. What is begun already ends. */
  hold(held: boolean): void {
    this.#held = held;
    if (!held) this.#next();
  }

  /**
   * Lets idle workers go and with them what they loaded (a tokenizer, caches). A fresh one waits for whoever asks next, others
   * are started again when there is work.
   */
  rest(): void {
    for (const seat of this.#seats.filter(({ task }) => !task)) {
      this.#seats.splice(this.#seats.indexOf(seat), 1);
      seat.member.end();
    }
    if (this.#seats.length === 0 && !this.#ended) this.#seat();
  }

  end(): void {
    this.#ended = true;
    for (const { member } of this.#seats) member.end();
    for (const queue of this.#queues) for (const task of queue.splice(0)) task.reject(new Cancelled());
  }

  #seat(): Seat<Api> {
    const seat: Seat<Api> = { member: this.#spawn(), task: null };
    this.#seats.push(seat);
    seat.member.onfailure((error) => this.#failed(seat, error));
    return seat;
  }

  #failed(seat: Seat<Api>, error: Error): void {
    const at = this.#seats.indexOf(seat);
    if (at < 0 || this.#ended) return;
    this.#seats.splice(at, 1);
    seat.member.end();
    const { task } = seat;
    seat.task = null;
    if (task && task.tries++ === 0) {
      this.#onreplaced(error);
      this.#queues[URGENT].unshift(task);
      this.#next();
    } else task?.reject(error);
  }

  /** The queues that may be served now. */
  #open(): Task<Api>[][] {
    return this.#held ? [this.#queues[URGENT]] : this.#queues;
  }

  #take(): Task<Api> | null {
    for (const queue of this.#open()) {
      for (let task = queue.shift(); task; task = queue.shift()) {
        if (!task.signal?.aborted) return task;
        task.reject(new Cancelled());
      }
    }
    return null;
  }

  #next(): void {
    for (;;) {
      if (this.#open().every(({ length }) => length === 0)) return;
      const free = this.#seats.find(({ task }) => !task) ?? (this.#seats.length < this.size ? this.#seat() : null);
      if (!free) return;
      const task = this.#take();
      if (!task) return;
      free.task = task;
      const over = () => {
        if (free.task !== task) return false;
        free.task = null;
        return true;
      };
      task.run(free.member.api).then(
        (value) => {
          if (!over()) return;
          task.resolve(value);
          this.#next();
        },
        (error: Error) => {
          if (!over()) return;
          task.reject(error);
          this.#next();
        },
      );
    }
  }
}
