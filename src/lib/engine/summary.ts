/** What was opened, in short. */
import type { DatasetSummary } from './protocol';
import type { Opened } from './state';

/** What the page is told of an opened dataset. */
export function summaryOf({ dataset, detected, mapping, profile, table, fields }: Opened): DatasetSummary {
  const whole = table.rows === dataset.rows && dataset.complete;
  return {
    id: dataset.id,
    name: dataset.name,
    files: dataset.files.map((file) => ({ ...file })),
    bytes: dataset.bytes,
    rows: dataset.rows,
    complete: dataset.complete,
    fields,
    mapping,
    detected,
    profile,
    rejected: { count: dataset.rejected, first: dataset.rejections.slice(0, 20) },
    columns: table.ids.map((id) => {
      const estimated = table.estimates(id);
      return { id, ready: whole && !estimated, estimated };
    }),
  };
}
