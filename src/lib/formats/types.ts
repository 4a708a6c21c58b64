import type { Batch } from '$lib/record/types';

/** Bytes to read: a browser File, a file on disk, a response body. Slices are asked for in order and may be asked again. */
export interface Source {
  name: string;
  /** Null for a stream whose end is not known (standard input): then only `stream` works. */
  size: number | null;
  slice(start: number, end: number): Promise<Uint8Array>;
  stream(): ReadableStream<Uint8Array>;
  /** The Blob itself where there is one (parquet-wasm reads it without copying). */
  blob?: Blob;
}

export type RejectionCode = 'syntax' | 'encoding' | 'shape' | 'value' | 'truncated';

/** A record that could not be read: where, and why in words a user can act on. */
export interface Rejection {
  file: number;
  /** 1-based: the line on which the record begins. */
  line: number;
  /** Byte offset in the decompressed file of the record's first byte. */
  offset: number;
  code: RejectionCode;
  /** English, ready to show; it names the place of the fault where that is not the record's beginning. */
  reason: string;
  /**
   * The reason's message (`formats.KEY` of the message tables) and what it names, for other languages; `atByte` (and
   * `atLine`, where it is another than the record's) is the place of the fault.
   */
  key: string;
  params?: Record<string, string | number>;
}

export type FormatName = 'jsonl' | 'json' | 'csv' | 'parquet' | 'arrow';

export interface FormatInfo {
  name: FormatName;
  /** `utf-8`, `utf-16le`, `utf-16be`, `gb18030`; `binary` for Parquet and Arrow. */
  encoding: string;
  /** `gzip` or null. */
  compression: 'gzip' | null;
  /** CSV's separator, header and quote; JSON's `shape` (`lines`, `array`, `columns`, `list in KEY`, …). */
  detail: Record<string, string | boolean>;
}

/** What of parquet-wasm's module reading needs (its Node and browser builds share it). */
export interface ParquetModule {
  ParquetFile: { fromFile(blob: Blob): Promise<ParquetHandle> };
}
export interface ParquetHandle {
  metadata(): { rowGroups(): { numRows(): number; totalByteSize(): number }[] };
  /** Record batches of parquet-wasm, each to be turned into an Arrow IPC stream. */
  stream(options: { batchSize: number; rowGroups: number[] }): Promise<ReadableStream>;
  free(): void;
}

export interface ReadOptions {
  /** Default 65,536. The first batches are smaller, so that something is on screen early. */
  batchRows?: number;
  /** Index of this file and place of its first record. */
  file?: number;
  first?: number;
  signal?: AbortSignal;
  /** Loads parquet-wasm, made ready; asked for only when a Parquet file is met. */
  parquet?: () => Promise<ParquetModule>;
}

/** One step of reading. `bytesRead` counts bytes of the file as stored (compressed ones where it is gzipped). */
export interface ReadChunk {
  format: FormatInfo;
  batch: Batch | null;
  rejected: Rejection[];
  bytesRead: number;
}

/** A file of which nothing can be read. The message names the place and the remedy. */
export class UnreadableError extends Error {
  constructor(
    message: string,
    readonly code: RejectionCode,
    readonly offset: number,
    readonly line = 1,
    /** Message key and what it names, for other languages. */
    readonly key = '',
    readonly params: Record<string, string | number> = {},
  ) {
    super(message);
    this.name = 'UnreadableError';
  }
}
