import type { Source } from './types';

/** A source over a Blob or File (browsers and Node alike). */
export function blobSource(blob: Blob, name: string): Source {
  return {
    name,
    size: blob.size,
    slice: async (start, end) => new Uint8Array(await blob.slice(start, end).arrayBuffer()),
    stream: () => blob.stream() as ReadableStream<Uint8Array>,
    blob,
  };
}

/** A source over a stream that can be read once only (standard input, a response body of unknown length). */
export function streamSource(stream: ReadableStream<Uint8Array>, name: string): Source {
  return {
    name,
    size: null,
    slice: () => Promise.reject(new Error('A stream cannot be read in slices.')),
    stream: () => stream,
  };
}

/** The first slices are small so that rows are on screen early. */
const SLICES = [1 << 18, 1 << 20, 1 << 22, 1 << 23];

/** The bytes of a source in order, as stored. */
export async function* chunks(source: Source, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  if (source.size === null) {
    const reader = source.stream().getReader();
    try {
      for (;;) {
        signal?.throwIfAborted();
        const { done, value } = await reader.read();
        if (done) return;
        if (value.length) yield value;
      }
    } finally {
      await reader.cancel().catch(() => undefined);
    }
  }
  for (let at = 0, turn = 0; at < source.size; turn++) {
    signal?.throwIfAborted();
    const end = Math.min(source.size, at + SLICES[Math.min(turn, SLICES.length - 1)]);
    yield await source.slice(at, end);
    at = end;
  }
}
