import type { View } from '$lib/record/types';
import { loadSegmenter } from '$lib/text/segment';
import { loadLanguages } from '$lib/text/language';
import { loadPersonal } from '$lib/text/personal';
import { columnById, columns } from './index';
import { Subject } from './subject';
import { loadTokens } from './tokens';
import type { Column, Span } from './types';
import { columnFailure } from './messages';

/** What is loaded beyond dictionary, language detector and phone rules. */
export interface LoadOptions {
  /** Token columns will be measured: loads o200k_base. */
  tokens?: boolean;
}

/** Loads what the columns need in this thread: dictionary, language detector, phone and IBAN rules. May be called again (to add tokens). */
export async function loadColumns(options: LoadOptions = {}): Promise<void> {
  await Promise.all([loadSegmenter(), loadLanguages(), loadPersonal(), options.tokens ? loadTokens() : null]);
}

const subject = new Subject();

function measurable(ids: string[]): (Column & Required<Pick<Column, 'measure'>>)[] {
  return ids.map((id) => {
    const column = columnById(id);
    if (!column) throw columnFailure('columns.unknown', { id });
    if (!column.measure) throw columnFailure('columns.of-the-whole', { id });
    return column as Column & Required<Pick<Column, 'measure'>>;
  });
}

/** One record's numbers in the order of `ids`, in double precision; NaN where not measurable. Throws for an unknown column or one of whole datasets. */
export function measureView(view: View, ids: string[]): number[] {
  subject.reset(view);
  return measurable(ids).map((column) => column.measure(subject));
}

/** One array a column, in the order of `ids`; each has one float32 a record, NaN where not measurable. Throws as `measureView`. */
export function measureViews(views: Iterable<View>, ids: string[]): Float32Array[] {
  const list = Array.isArray(views) ? (views as View[]) : [...views];
  const measures = measurable(ids).map((column) => column.measure);
  const results = measures.map(() => new Float32Array(list.length));
  for (let row = 0; row < list.length; row++) {
    subject.reset(list[row]);
    for (let c = 0; c < measures.length; c++) results[c][row] = measures[c](subject);
  }
  return results;
}

/** Stretches of a record's texts that its columns (all, or those of `ids`) point at, by field and start. */
export function spansOf(view: View, ids?: string[]): Span[] {
  subject.reset(view);
  const from = ids ? ids.map(columnById) : columns;
  const spans = from.flatMap((column) => column?.spans?.(subject) ?? []);
  return spans.sort((a, b) => (a.field < b.field ? -1 : a.field > b.field ? 1 : a.start - b.start || a.end - b.end));
}
