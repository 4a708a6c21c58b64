import type { ClusterSummary } from '$lib/engine/protocol';

export type Column = 'id' | 'name' | 'size' | 'kept' | 'dropped' | 'label' | 'quality' | 'spread';

export interface Row extends ClusterSummary {
  name: string;
  /** Records kept now. */
  kept: number;
  dropped: number;
}

/** What a column is sorted by; names by code point. */
function valueOf(row: Row, column: Column): number | string {
  switch (column) {
    case 'id':
      return Number(row.id);
    case 'label':
      return row.label?.share ?? -1;
    case 'quality':
      return row.quality ?? -Infinity;
    default:
      return row[column];
  }
}

/** Rows in the order of a column, equal ones by their numbers. */
export function sorted(rows: readonly Row[], column: Column, descending: boolean): Row[] {
  const way = descending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [x, y] = [valueOf(a, column), valueOf(b, column)];
    return x === y ? Number(a.id) - Number(b.id) : (x < y ? -1 : 1) * way;
  });
}
