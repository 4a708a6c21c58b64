/** Asks for something one at a time: what is wanted meanwhile is asked once more afterwards, so that the newest wins. */
export class Newest<T> {
  #busy = false;
  #again = false;
  #closed = false;

  /**
   * @param ask is called when nothing is in flight, and takes what is wanted as it then stands.
   * @param show is called with each answer, unless closed meanwhile.
   * @param failed is called where asking failed; the next call of `want` tries again.
   */
  constructor(
    readonly ask: () => Promise<T>,
    readonly show: (answer: T) => void,
    readonly failed: (error: unknown) => void = () => undefined,
  ) {}

  /** Something changed. */
  want(): void {
    if (this.#busy) this.#again = true;
    else void this.#run();
  }

  close(): void {
    this.#closed = true;
  }

  async #run(): Promise<void> {
    this.#busy = true;
    do {
      this.#again = false;
      try {
        const answer = await this.ask();
        if (!this.#closed) this.show(answer);
      } catch (error) {
        if (!this.#closed) this.failed(error);
      }
    } while (this.#again && !this.#closed);
    this.#busy = false;
  }
}
