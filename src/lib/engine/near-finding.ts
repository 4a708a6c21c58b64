/** Near-duplicates of a set that is not too large, looked for unasked when everything else is measured. */
import { NEAR_MOST, nearDuplicates, type NearCompared } from '$lib/health/near';
import { NEAR_DEFAULT } from '$lib/recipe/alike';
import { compile, type PairsNeed } from '$lib/recipe/plan';
import type { Recipe } from '$lib/recipe/types';
import { LATER, URGENT } from './pool';
import type { Session } from './session';
import type { Opened } from './state';

const COLUMN = 'near_similarity';
/** Milliseconds between two looks whether the handle was let go. */
const HELD = 100;

const RECIPE: Recipe = { siftbook: 1, seed: 0, steps: [{ cut: { column: COLUMN } }] };

/**
 * What is compared for near-duplicates, as a fresh step compares it. Where that is not known it is measured, in a set that is not too
 * large; else null.
 */
export async function nearCompared(
  session: Session,
  { table, mapping }: Opened,
  priority: number,
  signal: AbortSignal,
): Promise<NearCompared | null> {
  const plan = compile(RECIPE, mapping);
  const need = plan.sets[0] as PairsNeed;
  session.remembered.question(need.signature);
  if (table.rows <= NEAR_MOST) await session.ensure(RECIPE, plan, priority, signal);
  const { measured } = table;
  if (!measured.has(need)) return null;
  return { pairs: measured.pairs(need), rank: measured.rank({ columns: need.prefer, keys: [] }), ...NEAR_DEFAULT };
}

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
    const { signal } = session.tasks.begin('near', asked);
    const compared = await nearCompared(session, opened, priority, signal);
    if (out() || !compared) return;
    this.#of = opened;
    const [derived] = compile(RECIPE, mapping).derived;
    table.setOfSet(COLUMN, table.measured.column(derived), derived.signature);
    const [finding] = nearDuplicates(table.health, compared);
    await session.findLater('near-duplicates', finding ?? null, signal);
    session.emitDataset();
  }
}
