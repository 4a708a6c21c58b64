import type { Batch } from '$lib/record/types';
import type { FormatInfo, ReadChunk, ReadOptions, Rejection, RejectionCode } from '../types';
import { rejection, type FilePlace, type Params, type TextKey } from '../messages';
import { FieldBuilder } from './field';

/** Rows of the first batches; then the full size. */
const FIRST = [2048, 8192, 32768];
/** A batch is cut earlier where its records are large, or so many keys occur that offsets outweigh text. */
const BATCH_BYTES = 1 << 26;
const BATCH_CELLS = 1 << 24;
/** Refusals that are kept back before they are handed on. */
const REFUSALS = 4096;

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Fills batches record by record: fields by key, line numbers, refusals. */
export class Collector {
  readonly fields: FieldBuilder[] = [];
  rows = 0;
  /** Records read and refused so far, over all batches. */
  total = 0;
  refused = 0;
  /** The first refusal; one for its shape gives way to a graver one. */
  firstRefusal: Rejection | null = null;
  lastRefusal: Rejection | null = null;
  /** Line of the record read last. */
  lastLine = 0;
  private readonly byName = new Map<string, number>();
  private rejected: Rejection[] = [];
  private lines: Uint32Array<ArrayBuffer>;
  private turn = 0;
  private weight = 0;
  private readonly batchRows: number;
  private readonly file: number;
  private readonly first: number;

  constructor(
    readonly format: FormatInfo,
    options: ReadOptions,
    /** Bytes of the file as stored that were taken in so far. */
    private readonly bytesRead: () => number,
  ) {
    this.batchRows = options.batchRows ?? 65_536;
    this.file = options.file ?? 0;
    this.first = options.first ?? 0;
    this.lines = new Uint32Array(Math.min(this.batchRows, FIRST[0]));
  }

  /** Index of the field with this name; a new one is added. `key` is how the file spells it. */
  field(name: string, key: Uint8Array): number {
    let index = this.byName.get(name);
    if (index === undefined) {
      index = this.fields.length;
      this.byName.set(name, index);
      this.fields.push(new FieldBuilder(name, key.slice()));
    }
    return index;
  }

  /** The field whose key is `bytes[start, end)` without escapes; `guess` is looked at first. */
  keyed(bytes: Uint8Array, start: number, end: number, guess: number): number {
    if (guess < this.fields.length) {
      const key = this.fields[guess].key;
      const length = end - start;
      if (key.length === length) {
        let i = 0;
        while (i < length && key[i] === bytes[start + i]) i++;
        if (i === length) return guess;
      }
    }
    const key = bytes.subarray(start, end);
    return this.field(decoder.decode(key), key);
  }

  /** Ends a record of `size` bytes that stands on `line`. */
  row(line: number, size: number): void {
    if (this.rows === this.lines.length) {
      const grown = new Uint32Array(Math.min(this.batchRows, this.lines.length * 4));
      grown.set(this.lines);
      this.lines = grown;
    }
    this.lines[this.rows++] = this.lastLine = line;
    this.total++;
    this.weight += size;
  }

  /** Refuses the record that begins at this place; `fault`: where in it the fault is. */
  refuse(
    code: RejectionCode,
    line: number,
    offset: number,
    key: TextKey,
    params: Params = {},
    fault: FilePlace | null = null,
  ): void {
    this.add(rejection({ file: this.file, line, offset }, code, key, params, fault));
  }

  private add(one: Rejection): void {
    if (this.firstRefusal === null || (this.firstRefusal.code === 'shape' && one.code !== 'shape'))
      this.firstRefusal = one;
    this.lastRefusal = one;
    this.refused++;
    this.rejected.push(one);
  }

  /** Whether a batch should be handed on now. */
  get full(): boolean {
    return (
      this.rows >= Math.min(this.batchRows, FIRST[this.turn] ?? this.batchRows) ||
      this.weight > BATCH_BYTES ||
      this.rows * this.fields.length > BATCH_CELLS ||
      this.rejected.length >= REFUSALS
    );
  }

  /** What was gathered since the last call. */
  take(): ReadChunk {
    const { rows, rejected, format } = this;
    let batch: Batch | null = null;
    if (rows > 0) {
      const fields = this.fields.flatMap((f) => f.take(rows) ?? []);
      batch = {
        rows,
        first: this.first + this.total - rows,
        file: this.file,
        fields,
        lines: this.lines.slice(0, rows),
      };
      this.turn++;
      // Records with ever new keys: forget them, so that thousands of empty fields are not carried on.
      if (this.fields.length > 4096) {
        this.fields.length = 0;
        this.byName.clear();
      }
    }
    this.rejected = [];
    this.rows = 0;
    this.weight = 0;
    return { format, batch, rejected, bytesRead: this.bytesRead() };
  }

  /** The last chunk, or null where nothing is left to hand on. */
  rest(): ReadChunk | null {
    return this.rows > 0 || this.rejected.length > 0 ? this.take() : null;
  }
}
