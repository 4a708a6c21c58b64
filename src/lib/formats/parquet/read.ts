import { tableFromIPC } from 'apache-arrow';
import { appendBatch } from '../arrow/batch';
import { BadBuffer } from '../arrow/cell';
import { reasonOf } from '../arrow/read';
import type { Collector } from '../batch/collector';
import { unreadable } from '../messages';
import type { ParquetHandle, ReadChunk, ReadOptions } from '../types';
import { Guard } from './guard';

/** A batch is unpacked to about this many bytes at a time. */
const BATCH_BYTES = 1 << 26;
const BATCH_ROWS = 8192;
/** A row larger than this cannot be held together with what unpacking it needs. */
const ROW_BYTES = 1 << 28;

/**
 * Reads Parquet row group by row group through parquet-wasm, which reads the parts of the Blob it needs. A row group
 * that is broken is refused as one. Throws UnreadableError where nothing can be read.
 */
export async function* readParquet(blob: Blob, out: Collector, options: ReadOptions): AsyncGenerator<ReadChunk> {
  if (!options.parquet) throw unreadable('value', 'formats.no-parquet');
  const { ParquetFile } = await options.parquet();
  const guard = new Guard();
  let file: ParquetHandle | null = null;
  try {
    file = await guard.wait(ParquetFile.fromFile(blob)).catch((error: unknown) => {
      throw refusal(error);
    });
    const groups = file
      .metadata()
      .rowGroups()
      .map((g) => ({ rows: g.numRows(), bytes: g.totalByteSize() }));
    for (const [index, { rows, bytes }] of groups.entries()) {
      if (rows === 0) continue;
      const rowBytes = bytes / rows;
      if (rowBytes > ROW_BYTES) {
        const size = `${(bytes / 2 ** 30).toFixed(1)} GB`;
        if (groups.length === 1) throw unreadable('value', 'formats.large-parquet', { size });
        out.refuse('value', out.total + out.refused + 1, 0, 'formats.large-parquet', { size });
        continue;
      }
      const batchSize = Math.max(1, Math.min(BATCH_ROWS, Math.floor(BATCH_BYTES / rowBytes)));
      try {
        const before = out.total + out.refused;
        yield* readGroup(file, guard, index, batchSize, out, options.signal);
        const missing = rows - (out.total + out.refused - before);
        if (missing !== 0) throw new BadBuffer(`${missing} of its ${rows} rows are missing`);
      } catch (error) {
        if (options.signal?.aborted) throw error;
        if (groups.length === 1 && out.total === 0) throw refusal(error);
        out.refuse('value', out.total + out.refused + 1, 0, 'formats.bad-row-group', { reason: reasonOf(error) });
      }
    }
  } finally {
    guard.release();
    if (file) release(file);
  }
}

async function* readGroup(
  file: ParquetHandle,
  guard: Guard,
  group: number,
  batchSize: number,
  out: Collector,
  signal?: AbortSignal,
): AsyncGenerator<ReadChunk> {
  const reader = (await guard.wait(file.stream({ batchSize, rowGroups: [group] }))).getReader();
  try {
    for (;;) {
      signal?.throwIfAborted();
      const { done, value } = await guard.wait(reader.read());
      if (done) return;
      const ipc = (value as { intoIPCStream(): Uint8Array }).intoIPCStream();
      for (const batch of tableFromIPC(ipc).batches) yield* appendBatch(out, batch);
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}

function refusal(error: unknown) {
  const reason = reasonOf(error);
  return /encrypt/i.test(reason)
    ? unreadable('value', 'formats.encrypted-parquet')
    : unreadable('value', 'formats.bad-parquet', { reason });
}

/** Frees the reader's memory; one that crashed inside cannot be freed. */
function release(file: ParquetHandle): void {
  try {
    file.free();
  } catch {
    // Its memory goes with the module.
  }
}
