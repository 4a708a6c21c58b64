/** A bar on standard error, on a terminal only. */
export class Progress {
  #shown = 0;
  #last = 0;
  readonly #began = Date.now();
  readonly #on = process.stderr.isTTY === true;

  /** @param what the work's name @param total in the unit of `done`; 0 while unknown */
  constructor(
    readonly what: string,
    public total: number,
  ) {}

  /** Draws at most ten times a second. @param what stands behind the bar, where it is not a number of records */
  at(done: number, rows: number | string): void {
    if (!this.#on) return;
    const now = Date.now();
    if (now - this.#last < 100) return;
    this.#last = now;
    const share = this.total > 0 ? Math.min(1, done / this.total) : 0;
    const seconds = (now - this.#began) / 1000;
    const left = share > 0.02 ? `${Math.ceil((seconds / share) * (1 - share))} s left` : '';
    const bar = '█'.repeat(Math.round(share * 24)).padEnd(24, '░');
    const line = `${this.what} ${bar} ${(share * 100).toFixed(0).padStart(3)} %  ${typeof rows === 'string' ? rows : `${rows.toLocaleString('en')} records`}  ${left}`;
    process.stderr.write(`\r${line.padEnd(this.#shown)}`);
    this.#shown = line.length;
  }

  /** Wipes the bar, so that what follows begins on a clean line. */
  end(): void {
    if (this.#on && this.#shown) process.stderr.write(`\r${' '.repeat(this.#shown)}\r`);
    this.#shown = 0;
  }
}
