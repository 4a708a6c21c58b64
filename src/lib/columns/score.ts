import type { Column } from './types';

/** A numeric field of the file as a column (`field:NAME`). The caller reads it from the batch: it is not in a View. */
export function scoreColumn(field: string): Column {
  return { id: `field:${field}`, unit: 'score', group: 'field', cost: 'cheap', source: field };
}
