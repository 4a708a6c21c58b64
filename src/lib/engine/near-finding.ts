/** Near-duplicates of a set that is not too large, looked for unasked when everything else is measured. */
import { NEAR_MOST, nearDuplicates } from '$lib/health/near';
import { NEAR_DEFAULT } from '$lib/recipe/alike';
import { compile, type PairsNeed } from '$lib/recipe/plan';
import type { Recipe } from '$lib/recipe/types';
import { LATER, URGENT } from './pool';
import type { Session } from './session';
import type { Opened } from './state';

const COLUMN = 'near_similarity';
/** Milliseconds between two looks whether the handle was let go. */
const HELD = 100;

export class NearFinding {
  readonly #session: Session;
  #of: Opened | null = null;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Looks for them in the background once `after` is done; only `idle` waits for it. */
  begin(opened: Opened, after: Promise<unknown>): void {
    const { tasks } = this.#session;
    tasks.follow(
      after
        .catch(() => undefined)
        .then(async () => {
          while (this.#session.held !== null && !opened.life.signal.aborted)
            await new Promise((resolve) => setTimeout(resolve, HELD));
          await this.#find(opened, LATER, opened.life.signal);
        }),
    );
  }

  /** For whoever cannot go on without. */
  async now(signal: AbortSignal): Promise<void> {
    await this.#find(this.#session.current, URGENT, signal);
  }

  async #find(opened: Opened, priority: number, asked: AbortSignal): Promise<void> {
    const session = this.#session;
    const { table, dataset, mapping } = opened;
    const out = () => asked.aborted || session.opened !== opened || this.#of === opened;
    if (out() || !dataset.complete || table.rows < dataset.rows || dataset.rows > NEAR_MOST) return;
    const recipe: Recipe = { siftbook: 1, seed: 0, steps: [{ cut: { column: COLUMN } }] };
    const plan = compile(recipe, mapping);
    const need = plan.sets[0] as PairsNeed;
    const { signal } = session.tasks.begin('near', asked);
    session.remembered.question(need.signature);
    await session.ensure(recipe, plan, priority, signal);
    if (out()) return;
    this.#of = opened;
    const [derived] = plan.derived;
    const { measured } = table;
    const rank = measured.rank({ columns: need.prefer, keys: [] });
    const compared = { pairs: measured.pairs(need), rank, ...NEAR_DEFAULT };
    table.setOfSet(COLUMN, measured.column(derived), derived.signature);
    const [finding] = nearDuplicates(table.health, compared);
    await session.findLater('near-duplicates', finding ?? null, signal);
    session.emitDataset();
  }
}
