/** What a step that compares records would do: how many go at each threshold, and which belong together. */
import { suitedThreshold } from '$lib/clusters/suited';
import type { NearGroups } from '$lib/duplicates/near-groups';
import { nearGroups } from '$lib/duplicates/near-groups';
import { bestBetter } from '$lib/duplicates/near';
import { floorOf } from '$lib/recipe/alike';
import { compile } from '$lib/recipe/plan';
import type { AlikeStep } from '$lib/recipe/types';
import { viewOf } from '$lib/record/view';
import { valueText } from '$lib/record/value';
import { lowerBound } from './drag';
import { alikeAt, alikeOf, reaching, thresholds, withAlike } from './drag-target';
import { spaceRecipe } from './needs';
import { URGENT } from './pool';
import type { AlikeCurve, AlikeGroups } from './protocol';
import type { Session } from './session';

const PLACES = 50;
const TEXT = 4000;

/** Measures what the step compares where that is not known yet; false where it cannot be (a model's vectors are not there). */
async function ready(session: Session, step: AlikeStep, signal: AbortSignal): Promise<boolean> {
  const { recipe, at } = withAlike(session.recipe, step);
  const upTo = { ...recipe, steps: recipe.steps.slice(0, at + 1) };
  const { table, mapping, dataset } = session.current;
  if (!dataset.complete || table.rows < dataset.rows) return false;
  const plan = compile(upTo, mapping);
  for (const need of plan.sets) session.remembered.question(need.signature);
  await session.ensure(upTo, plan, URGENT, signal);
  session.semantic.begin();
  return plan.sets.every((need) => table.measured.has(need));
}

/** How many records the step drops at every threshold, of those that reach it; null where that cannot be said yet. */
export async function alikeCurve(session: Session, step: AlikeStep, signal: AbortSignal): Promise<AlikeCurve | null> {
  if (!(await ready(session, step, signal))) return null;
  const similarity = alikeAt(session.current, session.recipe, step);
  const at = thresholds(floorOf(step));
  const dropped = new Uint32Array(at.length);
  const steps = Float32Array.from(at);
  let reach = 0;
  for (let row = 0; row < similarity.length; row++) {
    const value = similarity[row];
    if (value !== value) continue;
    reach++;
    const below = lowerBound(steps, value);
    const last = below < steps.length && steps[below] === value ? below : below - 1;
    if (last >= 0) dropped[last]++;
  }
  for (let k = dropped.length - 2; k >= 0; k--) dropped[k] += dropped[k + 1];
  return { at, dropped, reach, suggested: suggestedFor(session, step) };
}

/** The threshold that suits a semantic step's vectors, where their neighbours are known. */
function suggestedFor(session: Session, step: AlikeStep): number | null {
  if (!('semantic' in step)) return null;
  const { model, on } = step.semantic;
  const { mapping, table } = session.current;
  const probe = spaceRecipe({ ...session.recipe, embedding: { model, on } }, ['outlier_distance']);
  const need = compile(probe, mapping).sets.find((one) => one.kind === 'neighbours');
  if (need?.kind !== 'neighbours' || !table.measured.has(need)) return null;
  return suitedThreshold(table.measured.neighbours(need), floorOf(step));
}

/** The largest groups of records that the step holds for alike, the one that stays first. */
export async function alikeGroups(
  session: Session,
  step: AlikeStep,
  offset: number,
  limit: number,
  signal: AbortSignal,
): Promise<AlikeGroups | null> {
  if (!(await ready(session, step, signal))) return null;
  const { table, mapping } = session.current;
  const { measured } = table;
  const { recipe, at } = withAlike(session.recipe, step);
  const alike = alikeOf(recipe, at, mapping);
  const alive = reaching(recipe, at, mapping, measured);
  const pairs = measured.pairs(alike.pairs);
  const rank = measured.rank(alike.prefer);
  const groups = nearGroups(pairs, alike.at, alive);
  const { similarity, twin } = bestBetter(pairs, rank, alive);
  const shown = Array.from({ length: Math.max(0, Math.min(limit, groups.count - offset)) }, (_, i) => offset + i);
  return {
    groups: groups.count,
    largest: shown.map((group) => {
      const members = membersOf(groups, group).sort((a, b) => rank[a] - rank[b]);
      return {
        size: members.length,
        members: members.slice(0, PLACES).map((place) => ({
          place,
          key: measured.key(place),
          text: textOf(session, place, alike.pairs.from.on),
          // The best of a group has no better one; what stays beside it is less alike.
          similarity: similarity[place] >= Math.fround(alike.at) ? similarity[place] : null,
          twin: twin[place],
        })),
      };
    }),
  };
}

function membersOf({ offsets, places }: NearGroups, group: number): number[] {
  return [...places.subarray(offsets[group], offsets[group + 1])];
}

/** What is compared of a record, as it came. */
function textOf(session: Session, place: number, on: readonly string[]): string {
  const { batch, row } = session.current.dataset.at(place);
  const view = viewOf(batch, row, session.current.mapping);
  const parts = on.map((part) => {
    if (part === 'prompt' || part === 'response' || part === 'system') return view[part];
    return valueText(batch, row, part, null);
  });
  return parts.filter(Boolean).join('\n').slice(0, TEXT);
}
