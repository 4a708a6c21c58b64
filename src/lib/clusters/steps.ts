/** Long work that can be left at any step: yields the share done, 0–1, and returns its result. */
export type Steps<T> = Generator<number, T, void>;

/** Runs the steps to their end. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** The same steps as the part [from, to] of something longer. */
export function* part<T>(steps: Steps<T>, from: number, to: number): Steps<T> {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    yield from + (to - from) * value;
  }
}
