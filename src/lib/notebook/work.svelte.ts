/* eslint-disable svelte/prefer-svelte-reactivity -- the map is replaced, never changed */
import { untrack } from 'svelte';
import type { Progress, TaskName } from '$lib/engine/protocol';

/** What is running: requests that wait for the engine, and its long tasks. */
export class Work {
  progress = $state.raw<ReadonlyMap<TaskName, Progress>>(new Map());
  #pending = $state(0);
  #waiting: (() => void)[] = [];
  readonly busy = $derived(this.#pending > 0 || [...this.progress.values()].some((p) => !p.finished));

  /** Counts a call to the engine as work until it has answered. */
  async track<T>(call: Promise<T>): Promise<T> {
    // Asked from inside an effect, the count must not become what the effect depends on.
    untrack(() => this.#pending++);
    try {
      return await call;
    } finally {
      this.#pending--;
      this.#settle();
    }
  }
  proceed(progress: Progress): void {
    const next = new Map(this.progress);
    if (progress.finished) next.delete(progress.task);
    else next.set(progress.task, progress);
    this.progress = next;
    this.#settle();
  }
  /** Resolves when nothing is running. */
  quiet(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      setTimeout(() => this.#settle(), 0);
    });
  }

  #settle(): void {
    if (this.busy) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    queueMicrotask(() => waiting.forEach((resolve) => (this.busy ? this.#waiting.push(resolve) : resolve())));
  }
}
