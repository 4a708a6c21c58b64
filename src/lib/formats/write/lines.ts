import type { RowEdits } from '$lib/record/edits';
import { ByteSink } from '$lib/record/bytes';
import { writeRow } from '$lib/record/json';
import type { Batch } from '$lib/record/types';
import type { LayoutWriter } from './types';

/** Writes a record's object into the sink; returns null or why it cannot. */
export type PutRecord = (batch: Batch, row: number, out: ByteSink, edits?: RowEdits | null) => string | null;

const putRow: PutRecord = (batch, row, out, edits) => {
  writeRow(batch, row, out, edits);
  return null;
};

/** One JSON object a line (JSONL): every field as it came, or what `put` makes of the record. */
export function linesWriter(put: PutRecord = putRow): LayoutWriter {
  const out = new ByteSink(1 << 16);
  return {
    extension: 'jsonl',
    write(batch, row, edits) {
      const before = out.length;
      const reason = put(batch, row, out, edits);
      if (reason !== null) out.length = before;
      else out.byte(0x0a);
      return reason;
    },
    take: () => out.take(),
    finish: () => out.take(),
  };
}

/** One JSON array, an element a line. */
export function arrayWriter(): LayoutWriter {
  const out = new ByteSink(1 << 16);
  let first = true;
  return {
    extension: 'json',
    write(batch, row, edits) {
      out.text(first ? '[\n' : ',\n');
      first = false;
      writeRow(batch, row, out, edits);
      return null;
    },
    take: () => out.take(),
    finish() {
      out.text(first ? '[]\n' : '\n]\n');
      return out.take();
    },
  };
}
