/** The opened records: batches in order of place, the files they came from, what was refused. */
import type { FormatInfo, Rejection } from '$lib/formats/types';
import { sliceBatch } from '$lib/record/batch';
import type { Batch } from '$lib/record/types';
import { engineFailure } from './messages';

/** Refusals beyond this many are counted, not kept. */
const KEPT_REJECTIONS = 100_000;

export interface OpenedFile {
  name: string;
  bytes: number;
  format: FormatInfo;
  rows: number;
}

export class Dataset {
  readonly files: OpenedFile[] = [];
  readonly batches: Batch[] = [];
  readonly rejections: Rejection[] = [];
  rejected = 0;
  rows = 0;
  /** Bytes of all files as stored, and how many of them were read. */
  bytes = 0;
  bytesRead = 0;
  complete = false;
  /** Names of all fields, in order of first appearance. */
  readonly fields = new Set<string>();

  constructor(
    readonly id: string,
    readonly name: string,
  ) {}

  add(batch: Batch): void {
    this.batches.push(batch);
    this.rows += batch.rows;
    for (const { name } of batch.fields) this.fields.add(name);
  }

  refuse(rejected: readonly Rejection[]): void {
    this.rejected += rejected.length;
    const room = KEPT_REJECTIONS - this.rejections.length;
    if (room > 0) this.rejections.push(...(rejected.length > room ? rejected.slice(0, room) : rejected));
  }

  /** The batch that holds a place, and its row there. */
  at(place: number): { batch: Batch; row: number } {
    let low = 0;
    let high = this.batches.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.batches[middle].first <= place) low = middle;
      else high = middle - 1;
    }
    const batch = this.batches[low];
    if (!batch || place < batch.first || place >= batch.first + batch.rows)
      throw engineFailure('engine.no-place', { place });
    return { batch, row: place - batch.first };
  }

  /** Consecutive slices of all batches from `first` on, each of one batch. */
  *slices(first: number, size: number): Generator<Slice> {
    for (const batch of this.batches) {
      for (let from = Math.max(0, first - batch.first); from < batch.rows; from += size)
        yield { batch, from, to: Math.min(batch.rows, from + size) };
    }
  }
}

/** Rows `from` to `to` of a batch. */
export interface Slice {
  batch: Batch;
  from: number;
  to: number;
}

/** A copy of a slice with buffers of its own, to be moved to a worker: a view of a large buffer would take all of it along. */
export function detached({ batch, from, to }: Slice): Batch {
  const part = sliceBatch(batch, from, to);
  return {
    ...part,
    lines: part.lines.slice(),
    fields: part.fields.map((field) => ({
      ...field,
      bytes: field.bytes.slice(),
      validity: field.validity?.slice() ?? null,
    })),
  };
}
