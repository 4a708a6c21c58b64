import { decodeUtf8 } from './bytes';
import type { Batch, FieldData } from './types';

/** The batch's field of that name, or null. */
export function fieldOf(batch: Batch, name: string): FieldData | null {
  for (const field of batch.fields) if (field.name === name) return field;
  return null;
}

/** Whether a row has a value that is neither absent nor an explicit null. */
export function isPresent(field: FieldData, row: number): boolean {
  const { validity } = field;
  if (validity !== null && ((validity[row >> 3] >> (row & 7)) & 1) === 0) return false;
  return field.kind === 'text' || !isNullText(field, row);
}

function isNullText(field: FieldData, row: number): boolean {
  const start = field.offsets[row];
  return field.bytes[start] === 0x6e && field.offsets[row + 1] - start === 4;
}

/** Whether the record has no such key. */
export function isAbsent(batch: Batch, row: number, name: string): boolean {
  const field = fieldOf(batch, name);
  return field === null || slotIsAbsent(field, row);
}

/** Whether the slot stands for a key the record does not have. */
export function slotIsAbsent(field: FieldData, row: number): boolean {
  const { validity, offsets } = field;
  return validity !== null && ((validity[row >> 3] >> (row & 7)) & 1) === 0 && offsets[row + 1] === offsets[row];
}

/** Whether the record has the key with an explicit null. */
export function isNull(batch: Batch, row: number, name: string): boolean {
  const field = fieldOf(batch, name);
  return field !== null && !isPresent(field, row) && !slotIsAbsent(field, row);
}

/** The bytes of a slot as a string: a text field's text, a json field's JSON text; null where absent or null. */
export function slotText(field: FieldData, row: number): string | null {
  if (!isPresent(field, row)) return null;
  return decodeUtf8(field.bytes, field.offsets[row], field.offsets[row + 1]);
}

/** A top-level field as text: a string as it is, any other value as its JSON text; null where absent or null. */
export function fieldText(batch: Batch, row: number, name: string): string | null {
  const field = fieldOf(batch, name);
  return field === null ? null : fieldDataText(field, row);
}

/** As `fieldText`, of a field at hand. */
export function fieldDataText(field: FieldData, row: number): string | null {
  const text = slotText(field, row);
  if (text === null || field.kind === 'text' || text.charCodeAt(0) !== 0x22) return text;
  return JSON.parse(text) as string;
}

const DECIMAL = /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?\s*$/;

/** The number a text stands for, NaN where it is not a plain decimal number that a double can hold. */
export function decimal(text: string | null): number {
  if (text === null || text.length >= 400 || !DECIMAL.test(text)) return NaN;
  const value = Number(text);
  return Number.isFinite(value) ? value : NaN;
}

/** Rows `from`…`to` as a batch over the same buffers. */
export function sliceBatch(batch: Batch, from: number, to: number): Batch {
  return {
    rows: to - from,
    first: batch.first + from,
    file: batch.file,
    lines: batch.lines.subarray(from, to),
    fields: batch.fields.map((field) => {
      const start = field.offsets[from];
      const offsets = new Int32Array(to - from + 1);
      for (let i = 0; i < offsets.length; i++) offsets[i] = field.offsets[from + i] - start;
      return {
        ...field,
        offsets,
        bytes: field.bytes.subarray(start, field.offsets[to]),
        validity: sliceBits(field.validity, from, to),
      };
    }),
  };
}

function sliceBits(bits: Uint8Array | null, from: number, to: number): Uint8Array | null {
  if (bits === null) return null;
  const out = new Uint8Array((to - from + 7) >> 3);
  for (let row = from; row < to; row++)
    if ((bits[row >> 3] >> (row & 7)) & 1) out[(row - from) >> 3] |= 1 << ((row - from) & 7);
  return out;
}

/** Every buffer of a batch, once, for `postMessage`'s transfer list. */
export function batchBuffers(batch: Batch): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  const add = (view: Uint8Array | Int32Array | Uint32Array) => {
    if (view.buffer instanceof ArrayBuffer) buffers.add(view.buffer);
  };
  add(batch.lines);
  for (const field of batch.fields) {
    add(field.offsets);
    add(field.bytes);
    if (field.validity !== null) add(field.validity);
  }
  return [...buffers];
}

/** Bytes a batch holds in memory. */
export function batchBytes(batch: Batch): number {
  let bytes = batch.lines.byteLength;
  for (const field of batch.fields)
    bytes += field.bytes.byteLength + field.offsets.byteLength + (field.validity?.byteLength ?? 0);
  return bytes;
}
