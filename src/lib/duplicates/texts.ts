import { valueText } from '$lib/record/value';
import { labelName, viewOf } from '$lib/record/view';
import type { Batch, Mapping, View } from '$lib/record/types';

const PARTS: Record<string, (view: View) => string | null> = {
  prompt: (view) => view.prompt,
  response: (view) => view.response,
  system: (view) => view.system,
  label: (view) => labelName(view.label),
  source: (view) => view.source,
  annotator: (view) => view.annotator,
  time: (view) => view.time,
  id: (view) => view.id,
};

/**
 * The text of each record (from row `from` to before `to`) that is compared: mapped parts by their names (`prompt`, `response`, `system`, `label`, …), else fields of the file, joined
 * by a newline, empty ones left out; null where nothing is left.
 */
export function textsOf(
  batch: Batch,
  mapping: Mapping,
  on: readonly string[],
  from = 0,
  to = batch.rows,
): (string | null)[] {
  const viewed = on.some((name) => Object.hasOwn(PARTS, name));
  return Array.from({ length: to - from }, (_, i) => {
    const row = from + i;
    const view = viewed ? viewOf(batch, row, mapping) : null;
    let text = '';
    for (const name of on) {
      const part = view !== null && Object.hasOwn(PARTS, name) ? PARTS[name](view) : valueText(batch, row, name);
      if (part) text = text === '' ? part : `${text}\n${part}`;
    }
    return text === '' ? null : text;
  });
}
