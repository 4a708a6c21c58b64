/**
 * What would stand if a handle were let go where it is held. What is computed from it stays on screen after the release,
 * until `settled` says that the exact figures are there, so that nothing jumps back.
 */
export class Held<T> {
  /** Null while nothing is held. */
  draft = $state.raw<T | null>(null);
  /** Are the figures ahead of the exact ones? */
  ahead = $state(false);
  #turn = 0;

  constructor(readonly settled: () => Promise<void>) {}

  /** The handle moved. */
  follow(draft: T): void {
    this.#turn++;
    this.draft = draft;
    this.ahead = true;
  }
  /** The handle was given up: all is as before. */
  cancel(): void {
    this.#turn++;
    this.draft = null;
    this.ahead = false;
  }
  /** The handle was let go and what was held is being written where it belongs. Nothing, where no handle was held. */
  commit(): void {
    if (this.draft === null) return;
    const turn = ++this.#turn;
    this.draft = null;
    // The request that has the exact figures is on its way only after the caller is done.
    void Promise.resolve()
      .then(this.settled)
      .finally(() => {
        if (turn === this.#turn) this.ahead = false;
      });
  }
}
