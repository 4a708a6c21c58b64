import { Field, RecordBatch, Schema, Struct, makeData } from 'apache-arrow';
import { fieldOf } from '$lib/record/batch';
import type { RowEdits } from '$lib/record/edits';
import type { Batch } from '$lib/record/types';
import { rawValue } from '$lib/record/value';
import { compactText } from '../csv';
import type { WriterOptions } from '../types';
import type { Cell, CellColumn } from './cell';
import { columnFor } from './choose';

/** A block is closed at so many rows or bytes. */
const ROWS = 65_536;
const BYTES = 64 << 20;

/** Gathers records into Arrow record batches. Arrow has one way to say nothing: absent and null both become null. */
export class Columnar {
  readonly schema: Schema;
  /** Blocks that are full. */
  readonly ready: RecordBatch[] = [];
  #names: string[];
  #columns: CellColumn[];
  #rows = 0;

  constructor({ fields, rewritten, mapping }: Pick<WriterOptions, 'fields' | 'rewritten' | 'mapping'>) {
    this.#names = fields.map((field) => field.name);
    this.#columns = fields.map((field) =>
      columnFor(field, { rewritten: rewritten?.has(field.name), tools: field.name === mapping.tools }),
    );
    this.schema = new Schema(this.#columns.map((column, i) => new Field(this.#names[i], column.type, true)));
  }

  /** Adds one record; returns the reason where a value does not fit its column (then nothing was added). */
  write(batch: Batch, row: number, edits?: RowEdits | null): string | null {
    const cells = this.#names.map((name) => cellOf(batch, row, name, edits));
    for (const [i, column] of this.#columns.entries()) {
      const reason = column.refuse(cells[i]);
      if (reason !== null) return `${this.#names[i]}: ${reason}`;
    }
    let weight = 0;
    for (const [i, column] of this.#columns.entries()) {
      column.push(cells[i]);
      weight += column.weight;
    }
    if (++this.#rows === ROWS || weight > BYTES) this.close();
    return null;
  }

  /** Closes the block in hand. */
  close(): void {
    if (this.#rows > 0) this.ready.push(this.block());
  }

  /** The rows in hand as a record batch, which may be empty. */
  block(): RecordBatch {
    const children = this.#columns.map((column) => column.take());
    const data = makeData({
      type: new Struct(this.schema.fields),
      length: this.#rows,
      nullCount: 0,
      children,
    });
    this.#rows = 0;
    return new RecordBatch(this.schema, data);
  }
}

function cellOf(batch: Batch, row: number, name: string, edits?: RowEdits | null): Cell | null {
  const raw = rawValue(row, fieldOf(batch, name), name, edits);
  if (raw === null || raw.kind === 'text') return raw;
  return raw.text.charCodeAt(0) === 0x22
    ? { kind: 'text', text: JSON.parse(raw.text) as string }
    : { kind: 'json', text: compactText(raw.text) };
}
