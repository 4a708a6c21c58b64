import type { RecordBatch } from 'apache-arrow';
import type { Collector } from '../batch/collector';
import { uniqueNames } from '../batch/names';
import type { ReadChunk } from '../types';
import { BadBuffer, type Cells } from './cell';
import { cellsOf } from './cells';
import { Out } from './out';

const encoder = new TextEncoder();

interface Column {
  cells: Cells;
  index: number;
  arrowType: string;
}

/**
 * Appends the rows of an Arrow record batch. Strings, dates and readable bytes become text, everything else JSON text
 * (see cells.ts). A row with text that is not UTF-8 is refused. Throws BadBuffer where buffers contradict the schema.
 */
export function* appendBatch(out: Collector, batch: RecordBatch): Generator<ReadChunk> {
  const columns = columnsOf(out, batch);
  const value = new Out();
  const rows = batch.numRows;
  for (let i = 0; i < rows; i++) {
    let size = 0;
    value.bad = false;
    for (const { cells, index, arrowType } of columns) {
      const field = out.fields[index];
      field.arrowType = arrowType;
      if (!cells.valid(i)) {
        field.nothing(out.rows);
        continue;
      }
      value.length = 0;
      cells.write(i, value);
      if (cells.kind === 'text') field.text(out.rows, value.bytes, value.data, 0, value.length);
      else field.json(out.rows, value.bytes, value.data, 0, value.length);
      size += value.length;
    }
    const line = out.total + out.refused + 1;
    if (value.bad) out.refuse('encoding', line, 0, 'formats.bad-utf8');
    else out.row(line, size);
    if (out.full) yield out.take();
  }
}

function columnsOf(out: Collector, batch: RecordBatch): Column[] {
  const names = uniqueNames(batch.schema.fields.map((field) => field.name));
  return batch.schema.fields.map((field, n) => {
    const name = names[n];
    const data = batch.data.children[n];
    if (!data || data.length < batch.numRows) throw new BadBuffer(`column ${name} is too short`);
    return { cells: cellsOf(data), index: out.field(name, encoder.encode(name)), arrowType: String(field.type) };
  });
}
