/** What a handle holds: a column's range, or the threshold of a step that compares records. */
import { bestBetter } from '$lib/duplicates/near';
import type { Mapping } from '$lib/record/types';
import { decide } from '$lib/recipe/decide';
import { kindOf, placeFor } from '$lib/recipe/place';
import { compile } from '$lib/recipe/plan';
import type { Measured } from '$lib/recipe/measured';
import type { Alike } from '$lib/recipe/steps/definition';
import { KEPT, type AlikeStep, type Recipe, type Step } from '$lib/recipe/types';
import { AGAINST_COLUMNS, floorOf } from '$lib/recipe/alike';
import { endsBelow } from '$lib/recipe/steps/cut';
import { dragSteps } from './drag-steps';
import type { Judged, Opened } from './state';
import { definitionOf } from './table';
import { engineFailure } from './messages';

export interface DragTarget {
  values: Float32Array;
  /** Positions that are to be exact, ascending. */
  steps: Float64Array;
  /** Index among the judged cuts; -1 where it is none of them. */
  cut: number;
  /** Its view among the charts; -1 where it has none. */
  view: number;
  /** The step it belongs to; null where the recipe has none yet. */
  step: number | null;
  /** Where the step stands, or would. */
  at: number;
  low: number;
  high: number;
  /** Is a record kept below the upper end only, not at it? */
  below: boolean;
}

const WHOLE = new Set(['characters', 'words', 'tokens', 'turns', 'count', 'rank', 'flag', 'code']);

/** The step that a drag's id stands for: `near:{…}` or `semantic:{…}` with the step's body; null for a column's id. */
export function alikeStepOf(id: string): AlikeStep | null {
  const found = /^(near|semantic):(\{.*\})$/s.exec(id);
  return found ? ({ [found[1]]: JSON.parse(found[2]) } as AlikeStep) : null;
}

/** What a drag of this column, or of this step's threshold, moves. */
export function dragTarget(opened: Opened, judged: Judged, id: string): DragTarget {
  const step = alikeStepOf(id);
  return step ? ofStep(opened, judged, step) : ofColumn(opened, judged, id);
}

function ofColumn({ charts }: Opened, judged: Judged, column: string): DragTarget {
  const distribution = charts.distributions.get(column);
  if (!distribution) throw engineFailure('engine.no-histogram', { id: column });
  const { stats, scale } = distribution;
  const cut = judged.cuts.findIndex((other) => other.column === column);
  const step = cut < 0 ? null : judged.cuts[cut].step;
  const body = step === null ? null : judged.recipe.steps[step];
  const own = body && 'cut' in body ? body.cut : undefined;
  const below = own?.below;
  const low = cut < 0 ? -Infinity : judged.cuts[cut].min;
  const high = below !== undefined ? Math.fround(below) : cut < 0 ? Infinity : judged.cuts[cut].max;
  const shown = judged.views.columns.find(({ id }) => id === column);
  const offered = [shown?.published, shown?.suggested, shown?.cut].flatMap((one) => [one?.min, one?.max]);
  const always = [...offered.filter((value) => value !== undefined), ...[low, high].filter(Number.isFinite)];
  const exact = [...new Set(always.map((value) => Math.fround(value)))].map((value) =>
    always.find((one) => Math.fround(one) === value)!,
  );
  return {
    values: distribution.values(),
    steps: AGAINST_COLUMNS.includes(column)
      ? positions(0, exact)
      : dragSteps(scale.edges, stats.min, stats.max, WHOLE.has(definitionOf(column).unit), exact),
    cut,
    view: charts.view(column),
    step,
    at: step ?? placeFor(judged.recipe.steps, 'cut'),
    low,
    high,
    below: endsBelow(column, own),
  };
}

/** Positions of a threshold from a floor to 1, every five thousandths and where it stands. */
export function thresholds(floor: number, at?: number): Float64Array {
  return positions(floor, at === undefined ? [] : [at]);
}

function positions(floor: number, always: readonly number[]): Float64Array {
  const steps = new Set<number>(always);
  for (let k = Math.round(floor * 200); k <= 200; k++) steps.add(k / 200);
  return Float64Array.from(steps).sort();
}

/** The recipe with the step in its place: over the first of its kind, else where such a step belongs. */
export function withAlike(recipe: Recipe, step: AlikeStep): { recipe: Recipe; at: number; inserted: boolean } {
  const kind = kindOf(step as Step);
  const found = recipe.steps.findIndex((one) => kind in one);
  const at = found < 0 ? placeFor(recipe.steps, kind) : found;
  const steps = [...recipe.steps];
  steps.splice(at, found < 0 ? 0 : 1, step as Step);
  return { recipe: { ...recipe, steps }, at, inserted: found < 0 };
}

/** What the step at this index compares. */
export function alikeOf(recipe: Recipe, at: number, mapping: Mapping): Alike {
  const plan = compile({ ...recipe, steps: recipe.steps.slice(0, at + 1) }, mapping);
  const alike = plan.steps[at].judge?.alike;
  if (!alike) throw new TypeError(`step ${at} compares no records`);
  return alike;
}

/** 1 for each record that reaches the step at this index. */
export function reaching(recipe: Recipe, at: number, mapping: Mapping, measured: Measured): Uint8Array {
  const { fate } = decide(compile({ ...recipe, steps: recipe.steps.slice(0, at) }, mapping), measured);
  return Uint8Array.from(fate, (one) => Number(one === KEPT));
}

/** Similarity of each record that reaches the step to the nearest better one that does; NaN for all others. */
export function alikeAt(opened: Opened, given: Recipe, step: AlikeStep): Float32Array {
  const { recipe, at } = withAlike(given, step);
  const { measured, mapping } = opened.table;
  const { pairs, prefer } = alikeOf(recipe, at, mapping);
  const alive = reaching(recipe, at, mapping, measured);
  return bestBetter(measured.pairs(pairs), measured.rank(prefer), alive).similarity;
}

function ofStep(opened: Opened, { recipe }: Judged, step: AlikeStep): DragTarget {
  const { at, inserted } = withAlike(recipe, step);
  const { at: threshold } = 'near' in step ? step.near : step.semantic;
  return {
    values: alikeAt(opened, recipe, step),
    steps: thresholds(floorOf(step), threshold),
    cut: -1,
    view: -1,
    step: inserted ? null : at,
    at,
    low: -Infinity,
    high: threshold,
    below: true,
  };
}
