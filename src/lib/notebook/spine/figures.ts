import type { ColumnView } from '$lib/engine/protocol';

/**
 * Share of the records of a histogram with a value up to `limit`; within the bin that holds it values are taken as evenly
 * spread. NaN where there is nothing to count.
 */
export function shareUpTo(view: Pick<ColumnView, 'edges'>, counts: ArrayLike<number>, limit: number): number {
  const { edges } = view;
  let below = 0;
  let all = 0;
  for (let i = 0; i < counts.length; i++) {
    all += counts[i];
    if (edges[i + 1] <= limit) below += counts[i];
    else if (edges[i] <= limit) below += (counts[i] * (limit - edges[i])) / (edges[i + 1] - edges[i]);
  }
  return all > 0 ? below / all : NaN;
}
