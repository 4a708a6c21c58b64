/** A recipe judged over the records measured so far, and what the page is shown of it. */
import { decide } from '$lib/recipe/decide';
import { compile } from '$lib/recipe/plan';
import { boundsOf } from '$lib/recipe/steps/cut';
import type { Recipe } from '$lib/recipe/types';
import { Charts, type ChartCut } from './charts';
import { blockedBy, judgeablePlan, keptBytes } from './judge';
import { shownBy } from './needs';
import type { Views } from './protocol';
import type { Judged, Opened } from './state';
import { makeViews } from './views';

/** Up to here findings are counted anew with every recipe; beyond, shortly after. */
export const PROMPT_FINDINGS = 100_000;

/** The range of every cut of a recipe, as float32. */
export function cutsOf(recipe: Recipe): { step: number; column: string; min: number; max: number }[] {
  return recipe.steps.flatMap((step, index) => {
    if (!('cut' in step)) return [];
    const { low: min, high: max } = boundsOf(step.cut);
    return [{ step: index, column: step.cut.column, min, max }];
  });
}

/**
 * Judges a recipe over the records measured so far; `prompt` where the findings among the kept were counted with it.
 * `version` is the views'.
 */
export async function judge(
  opened: Opened,
  recipe: Recipe,
  version: number,
  signal: AbortSignal,
): Promise<{ judged: Judged; prompt: boolean }> {
  const start = performance.now();
  const { table, mapping, profile } = opened;
  const { measured } = table;
  if (opened.charts.rows !== table.rows) opened.charts = new Charts(table.rows);
  const { charts } = opened;
  for (const need of compile(recipe, mapping).columns) if (!measured.has(need)) table.offerColumn(need);
  for (const need of compile(recipe, mapping).classes) if (!measured.has(need)) table.offerClasses(need);
  const plan = judgeablePlan(recipe, mapping, measured);
  const decision = decide(plan, measured);

  const shown = shownBy(recipe, mapping, table.ids, table.categories());
  const valuesOf = ({ need }: (typeof shown.columns)[number]) => {
    const here = table.isBase(need) || !measured.knows(need) ? null : need;
    return {
      id: need.column,
      version: here ? `${here.signature}/${table.rows}` : table.version(need.column),
      values: () => (here ? measured.column(here) : table.base(need.column)),
      bytes: () => (here ? null : table.health.flagBytes(need.column)),
    };
  };
  const columns = shown.columns.map(valuesOf);
  const categories = shown.categories.flatMap(({ by, need }) => {
    if (!measured.has(need) && !table.offerClasses(need)) return [];
    const version = `${JSON.stringify(need)}/${table.rows}`;
    return [{ by, version, classes: () => measured.classes(need) }];
  });
  await charts.prepare(columns, categories, signal);
  const byId = new Map(columns.map((column) => [column.id, column]));
  const cuts = cutsOf(recipe).map(({ step, column, min, max }): ChartCut => {
    const view = byId.get(column);
    const own = shown.columns.find(({ need }) => need.column === column);
    // A column of another file than the one the recipe names is shown, and judges nothing.
    const known = own?.step === step && (table.isBase(own.need) || measured.knows(own.need) || !own.need.derived);
    if (view && known) return { step, column, min, max, version: view.version, values: view.values };
    const plan = compile({ ...recipe, steps: recipe.steps.slice(0, step + 1) }, mapping);
    const need = [...plan.columns, ...plan.derived].filter((other) => other.column === column);
    const last = need.at(-1);
    const values = () =>
      last && measured.knows(last) ? measured.column(last) : new Float32Array(table.rows).fill(NaN);
    return { step, column, min, max, version: `${last?.signature}/${table.rows}`, values };
  });
  charts.link(cuts, blockedBy(recipe, mapping, measured, decision));
  const prompt = table.rows <= PROMPT_FINDINGS;
  const views: Views = {
    ...makeViews({
      recipe,
      profile,
      decision,
      charts,
      cuts,
      columns: columns.map(({ id }) => id),
      categories: categories.map(({ by, classes }) => ({ by, classes: classes() })),
      tokens: byId.get('total_tokens')?.values() ?? null,
      estimated: table.estimated,
      findings: opened.findings,
      kept: prompt ? keptBytes(decision) : null,
      before: opened.judged?.views ?? null,
    }),
    dataset: opened.dataset.id,
    version,
    work: performance.now() - start,
  };
  return { judged: { recipe, plan, decision, measured, rows: table.rows, cuts, views }, prompt };
}
