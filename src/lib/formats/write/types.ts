import type { RowEdits } from '$lib/record/edits';
import type { Batch, Mapping } from '$lib/record/types';
import type { FormatInfo } from '../types';
import type { FieldShape } from './shapes';
import type { ParquetWriterModule } from './parquet';

/** What a writer has to know about the dataset before its first record. */
export interface WriterOptions {
  mapping: Mapping;
  /** Every field of the dataset in order, as `Shapes` sums them up. CSV's header and the types of Parquet and Arrow. */
  fields: readonly FieldShape[];
  /** The input's format, which `same` writes again; null or absent: JSONL. */
  format?: FormatInfo | null;
  /** parquet-wasm, started. Only Parquet needs it. */
  parquet?: ParquetWriterModule | null;
  /** Fields whose values steps may turn into other texts (labels merged): Parquet and Arrow write them as strings. */
  rewritten?: ReadonlySet<string>;
}

/**
 * Writes records in one layout. Nothing is written under a name here: bytes are taken as they come. What is held is a
 * block at most: take after every batch.
 */
export interface LayoutWriter {
  /** Of the file, without a dot. */
  readonly extension: string;
  /** Writes one record; returns null, or the reason why this layout cannot hold it (then nothing was written). */
  write(batch: Batch, row: number, edits?: RowEdits | null): string | null;
  /** The bytes that are ready since the last call. */
  take(): Uint8Array<ArrayBuffer> | Promise<Uint8Array<ArrayBuffer>>;
  /** The last bytes; nothing may be written afterwards. */
  finish(): Uint8Array<ArrayBuffer> | Promise<Uint8Array<ArrayBuffer>>;
}
