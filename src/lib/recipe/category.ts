import { columnById } from '$lib/columns';
import type { Column } from '$lib/columns/types';

/** The column whose dictionary gives the classes of `by` (`language`), or null where `by` is a part or a field. */
export function categoryColumn(by: string): Column | null {
  const column = columnById(by === 'language' ? 'language' : by);
  return column?.dictionary && column.measure ? column : null;
}
