/** Records that only meaning shows to be alike, looked for in the background once the dataset has vectors. */
import { SEMANTIC_MOST, semanticDuplicates } from '$lib/health/semantic';
import { SEMANTIC_FLOOR } from '$lib/recipe/alike';
import { compile, type NeighboursNeed, type PairsNeed, type Plan } from '$lib/recipe/plan';
import { nearCompared } from './near-finding';
import { spaceRecipe } from './needs';
import { LATER } from './pool';
import { Cancelled } from './rpc';
import type { Session } from './session';
import type { Opened } from './state';

const COLUMN = 'semantic_similarity';
/** Milliseconds between two looks whether the handle was let go. */
const HELD = 100;

/** What the finding is made of: who is alike, and how alike records are as a rule. */
function needsOf({ sets }: Plan): { pairs: PairsNeed; neighbours: NeighboursNeed } {
  return {
    pairs: sets.find((need): need is PairsNeed => need.kind === 'pairs')!,
    neighbours: sets.find((need): need is NeighboursNeed => need.kind === 'neighbours')!,
  };
}

export class SemanticFinding {
  readonly #session: Session;
  #done: { opened: Opened; signature: string } | null = null;
  #going: { opened: Opened; signature: string; stop: AbortController } | null = null;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Looks for them where the vectors that the recipe means are there, once for the same vectors; nobody waits for it. */
  begin(): void {
    const session = this.#session;
    const { opened } = session;
    if (!opened || !opened.dataset.complete || opened.table.rows < opened.dataset.rows) return;
    const recipe = spaceRecipe(session.recipe, ['outlier_distance', COLUMN]);
    const plan = compile(recipe, opened.mapping);
    const { pairs, neighbours } = needsOf(plan);
    const { measured, rows } = opened.table;
    if (!measured.has(neighbours.from) || (rows > SEMANTIC_MOST && !(measured.has(pairs) && measured.has(neighbours))))
      return;
    const { signature } = pairs;
    const same = (one: { opened: Opened; signature: string } | null) =>
      one?.opened === opened && one.signature === signature;
    if (same(this.#done) || same(this.#going)) return;
    this.#going?.stop.abort(new Cancelled());
    const stop = new AbortController();
    const going = (this.#going = { opened, signature, stop });
    const signal = AbortSignal.any([stop.signal, opened.life.signal]);
    const work = async () => {
      try {
        while (session.held !== null && !signal.aborted) await new Promise((resolve) => setTimeout(resolve, HELD));
        session.remembered.question(signature);
        await session.ensure(recipe, plan, LATER, signal);
        signal.throwIfAborted();
        this.#done = { opened, signature };
        await this.#tell(opened, plan, signal);
      } finally {
        if (this.#going === going) this.#going = null;
      }
    };
    session.tasks.follow(work());
  }

  async #tell(opened: Opened, plan: Plan, signal: AbortSignal): Promise<void> {
    const { table } = opened;
    const near = await nearCompared(this.#session, opened, LATER, signal);
    signal.throwIfAborted();
    const { pairs, neighbours } = needsOf(plan);
    const { measured } = table;
    const derived = plan.derived.find(({ column }) => column === COLUMN)!;
    const compared = {
      pairs: measured.pairs(pairs),
      neighbours: measured.neighbours(neighbours),
      rank: measured.rank(derived.derived!.from === 'pairs' ? derived.derived!.prefer : { columns: [], keys: [] }),
      floor: SEMANTIC_FLOOR,
      on: neighbours.from.on,
      model: neighbours.from.model,
    };
    table.setOfSet(COLUMN, measured.column(derived), derived.signature);
    const [finding] = semanticDuplicates(table.health, compared, near);
    await this.#session.findLater('semantic-duplicates', finding ?? null, signal);
    this.#session.emitDataset();
  }
}
