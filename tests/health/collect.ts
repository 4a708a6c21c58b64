import { HealthCollector } from '$lib/health/collector';
import { measureHealth } from '$lib/health/measures';
import { emptyMapping } from '$lib/record/mapping';
import { rowsToBatch } from '$lib/record/rows';
import type { Mapping } from '$lib/record/types';
import { viewOf } from '$lib/record/view';
import { loadHash } from '$lib/text/hash';

/** A collector over rows, fed in batches of `size`; `columns` gives each row's columns. */
export async function collect(
  rows: Record<string, unknown>[],
  map: Partial<Mapping>,
  columns: Record<string, number[]> = {},
  size = 3,
): Promise<HealthCollector> {
  const hasher = await loadHash();
  const mapping = { ...emptyMapping(), ...map };
  const collector = new HealthCollector(
    mapping,
    Object.keys(columns).filter((id) => !id.endsWith('chars')),
  );
  for (let first = 0; first < rows.length; first += size) {
    const batch = rowsToBatch(rows.slice(first, first + size), first);
    const views = Array.from({ length: batch.rows }, (_, row) => viewOf(batch, row, mapping));
    const part = Object.fromEntries(
      Object.entries(columns).map(([id, values]) => [id, Float32Array.from(values.slice(first, first + batch.rows))]),
    );
    collector.add(measureHealth(batch, mapping, views, part, hasher));
  }
  return collector;
}
