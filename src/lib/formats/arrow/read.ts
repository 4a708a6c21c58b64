import { RecordBatchReader, type RecordBatch } from 'apache-arrow';
import type { Collector } from '../batch/collector';
import { unreadable } from '../messages';
import type { ReadChunk } from '../types';
import { appendBatch } from './batch';
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
  const file = 'slice' in input ? input : null;
  if (isBigEndian(head, file ? 8 : 0)) throw unreadable('shape', 'formats.big-endian');
  let size = 0;
  const counted = async function* (bytes: AsyncIterable<Uint8Array>) {
    for await (const chunk of bytes) {
      size += chunk.length;
      yield chunk;
    }
  };
  try {
    const reader = await open(file ? handle(file) : counted(input as AsyncIterable<Uint8Array>));
    out.format.detail.layout = file ? 'file' : 'stream';
    for await (const batch of reader) {
      signal?.throwIfAborted();
      if (batch.numRows > Math.max(1 << 20, (file?.size ?? size) * ROWS_A_BYTE))
        throw new Error('a batch claims too many rows');
      yield* appendBatch(out, batch);
    }
  } catch (error) {
    if (signal?.aborted) throw error;
    const reason = reasonOf(error);
    if (out.total === 0) throw unreadable('value', 'formats.bad-arrow', { reason });
    out.refuse('value', out.total + out.refused + 1, 0, 'formats.bad-arrow-batch', { reason });
  }
}

async function open(source: unknown): Promise<AsyncIterable<RecordBatch>> {
  const reader = await RecordBatchReader.from(source as AsyncIterable<Uint8Array>);
  await reader.open();
  return reader as AsyncIterable<RecordBatch>;
}

/** apache-arrow reads parts of a file through what looks like Node's file handle. */
function handle(file: RandomAccess) {
  const size = file.size ?? 0;
  return {
    fd: 0,
    stat: () => Promise.resolve({ size }),
    read: async (buffer: Uint8Array, offset: number, length: number, position: number) => {
      const bytes = await file.slice(position, Math.min(size, position + length));
      buffer.set(bytes, offset);
      return { bytesRead: bytes.length, buffer };
    },
    close: () => Promise.resolve(),
  };
}

/** An error's message as part of a sentence. */
export function reasonOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return (text || 'unknown').split('\n')[0].replace(/\.$/, '').slice(0, 300);
}
