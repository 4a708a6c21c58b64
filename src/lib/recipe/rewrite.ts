import { spansOf } from '$lib/columns/measure';
import { EMPTY_VIEW } from '$lib/record/empty-view';
import type { RowEdits } from '$lib/record/edits';
import { editsOf, labelEdits, partsOf } from '$lib/record/parts';
import { labelName, labelOf, viewOf } from '$lib/record/view';
import type { Batch, Mapping, View } from '$lib/record/types';
import { relabelled } from './measured';
import { findPersonal } from '$lib/text/personal';
import type { Stretch } from '$lib/text/redact';
import type { Plan, Stage } from './plan';
import type { TextRewrite, TextTools } from './steps/definition';

const tools: TextTools = {
  spans(text, kinds) {
    const spans: Stretch[] = [];
    if (/[\d@:\uff10-\uff19]/.test(text)) spans.push(...findPersonal(text).filter(({ kind }) => kinds.includes(kind)));
    if (kinds.includes('secret')) spans.push(...spansOf({ ...EMPTY_VIEW, prompt: text }, ['secret']));
    return spans;
  },
};

/** A record's edits after one more rewrite; the same map where nothing changed. */
export function rewritten(
  batch: Batch,
  row: number,
  mapping: Mapping,
  rewrite: TextRewrite,
  edits: RowEdits | null,
): RowEdits | null {
  const parts = partsOf(batch, row, mapping, rewrite.on ?? undefined, edits);
  let seen: View | null = null;
  const view = () => (seen ??= viewOf(batch, row, mapping, edits));
  const changed = parts.flatMap((part) => {
    const text = rewrite.apply(part.text, tools, { role: part.role, view });
    return text === part.text ? [] : [{ ...part, text }];
  });
  return changed.length === 0 ? edits : editsOf(batch, row, changed, edits);
}

/** A record's edits at a stage. */
export function editsAt(batch: Batch, row: number, mapping: Mapping, stage: Stage): RowEdits | null {
  let edits: RowEdits | null = null;
  for (const rewrite of stage.rewrites) edits = rewritten(batch, row, mapping, rewrite, edits);
  return edits;
}

/** All that a recipe's steps rewrite of a record, its label included; null where nothing changes. */
export function editsOfPlan(batch: Batch, row: number, mapping: Mapping, plan: Plan): RowEdits | null {
  const edits = editsAt(batch, row, mapping, plan.stages[plan.stages.length - 1]);
  if (plan.merges.length === 0) return edits;
  const label = labelName(labelOf(batch, row, mapping, edits));
  if (label === null) return edits;
  const renamed = relabelled(label, plan.merges);
  return renamed === label ? edits : labelEdits(batch, row, mapping, renamed.split('/'), edits);
}
