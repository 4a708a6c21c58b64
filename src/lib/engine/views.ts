/** What the page shows of a judged recipe: counts, columns, categories, findings. */
import { publishedCut, suggestedCut } from '$lib/columns/suggest';
import type { Profile } from '$lib/columns/types';
import { remaining } from '$lib/health/findings';
import type { Detected } from '$lib/health/types';
import { longTail } from '$lib/labels/tail';
import type { Classes } from '$lib/recipe/measured';
import { KEPT, SPLITS, type Decision, type Recipe } from '$lib/recipe/types';
import type { Charts, ChartCut } from './charts';
import type { CategoryView, ColumnView, Counts, Views } from './protocol';
import { definitionOf } from './table';

export interface ViewParts {
  recipe: Recipe;
  profile: Profile;
  decision: Decision;
  charts: Charts;
  cuts: ChartCut[];
  /** Ids of the columns shown. */
  columns: string[];
  categories: { by: string; classes: Classes }[];
  /** Tokens of each record, or null where they were not measured. */
  tokens: Float32Array | null;
  estimated: boolean;
  findings: Detected[];
  /** 1 per record kept; null leaves the findings' remaining counts as they were in `before`. */
  kept: Uint8Array | null;
  before: Views | null;
}

/** The views; `dataset`, `version` and `work` are the caller's. */
export function makeViews(parts: ViewParts): Omit<Views, 'dataset' | 'version' | 'work'> {
  const { charts, columns, categories, recipe, decision } = parts;
  const label = categories.find(({ by }) => by === 'label');
  const shown = categories.map(({ by, classes }) => categoryView(by, classes, recipe, decision));
  return {
    counts: countsOf(parts, label ? (shown.find(({ by }) => by === 'label') ?? null) : null),
    columns: columns.map((id) => columnView(id, parts, charts)),
    categories: shown,
    findings: findingsOf(parts),
  };
}

function findingsOf({ findings, kept, before }: ViewParts): Views['findings'] {
  if (kept) return remaining(findings, kept);
  const known = new Map(before?.findings.map((finding) => [finding.id, finding.remaining]));
  return remaining(findings, null).map((finding) => ({
    ...finding,
    remaining: known.get(finding.id) ?? finding.count,
  }));
}

function columnView(id: string, { cuts, profile, recipe }: ViewParts, charts: Charts): ColumnView {
  const { stats, scale, all } = charts.distributions.get(id)!;
  const definition = definitionOf(id);
  const cells = charts.cells(id)!;
  const bins = scale.edges.length - 1;
  const own = cuts.find(({ column }) => column === id);
  let total = 0;
  for (const count of cells) total += count;
  const suggested = suggestedCut(definition, stats, profile);
  return {
    id,
    scale: scale.scale,
    edges: scale.edges,
    all,
    kept: cells.slice(0, bins),
    missing: stats.missing,
    stats,
    cut: own ? { ...rangeOf(recipe, own.step), step: own.step } : null,
    drops: own ? total - charts.linked!.kept : 0,
    published: publishedCut(definition, profile),
    suggested,
  };
}

function rangeOf(recipe: Recipe, index: number): { min?: number; max?: number } {
  const step = recipe.steps[index];
  if (!('cut' in step)) return {};
  const { min, max, below } = step.cut;
  const upper = below ?? max;
  return { ...(min === undefined ? {} : { min }), ...(upper === undefined ? {} : { max: upper }) };
}

function categoryView(by: string, { codes, names }: Classes, recipe: Recipe, decision: Decision): CategoryView {
  const shares = recipe.steps.map((step) => 'balance' in step);
  const all = new Uint32Array(names.length);
  const kept = new Uint32Array(names.length);
  const final = new Uint32Array(names.length);
  const split = decision.splits ? SPLITS.map(() => new Uint32Array(names.length)) : null;
  const { fate, copies } = decision;
  for (let row = 0; row < codes.length; row++) {
    const code = codes[row];
    if (code < 0) continue;
    all[code]++;
    if (fate[row] === KEPT || shares[fate[row]]) kept[code]++;
    final[code] += copies[row];
    if (split && decision.split[row] < split.length) split[decision.split[row]][code] += copies[row];
  }
  const view: CategoryView = { by, names, all, kept, final };
  if (split) view.splits = split as unknown as CategoryView['splits'];
  return view;
}

function countsOf({ decision, tokens, estimated }: ViewParts, label: CategoryView | null): Counts {
  const { copies, steps, kept, written, splits } = decision;
  let before = 0;
  let after = 0;
  if (tokens)
    for (let row = 0; row < tokens.length; row++) {
      const count = tokens[row];
      if (count !== count) continue;
      before += count;
      after += count * copies[row];
    }
  return {
    rows: copies.length,
    steps,
    kept,
    written,
    splits,
    tokens: { before, after, estimated },
    effectiveClasses: label ? { before: longTail(label.all).effective, after: longTail(label.final).effective } : null,
  };
}
