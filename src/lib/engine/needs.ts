/** Where what is shown is measured: signatures of columns and categories, by asking the recipe's own planner. */
import { compile, type ClassNeed, type ClustersNeed, type ColumnNeed, type Plan } from '$lib/recipe/plan';
import type { EmbeddingSettings, Recipe, Step } from '$lib/recipe/types';
import type { Mapping } from '$lib/record/types';

const EMPTY: Recipe = { siftbook: 1, seed: 0, steps: [] };
const cutOn = (column: string): Step => ({ cut: { column } });
const balanceBy = (by: string): Step => ({ balance: { by } });

/** The column as the recipe's steps see it at their end; of several stages the last one planned. */
function columnOf(plan: Plan, column: string): ColumnNeed {
  const needs = [...plan.columns, ...plan.derived].filter((need) => need.column === column);
  return needs.reduce((a, b) => (b.stage > a.stage ? b : a));
}

/** A column of the records as they came. */
export function baseColumn(column: string, mapping: Mapping): ColumnNeed {
  return columnOf(compile({ ...EMPTY, steps: [cutOn(column)] }, mapping), column);
}

/** A category of the records as they came. */
export function baseCategory(by: string, mapping: Mapping, embedding?: EmbeddingSettings): ClassNeed {
  return compile({ ...EMPTY, embedding, steps: [balanceBy(by)] }, mapping).classes[0];
}

/**
 * The steps of a recipe that the map follows: what rewrites texts before the recipe looks at clusters, so that the map's clusters are
 * those the recipe names.
 */
export function rewritingSteps({ steps }: Recipe): Step[] {
  const at = steps.findIndex((step) => 'balance' in step && step.balance.by === 'cluster');
  return steps.slice(0, at < 0 ? steps.length : at).filter((step) => 'normalise' in step || 'redact' in step);
}

/** The recipe that the map is made by; `columns` are measured with it. */
export function spaceRecipe(recipe: Recipe, columns: readonly string[] = ['cluster']): Recipe {
  const steps = [...rewritingSteps(recipe), ...columns.map(cutOn)];
  return { siftbook: 1, seed: recipe.seed, embedding: recipe.embedding, steps };
}

/** The clusters that the recipe names. */
export function clustersOf(recipe: Recipe, mapping: Mapping): ClustersNeed {
  return compile(spaceRecipe(recipe), mapping).sets.find((need): need is ClustersNeed => need.kind === 'clusters')!;
}

/** A category as a query under this recipe means it: clusters as the recipe sees them, all others as the records came. */
export function queriedCategory(by: string, mapping: Mapping, recipe: Recipe = EMPTY): ClassNeed {
  if (by !== 'cluster') return baseCategory(by, mapping, recipe.embedding);
  const steps = [...rewritingSteps(recipe), balanceBy(by)];
  return compile({ ...spaceRecipe(recipe), steps }, mapping).classes.find((need) => need.by === by)!;
}

/** What the views of a recipe show. */
export interface Shown {
  columns: { need: ColumnNeed; step: number | null }[];
  categories: { by: string; need: ClassNeed }[];
}

/**
 * The stage of each column's view: where the recipe first cuts it, else after all steps; categories after all steps, with the
 * recipe's relabelling.
 */
export function shownBy(
  recipe: Recipe,
  mapping: Mapping,
  ids: readonly string[],
  categories: readonly string[],
): Shown {
  const measurable = ids.filter((id) => id !== 'exact_rank');
  const steps = [...recipe.steps, ...measurable.map(cutOn)];
  const end = compile({ ...recipe, steps }, mapping);
  const columns = measurable.map((id) => {
    const step = recipe.steps.findIndex((other) => 'cut' in other && other.cut.column === id);
    if (step < 0) return { need: columnOf(end, id), step: null };
    return { need: columnOf(compile({ ...recipe, steps: recipe.steps.slice(0, step + 1) }, mapping), id), step };
  });
  return {
    columns,
    categories: categories.map((by) => {
      const plan = compile(
        { ...recipe, steps: [...recipe.steps.filter((s) => !('balance' in s)), balanceBy(by)] },
        mapping,
      );
      const level = /^label:([1-9]\d*)$/.exec(by);
      const measured = level ? 'label' : by;
      const need = plan.classes.filter((other) => other.by === measured).reduce((a, b) => (b.stage >= a.stage ? b : a));
      return {
        by,
        need: { ...need, level: level ? Number(level[1]) : null, merges: measured === 'label' ? plan.merges : [] },
      };
    }),
  };
}
