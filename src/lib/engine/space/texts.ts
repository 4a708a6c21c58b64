/** The texts that are embedded: of each record, these parts one below the other, as the steps before have rewritten them. */
import { valueText } from '$lib/record/value';
import { viewOf } from '$lib/record/view';
import { editsAt } from '$lib/recipe/rewrite';
import type { Stage } from '$lib/recipe/plan';
import type { Mapping } from '$lib/record/types';
import type { Dataset } from '../dataset';

/** One record's text at a stage (absent: as it came); '' where it has none. */
export function embeddedText(
  dataset: Dataset,
  mapping: Mapping,
  place: number,
  on: readonly string[],
  stage: Stage | null = null,
): string {
  const { batch, row } = dataset.at(place);
  const edits = stage && stage.rewrites.length > 0 ? editsAt(batch, row, mapping, stage) : null;
  const view = viewOf(batch, row, mapping, edits);
  const parts = on.map((part) => {
    if (part === 'prompt' || part === 'response' || part === 'system') return view[part] ?? '';
    return valueText(batch, row, part, edits) ?? '';
  });
  return parts.filter((text) => text !== '').join('\n');
}
