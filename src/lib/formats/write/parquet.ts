import { RecordBatchStreamWriter } from 'apache-arrow';
import { Columnar } from './columnar';
import { concat } from './arrow';
import type { LayoutWriter, WriterOptions } from './types';
import { writeFailure } from '../messages';

/** What of parquet-wasm's module writing needs (its Node and browser builds share it). */
export interface ParquetWriterModule {
  Table: { fromIPCStream(bytes: Uint8Array): { recordBatches(): unknown[]; free(): void } };
  Compression: { ZSTD: number };
  WriterPropertiesBuilder: new () => ParquetProperties;
  transformParquetStream(stream: ReadableStream, properties?: unknown): Promise<ReadableStream<Uint8Array>>;
}
interface ParquetProperties {
  setCompression(compression: number): ParquetProperties;
  setMaxRowGroupSize(rows: number): ParquetProperties;
  setCreatedBy(name: string): ParquetProperties;
  build(): unknown;
}

const ROW_GROUP = 262_144;
/** A row group is held in memory until it is complete: wide tables have fewer rows in one. */
const CELLS = 1 << 22;

/** Parquet, Zstandard, row groups of 262,144 (fewer where there are more than 16 fields). */
export function parquetWriter(options: WriterOptions): LayoutWriter {
  const { parquet } = options;
  if (!parquet) throw writeFailure('formats.no-parquet-writer');
  const rows = new Columnar(options);
  const queue: Uint8Array[] = [];
  const chunks: Uint8Array[] = [];
  let ended = false;
  let wake: () => void = () => {};
  let idle: () => void = () => {};
  const blocks = new ReadableStream(
    {
      async pull(controller) {
        while (queue.length === 0 && !ended) {
          idle();
          await new Promise<void>((resolve) => (wake = resolve));
        }
        const ipc = queue.shift();
        if (!ipc) return controller.close();
        const table = parquet.Table.fromIPCStream(ipc);
        for (const block of table.recordBatches()) controller.enqueue(block);
        table.free();
      },
    },
    { highWaterMark: 0 },
  );
  const properties = new parquet.WriterPropertiesBuilder()
    .setCompression(parquet.Compression.ZSTD)
    .setMaxRowGroupSize(Math.min(ROW_GROUP, Math.ceil(CELLS / Math.max(1, options.fields.length))))
    .setCreatedBy('siftbook')
    .build();
  const ipcOf = (block: Parameters<RecordBatchStreamWriter['write']>[0]) => {
    const writer = new RecordBatchStreamWriter();
    writer.write(block);
    writer.finish();
    return writer.toUint8Array(true);
  };
  let written: Promise<void> | null = null;
  let failure: Error | null = null;
  const drain = async () => {
    try {
      const out = await parquet.transformParquetStream(blocks, properties);
      const reader = out.getReader();
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return;
        chunks.push(value);
      }
    } catch (error) {
      failure = writeFailure('formats.parquet-not-written', {
        reason: error instanceof Error ? error.message : String(error),
      });
      idle();
    }
  };
  const feed = () => {
    for (const block of rows.ready.splice(0)) queue.push(ipcOf(block));
    if (queue.length === 0) return;
    written ??= drain();
    wake();
  };
  const taken = () => {
    if (failure) throw failure;
    return concat(chunks.splice(0));
  };
  return {
    extension: 'parquet',
    write: (batch, row, edits) => rows.write(batch, row, edits),
    async take() {
      feed();
      if (queue.length > 0 && !failure) await Promise.race([written, new Promise<void>((resolve) => (idle = resolve))]);
      return taken();
    },
    async finish() {
      rows.close();
      // The schema comes with the first block, so there must be one.
      if (!written && rows.ready.length === 0) rows.ready.push(rows.block());
      feed();
      ended = true;
      wake();
      await written;
      return taken();
    },
  };
}
