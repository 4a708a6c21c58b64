/** The steps behind a held handle where records are compared: what a drag index counts otherwise than record by record. */
import type { Measured } from '$lib/recipe/measured';
import { compile } from '$lib/recipe/plan';
import { KEPT, type Recipe } from '$lib/recipe/types';
import type { Mapping } from '$lib/record/types';
import type { DragClasses } from './drag-classes';
import type { Drops } from './drag-funnel';
import { follow, type Stage } from './follow';
import { isBlocker, isShare } from './judge';
import { Positions } from './positions';
import type { Judged } from './state';
import { joinedBy, type Rivals } from './twins';

/** The handle that is held; the other end of the range stays where it is. */
export interface Handle {
  side: 'min' | 'max';
  /** ∓Infinity where the other end is open. */
  other: number;
  values: Float32Array;
  classes: DragClasses;
  /** Where the step stands that it belongs to, or would (`inserted`). */
  at: number;
  inserted: boolean;
}

/** A recipe, and what it was or would be judged by. */
type Judging = Pick<Judged, 'recipe' | 'plan' | 'measured'>;

export interface DragTwins {
  /** 1 for records that are not kept wherever they lie inside the handle, though every cut keeps them: only `turns` count them. */
  apart: Uint8Array;
  /** From class `group` of the dragged column on (`count` of the classes: at once) record `row` counts, or (-1) does not any more. */
  turns: { row: number[]; group: number[]; by: number[] };
  /** What each step behind the handle drops. */
  drops: Drops[];
}

/**
 * Who of alike records stays wherever the handle goes, under a recipe as it was judged. The lower handle's positions count from
 * the lowest class up, the upper one's from the highest down, so that inside is always up to one's own.
 */
export function twinsOf(judged: Judging, mapping: Mapping, handle: Handle): DragTwins {
  const { recipe, plan, measured } = judged;
  const { side, other, values, classes, at, inserted } = handle;
  const last = classes.count + 1;
  const flip = (own: number) => (side === 'min' || own === last ? own : last - own);
  const positionOf = (group: number) => flip(group + 1);
  const groupOf = (position: number) => flip(position) - 1;

  const rows = values.length;
  const fate = new Uint16Array(rows).fill(KEPT);
  const verdict = { fate, copies: new Uint16Array(rows), split: new Uint8Array(rows) };
  const judges = plan.steps.filter(({ index, judge }) => judge && !isShare(recipe.steps[index]));
  for (const { index, judge } of judges) if (index < at) judge!.decide(measured, { ...verdict, index });

  const alive = new Positions(rows);
  const apart = new Uint8Array(rows);
  const beyond = side === 'min' ? (value: number) => value > other : (value: number) => value < other;
  for (let row = 0; row < rows; row++) {
    if (fate[row] !== KEPT) apart[row] = 1;
    else if (!beyond(values[row])) alive.ends[row] = positionOf(classes.of[row]);
  }
  const stages: Stage[] = [];
  for (const { index, judge } of judges) {
    if (index < at || (index === at && !inserted)) continue;
    const compares = isBlocker(recipe.steps[index]);
    if (!compares) judge!.decide(measured, { ...verdict, index });
    stages.push({ step: index, rivals: compares ? rivalsAt(judged, index, mapping) : null });
  }
  const { kept, touched, dropped } = follow(alive, last, fate, stages);

  const turns: DragTwins['turns'] = { row: [], group: [], by: [] };
  for (let row = 0; row < rows; row++) {
    if (touched[row] === 0) continue;
    apart[row] = 1;
    kept.get(row).forEach((position, i) => {
      if (position === 0) return;
      turns.row.push(row);
      turns.group.push(groupOf(position));
      turns.by.push(i % 2 === 0 ? -1 : 1);
    });
  }
  const drops = dropped.map(({ step, at: byPosition }): Drops => {
    const byClass = new Int32Array(classes.count + 1);
    for (let position = 1; position <= last; position++) byClass[groupOf(position)] = byPosition[position];
    return { step, byClass };
  });
  return { apart, turns, drops };
}

/** Who is whose rival at a step that compares records. */
function rivalsAt({ recipe, plan, measured }: Judging, step: number, mapping: Mapping): Rivals {
  const body = recipe.steps[step];
  if ('exact' in body) return equals(recipe, step, body.exact.on, mapping, measured);
  const { pairs, prefer, at } = plan.steps[step].judge!.alike!;
  const { set, sets, edges } = measured.pairs(pairs);
  return { set, sets, joined: joinedBy(edges, Math.fround(at), sets), rank: measured.rank(prefer) };
}

function equals(recipe: Recipe, step: number, on: string[], mapping: Mapping, measured: Measured): Rivals {
  const { groups } = compile({ ...recipe, steps: recipe.steps.slice(0, step + 1) }, mapping);
  const need = groups.findLast((one) => JSON.stringify(one.on) === JSON.stringify(on))!;
  const { ids, count } = measured.groups(need);
  return { set: ids, sets: count, joined: null, rank: null };
}
