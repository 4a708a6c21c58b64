import { RecordBatchReader, type AsyncRecordBatchFileReader, type RecordBatch } from 'apache-arrow';
import type { Collector } from '../batch/collector';
import { unreadable } from '../messages';
import type { ReadChunk } from '../types';
import { appendBatch } from './batch';
import { BadBuffer } from './cell';
import { registerCodecs } from './codecs';
import { isBigEndian } from './endian';

/** Random access to a file's bytes. */
export interface RandomAccess {
  size: number | null;
  slice(start: number, end: number): Promise<Uint8Array>;
}

/** More rows than this per byte of the file are a lie. */
const ROWS_A_BYTE = 64;

/**
 * Reads Arrow IPC: a file (Feather 2) batch by batch through its footer, a stream as it comes. LZ4 and Zstandard
 * buffers are unpacked. Throws UnreadableError where nothing can be read; a batch that is broken is refused.
 */
export async function* readArrow(
  input: RandomAccess | AsyncIterable<Uint8Array>,
  head: Uint8Array,
  out: Collector,
  signal?: AbortSignal,
): AsyncGenerator<ReadChunk> {
  registerCodecs();
  const file = 'slice' in input;
  if (isBigEndian(head, file ? 8 : 0)) throw unreadable('shape', 'formats.big-endian');
  out.format.detail.layout = file ? 'file' : 'stream';
  try {
    if (file) yield* readFile(input, out, signal);
    else yield* readStream(input, out, signal);
  } catch (error) {
    if (signal?.aborted) throw error;
    const reason = reasonOf(error);
    if (out.total + out.refused === 0) throw unreadable('value', 'formats.bad-arrow', { reason });
    refuseBatch(out, error);
  }
}

async function* readFile(file: RandomAccess, out: Collector, signal?: AbortSignal): AsyncGenerator<ReadChunk> {
  const size = file.size ?? 0;
  const reader = (await RecordBatchReader.from(handle(file, size) as never)) as unknown as AsyncRecordBatchFileReader;
  await reader.open();
  const count = reader.numRecordBatches;
  if (count * 16 > size) throw new BadBuffer('its footer lists more batches than it can hold');
  // One by one: iterating would never end where the footer points at something that is not a batch.
  for (let i = 0; i < count; i++) {
    signal?.throwIfAborted();
    try {
      const batch = await reader.readRecordBatch(i);
      if (!batch) throw new BadBuffer('the footer does not point at a batch');
      yield* appendChecked(out, batch, size);
    } catch (error) {
      if (signal?.aborted || count === 1) throw error;
      refuseBatch(out, error);
    }
  }
}

async function* readStream(
  input: AsyncIterable<Uint8Array>,
  out: Collector,
  signal?: AbortSignal,
): AsyncGenerator<ReadChunk> {
  let size = 0;
  const counted = async function* () {
    for await (const chunk of input) {
      size += chunk.length;
      yield chunk;
    }
  };
  const reader = await RecordBatchReader.from(counted());
  await reader.open();
  for await (const batch of reader) {
    signal?.throwIfAborted();
    yield* appendChecked(out, batch, size);
  }
}

function* appendChecked(out: Collector, batch: RecordBatch, size: number): Generator<ReadChunk> {
  if (batch.numRows > Math.max(1 << 20, size * ROWS_A_BYTE)) throw new BadBuffer('a batch claims too many rows');
  yield* appendBatch(out, batch);
}

function refuseBatch(out: Collector, error: unknown): void {
  out.refuse('value', out.total + out.refused + 1, 0, 'formats.bad-arrow-batch', { reason: reasonOf(error) });
}

/** apache-arrow reads parts of a file through what looks like Node's file handle. */
function handle(file: RandomAccess, size: number) {
  return {
    fd: 0,
    stat: () => Promise.resolve({ size }),
    read: async (buffer: Uint8Array, offset: number, length: number, position: number) => {
      // A read that brings nothing would be tried for ever.
      if (!(position >= 0 && position < size)) throw new BadBuffer('its footer points outside the file');
      const bytes = await file.slice(position, Math.min(size, position + length));
      buffer.set(bytes, offset);
      return { bytesRead: bytes.length, buffer };
    },
    close: () => Promise.resolve(),
  };
}

/** An error's message as part of a sentence; a library's slip over damaged data is named as what it is. */
export function reasonOf(error: unknown): string {
  const slip = error instanceof TypeError || error instanceof RangeError || error instanceof WebAssembly.RuntimeError;
  if (slip && !(error instanceof BadBuffer)) return 'its data are damaged';
  const text = error instanceof Error ? error.message : String(error);
  return (text || 'unknown').split('\n')[0].replace(/\.$/, '').slice(0, 300);
}
