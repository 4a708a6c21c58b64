import type { DatasetSummary } from '$lib/engine/protocol';

/** Formats and layouts of plain text: a record takes about as much room in one as in another. */
const TEXT = ['jsonl', 'json', 'csv', 'messages', 'alpaca', 'sharegpt'];

/**
 * About how many bytes a record will take in these layouts together; null where the input tells nothing of it (it is
 * compressed, or still coming in) or a layout is packed otherwise than the input.
 */
export function bytesPerRecord(
  { complete, rows, bytes, files }: Pick<DatasetSummary, 'complete' | 'rows' | 'bytes' | 'files'>,
  layouts: readonly string[],
): number | null {
  if (!complete || rows === 0) return null;
  const packed = files.some(({ format }) => format.compression || !TEXT.includes(format.name));
  const known = (layout: string) =>
    layout === 'same' ? files.every(({ format }) => !format.compression) : !packed && TEXT.includes(layout);
  return layouts.every(known) ? (bytes / rows) * layouts.length : null;
}
