/** A gate that work waits at while it is closed. */
export class Pause {
  #open: (() => void) | null = null;
  #gate: Promise<void> | null = null;

  get paused(): boolean {
    return this.#gate !== null;
  }

  pause(): void {
    this.#gate ??= new Promise((resolve) => (this.#open = resolve));
  }

  resume(): void {
    this.#open?.();
    this.#open = this.#gate = null;
  }

  /** Resolves at once, or when work may go on; rejects with the signal's reason where that comes first. */
  async wait(signal?: AbortSignal): Promise<void> {
    while (this.#gate) {
      signal?.throwIfAborted();
      const gate = this.#gate;
      await new Promise<void>((resolve, reject) => {
        const stop = () => reject(signal!.reason as Error);
        signal?.addEventListener('abort', stop, { once: true });
        void gate.then(() => {
          signal?.removeEventListener('abort', stop);
          resolve();
        });
      });
    }
  }
}
