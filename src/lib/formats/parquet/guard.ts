/**
 * parquet-wasm panics on some malformed files. Its tasks run in microtasks, so that the panic (a WebAssembly trap)
 * would reach nobody: the promise waited for would stay open for ever, and Node would exit. Until it is released, a
 * guard catches such traps and ends its own waits with them. The module stays usable: its queue goes on with other
 * tasks.
 */
export class Guard {
  private failure: ((error: unknown) => void) | null = null;
  private readonly crashed = new Promise<never>((_, reject) => (this.failure = reject));
  private readonly native = globalThis.queueMicrotask;

  constructor() {
    this.crashed.catch(() => undefined);
    globalThis.queueMicrotask = (task) => {
      this.native.call(globalThis, () => {
        try {
          task();
        } catch (error) {
          if (!(error instanceof WebAssembly.RuntimeError)) throw error;
          this.failure?.(error);
        }
      });
    };
  }

  /** Waits for `promise`, or throws when the module has crashed. */
  wait<T>(promise: Promise<T>): Promise<T> {
    return Promise.race([promise, this.crashed]);
  }

  /** Puts things back as they were. */
  release(): void {
    globalThis.queueMicrotask = this.native;
  }
}
