/** Exact token counts in place of the estimates: in the background, and at once for whoever cannot go on without. */
import type { Recipe } from '$lib/recipe/types';
import { cutsOf } from './judging';
import { measureTokens } from './measuring';
import type { Session } from './session';
import type { Opened } from './state';

export class ExactTokens {
  #counted: Promise<void> = Promise.resolve();

  constructor(readonly session: Session) {}

  /** Begins to count; only `idle` waits for it. */
  begin(opened: Opened): Promise<void> {
    this.#counted = this.#count(opened);
    this.#counted.catch(() => undefined);
    this.session.tasks.follow(this.#counted);
    return this.#counted;
  }

  /** Resolves when the token columns a recipe cuts are no estimates any more, counting once more where that was stopped. */
  async for(recipe: Recipe, signal: AbortSignal): Promise<void> {
    const wanted = () => cutsOf(recipe).some(({ column }) => this.session.current.table.estimates(column));
    if (!wanted()) return;
    await this.#counted.catch(() => undefined);
    signal.throwIfAborted();
    if (!wanted()) return;
    this.#counted = this.#count(this.session.current);
    await this.#counted;
  }

  async #count(opened: Opened): Promise<void> {
    const { session } = this;
    const stop = session.tasks.begin('tokens', opened.life.signal);
    try {
      await measureTokens(opened, session.pool, session.around, stop.signal);
      await session.refresh(stop.signal);
      session.emitDataset();
    } finally {
      // The tokenizers take more memory than anything else a worker holds.
      session.pool.rest();
    }
  }
}
