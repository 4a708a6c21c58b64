/** What cells ask beside views and records: drag index, preview, percentiles by class, groups of equal records. */
import { quantile, sortedValues } from '$lib/columns/stats';
import { groupsOf, type Groups } from '$lib/duplicates/groups';
import { conflicts } from '$lib/labels/conflicts';
import { decide } from '$lib/recipe/decide';
import { compile } from '$lib/recipe/plan';
import { editsAt, rewritten } from '$lib/recipe/rewrite';
import type { Recipe } from '$lib/recipe/types';
import type { RowEdits } from '$lib/record/edits';
import { partsOf } from '$lib/record/parts';
import { labelName, viewOf } from '$lib/record/view';
import type { Part } from '$lib/record/types';
import { loadPersonal } from '$lib/text/personal';
import { aloneOf } from './drag-alone';
import { classesOf } from './drag-classes';
import { dropsOfCuts } from './drag-funnel';
import { buildDrag } from './drag-index';
import { alikeStepOf, dragTarget } from './drag-target';
import { twinsOf } from './drag-twins';
import { blockedBy, blockedWithoutCuts, hasBlockers } from './judge';
import { linkAll } from './linked';
import { queriedCategory } from './needs';
import { URGENT } from './pool';
import type { DragIndex, EngineApi, GroupList, Preview } from './protocol';
import type { Session } from './session';
import { breathe } from './turns';
import { engineFailure } from './messages';

/**
 * The index of a column's handles under the recipe as it was last judged. `wanted`: views it shall hold (column ids,
 * `category:BY`); absent: all.
 */
export function dragIndex(
  session: Session,
  column: string,
  wanted?: readonly string[],
  side: 'min' | 'max' | null = null,
): DragIndex {
  const { charts, judged, mapping } = session.current;
  if (!judged || !charts.linked) throw engineFailure('engine.no-histogram', { id: column });
  const { recipe, measured, decision } = judged;
  const { values, steps, cut, view, step, at, low, high, below } = dragTarget(session.current, judged, column);
  const names = charts.names.map((name) => (!wanted || wanted.includes(name) ? name : null));
  const balanced = recipe.steps.some((one) => 'balance' in one);
  const tokens = balanced ? null : (charts.distributions.get('total_tokens')?.values() ?? null);
  const classes = classesOf(steps, values);
  const dragged = { column, steps, classes, view, names, tokens, below };
  const alike = alikeStepOf(column);
  if (!hasBlockers(recipe) && !alike) {
    const stepOf = judged.cuts.map((one) => one.step);
    const drops = step === null || cut < 0 ? [] : dropsOfCuts(charts.linked, stepOf, cut, classes);
    return buildDrag(charts.linked, { ...dragged, cut, drops });
  }
  const other = side === 'max' ? low : high;
  const inserted = step === null;
  const handle = { side: side ?? 'min', other, values, classes, at, inserted };
  const { apart, turns, drops } = twinsOf(judged, mapping, handle);
  const failing =
    blockedWithoutCuts(recipe, mapping, measured, step) ??
    blockedBy(recipe, mapping, measured, decision)?.failing ??
    new Uint8Array(values.length);
  const cuts = judged.cuts.filter((_, i) => i !== cut);
  const alone =
    alike && cuts.some((one) => names.includes(one.column)) ? aloneOf(session.current, judged, alike, steps) : null;
  const linked = linkAll(charts.table, charts.maskCuts(cuts), { passing: apart, failing: alone?.apart ?? failing });
  return buildDrag(linked, { ...dragged, cut: -1, drops, turns, failing, alone });
}

/** Records looked at for a preview, evenly spread. */
const SAMPLED = 10_000;
/** Longest text shown of either side. */
const SHOWN = 4000;

/** What a text step changes in records, as it finds them. */
export async function preview(
  session: Session,
  recipe: Recipe,
  step: number,
  limit: number,
  signal: AbortSignal,
): Promise<Preview> {
  const { dataset, mapping } = session.current;
  const before = compile({ ...recipe, steps: recipe.steps.slice(0, step) }, mapping).stages.at(-1)!;
  const after = compile({ ...recipe, steps: recipe.steps.slice(0, step + 1) }, mapping).stages.at(-1)!;
  const result: Preview = { changed: 0, sampled: 0, records: [] };
  if (after.index === before.index) return result;
  await loadPersonal();
  const rewrite = after.rewrites[after.rewrites.length - 1];
  const looked = Math.min(dataset.rows, SAMPLED);
  for (let i = 0; i < looked; i++) {
    if (i % 200 === 199) await breathe(signal);
    const place = Math.floor((i * dataset.rows) / looked);
    const { batch, row } = dataset.at(place);
    const from = editsAt(batch, row, mapping, before);
    const to = rewritten(batch, row, mapping, rewrite, from);
    result.sampled++;
    if (to === from) continue;
    result.changed++;
    if (result.records.length >= limit) continue;
    const parts = (edits: RowEdits | null) => partsOf(batch, row, mapping, rewrite.on ?? undefined, edits);
    const now = parts(to);
    const changed = parts(from).findIndex((part, i) => now[i] && now[i].text !== part.text);
    if (changed < 0) continue;
    const old: Part = parts(from)[changed];
    const field = old.role === 'other' ? old.field : old.role;
    result.records.push({ place, field, before: old.text.slice(0, SHOWN), after: now[changed].text.slice(0, SHOWN) });
  }
  return result;
}

/** Percentiles of a column per class, classes in order of first appearance. */
export function byCategory(session: Session, column: string, by: string): Awaited<ReturnType<EngineApi['byCategory']>> {
  const { charts, table, mapping, judged } = session.current;
  const values = charts.distributions.get(column)?.values() ?? table.base(column);
  const level = /^label:([1-9]\d*)$/.exec(by);
  const base = queriedCategory(by, mapping, judged?.recipe);
  const merges = base.by === 'label' ? (judged?.plan.merges ?? []) : [];
  const need = { ...base, level: level ? Number(level[1]) : null, merges };
  if (!table.measured.has(need) && !table.offerClasses(need)) throw engineFailure('engine.no-category', { by });
  const { codes, names } = table.measured.classes(need);
  const sizes = new Uint32Array(names.length);
  for (let row = 0; row < codes.length; row++) if (codes[row] >= 0) sizes[codes[row]]++;
  const parts = names.map((_, code) => new Float32Array(sizes[code]));
  const filled = new Uint32Array(names.length);
  for (let row = 0; row < codes.length; row++)
    if (codes[row] >= 0) parts[codes[row]][filled[codes[row]]++] = values[row];
  return names.map((name, code) => {
    const sorted = sortedValues(parts[code]);
    const at = (q: number) => quantile(sorted, q);
    return { name, count: sizes[code], p05: at(0.05), p50: at(0.5), p95: at(0.95), max: at(1) };
  });
}

const PLACES = 20;
const TEXT = 200;

/** The largest groups of equal records, or of equal prompts whose labels differ. */
export async function groupList(
  session: Session,
  kind: 'exact' | 'conflicts',
  on: string[],
  limit: number,
  signal: AbortSignal,
): Promise<GroupList> {
  const { table, mapping } = session.current;
  const { labels, prompts } = table.health;
  if (kind === 'exact') {
    const recipe: Recipe = { siftbook: 1, seed: 0, steps: [{ exact: { on } }] };
    const plan = compile(recipe, mapping);
    session.remembered.question(plan.groups[0].signature);
    await session.ensure(recipe, plan, URGENT, signal);
    // While records come in there is no answer yet.
    if (!table.measured.has(plan.groups[0])) return { groups: 0, extra: 0, largest: [] };
    const groups = table.measured.groups(plan.groups[0]);
    return largest(session, groups, null, on, limit);
  }
  if (!labels) return { groups: 0, extra: 0, largest: [] };
  const codes = labels.codes.map((code, place) => (prompts[place] === 0n ? -1 : code));
  const groups = groupsOf(prompts);
  return largest(session, groups, conflicts(groups, codes).places, ['prompt'], limit);
}

/** `members`: 1 for the records that count; null for all. */
function largest(
  session: Session,
  { ids, count }: Groups,
  members: Uint8Array | null,
  on: string[],
  limit: number,
): GroupList {
  const { table, dataset, mapping } = session.current;
  const sizes = new Uint32Array(count);
  for (let place = 0; place < ids.length; place++) if (!members || members[place]) sizes[ids[place]]++;
  const several: number[] = [];
  let extra = 0;
  for (let group = 0; group < count; group++)
    if (sizes[group] > 1) {
      several.push(group);
      extra += sizes[group] - 1;
    }
  several.sort((a, b) => sizes[b] - sizes[a] || a - b);
  const shown = several.slice(0, limit);
  const slot = new Map(shown.map((group, i) => [group, i]));
  const { labels } = table.health;
  const places: number[][] = shown.map(() => []);
  const counts = shown.map(() => new Map<number, number>());
  for (let place = 0; place < ids.length; place++) {
    const i = slot.get(ids[place]);
    if (i === undefined || (members && !members[place])) continue;
    if (places[i].length < PLACES) places[i].push(place);
    const code = labels ? labels.codes[place] : -1;
    if (code >= 0) counts[i].set(code, (counts[i].get(code) ?? 0) + 1);
  }
  return {
    groups: several.length,
    extra,
    largest: shown.map((group, i) => {
      const { batch, row } = dataset.at(places[i][0]);
      const view = viewOf(batch, row, mapping);
      const part = (name: string) =>
        name === 'response'
          ? view.response
          : name === 'system'
            ? view.system
            : name === 'label'
              ? labelName(view.label)
              : view.prompt;
      const text = [...new Set(on.map(part))].filter(Boolean).join(' · ');
      return {
        size: sizes[group],
        places: places[i],
        text: [...text.slice(0, 2 * TEXT)].slice(0, TEXT).join(''),
        labels: [...counts[i]]
          .sort((a, b) => b[1] - a[1] || a[0] - b[0])
          .map(([code, size]) => ({ name: labels!.names[code], count: size })),
      };
    }),
  };
}

/** 1 for each record that the recipe as last judged keeps. */
export function keptNow(session: Session): Uint8Array<ArrayBuffer> {
  const { judged, table } = session.current;
  const copies = judged
    ? judged.decision.copies
    : decide(compile({ siftbook: 1, seed: 0, steps: [] }, table.mapping), table.measured).copies;
  return Uint8Array.from(copies, (count) => (count > 0 ? 1 : 0));
}
