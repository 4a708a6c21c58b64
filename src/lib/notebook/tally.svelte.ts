import type { Views } from '$lib/engine/protocol';
import { longTail } from '$lib/labels/tail';
import { balanceTargets } from '$lib/recipe/steps/balance';
import type { Recipe, StepCount } from '$lib/recipe/types';
import type { Live } from './live.svelte';
import { addedBy, funnelFresh, funnelHeld } from './spine/funnel';
import { heldStep, type HeldStep } from './spine/held';

/** What the tally is of. */
interface Of {
  readonly views: Views | null;
  readonly recipe: Recipe;
  readonly live: Live;
}

/** What the steps keep and drop and how much is written: the engine's counts, live while a handle is held. */
export class Tally {
  /** The step whose handle is held, as it stands; null for none. */
  readonly held = $derived.by((): HeldStep | null => {
    const { column, min, max } = this.of.live;
    return column === null ? null : heldStep(this.of.recipe.steps, column, { min, max });
  });
  /** The funnel with the step whose handle is held though it is not in the recipe yet; null where there is none. */
  readonly fresh = $derived.by((): ReturnType<typeof funnelFresh> | null => {
    const counts = this.of.views?.counts;
    const { kept, tick } = this.of.live;
    if (!counts || !this.held || kept === null || tick === 0 || this.held.index >= 0) return null;
    const { steps } = this.of.recipe;
    if (counts.steps.length !== steps.length) return null;
    return funnelFresh(steps, counts, this.held, { kept, ...this.#said });
  });
  /** What every step keeps and drops. */
  readonly funnel = $derived.by((): StepCount[] => {
    const counts = this.of.views?.counts;
    const { kept, tick } = this.of.live;
    const step = this.held?.index ?? -1;
    if (!counts || kept === null || tick === 0) return counts?.steps ?? [];
    if (step < 0) return this.fresh?.steps ?? counts.steps;
    return funnelHeld(this.of.recipe.steps, counts, { step, kept, ...this.#said });
  });
  /** Records kept. */
  readonly kept = $derived.by(() => {
    const { kept } = this.of.live;
    if (kept === null) return this.of.views?.counts.kept ?? 0;
    return (this.fresh ?? this.funnel.at(-1))?.kept ?? kept;
  });
  /** Records written, copies counted. */
  readonly written = $derived.by(() => {
    if (this.of.live.kept === null) return this.of.views?.counts.written ?? 0;
    return this.kept + addedBy(this.of.recipe.steps, this.#said.classes);
  });

  /** Classes that would be left if all were of one size, after every step; null where it is not known before the release. */
  readonly effective = $derived.by(() => {
    const { live, recipe, views } = this.of;
    if (live.kept === null) return views?.counts.effectiveClasses?.after ?? null;
    void live.tick;
    const view = this.#said.classes('label');
    const step = recipe.steps.find((one) => 'balance' in one);
    if (!view || (step && step.balance.by !== 'label')) return null;
    return longTail(step ? balanceTargets(view.kept, view.names, step.balance) : view.kept).effective;
  });
  /** Tokens written; null where they are not known before the release. */
  readonly tokens = $derived.by(() => {
    const { live, views } = this.of;
    return live.kept === null ? (views?.counts.tokens.after ?? null) : live.tokens;
  });

  constructor(readonly of: Of) {}

  /** What the drag index says beside what is kept. */
  readonly #said = {
    dropped: (step: number) => this.of.live.dropped(step),
    classes: (by: string) => {
      const names = this.of.views?.categories.find((view) => view.by === by)?.names;
      const bins = this.of.live.bins(`category:${by}`);
      return names && bins ? { names, kept: bins } : null;
    },
  };
}
