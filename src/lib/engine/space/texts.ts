/** The texts that are embedded: of each record, these parts one below the other, as they came. */
import { valueText } from '$lib/record/value';
import { viewOf } from '$lib/record/view';
import type { Mapping } from '$lib/record/types';
import type { Dataset } from '../dataset';

/** One record's text; '' where it has none. */
export function embeddedText(dataset: Dataset, mapping: Mapping, place: number, on: readonly string[]): string {
  const { batch, row } = dataset.at(place);
  const view = viewOf(batch, row, mapping);
  const parts = on.map((part) => {
    if (part === 'prompt' || part === 'response' || part === 'system') return view[part] ?? '';
    return valueText(batch, row, part, null) ?? '';
  });
  return parts.filter((text) => text !== '').join('\n');
}
