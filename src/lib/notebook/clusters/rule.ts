import { placeFor } from '$lib/recipe/place';
import type { BalanceStep, ClusterChoice, Recipe, Step } from '$lib/recipe/types';
import { withTarget, without } from '../balance/rule';

const isOwn = (step: Step): step is { balance: BalanceStep } => 'balance' in step && step.balance.by === 'cluster';

/** The recipe's step that leaves clusters out or caps them; null where it has none. */
export function clusterStep(recipe: Recipe): BalanceStep | null {
  return recipe.steps.find(isOwn)?.balance ?? null;
}

/**
 * The recipe with its step by cluster changed: put in where there is none, taken out where it asks for nothing any more. The number of
 * clusters is written down with it, so that a run elsewhere finds the same ones.
 */
function withStep(recipe: Recipe, clusters: ClusterChoice, change: (step: BalanceStep) => BalanceStep): Recipe {
  const at = recipe.steps.findIndex(isOwn);
  const next = change(at < 0 ? { by: 'cluster' } : (recipe.steps[at] as { balance: BalanceStep }).balance);
  const empty = Object.keys(next).every((key) => key === 'by' || key === 'mode') && next.mode !== 'uniform';
  const steps = [...recipe.steps];
  if (at >= 0) steps.splice(at, 1, ...(empty ? [] : [{ balance: next }]));
  else if (!empty) steps.splice(placeFor(steps, 'balance'), 0, { balance: next });
  const embedding = empty ? recipe.embedding : { ...recipe.embedding, clusters };
  return { ...recipe, ...(embedding && { embedding }), steps };
}

/** Keeps at most so many records of a cluster; 0 leaves it out, null takes the limit back. */
export function withCluster(recipe: Recipe, clusters: ClusterChoice, id: string, most: number | null): Recipe {
  return withStep(recipe, clusters, (step) => withTarget(step, id, most));
}

/** Keeps at most so many records of every cluster; null takes the cap back. */
export function withCap(recipe: Recipe, clusters: ClusterChoice, cap: number | null): Recipe {
  return withStep(recipe, clusters, (step) => {
    const rest = without(without(step, 'mode'), 'cap');
    return cap === null ? rest : { ...rest, mode: 'cap', cap };
  });
}

/** Another number of clusters, or another tightness; null: as many as suit the data. Limits of single clusters go, for their numbers mean others then. */
export function withClusters(recipe: Recipe, clusters: ClusterChoice | null): Recipe {
  const rest = { ...recipe.embedding };
  delete rest.clusters;
  const embedding = clusters === null ? rest : { ...rest, clusters };
  const at = recipe.steps.findIndex(isOwn);
  const steps = [...recipe.steps];
  if (at >= 0) {
    const next = without((steps[at] as { balance: BalanceStep }).balance, 'counts');
    const empty = Object.keys(next).every((key) => key === 'by' || key === 'mode');
    steps.splice(at, 1, ...(empty ? [] : [{ balance: next }]));
  }
  const changed: Recipe = { ...recipe, steps };
  if (Object.keys(embedding).length > 0) changed.embedding = embedding;
  else delete changed.embedding;
  return changed;
}
