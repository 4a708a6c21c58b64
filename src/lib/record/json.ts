import { fieldOf, isPresent, slotIsAbsent } from './batch';
import { ByteSink, decodeUtf8 } from './bytes';
import type { RowEdits } from './edits';
import { compareText, writeCanonical, writeCompact } from './jsontext';
import type { Batch, FieldData } from './types';

const encoder = new TextEncoder();
const NULL = encoder.encode('null');
const COMMA = 0x2c;

interface Keyed {
  field: FieldData;
  /** The key with quotes and colon. */
  key: Uint8Array;
}
interface Keys {
  inOrder: Keyed[];
  sorted: Keyed[];
}

const keysOf = new WeakMap<Batch, Keys>();

function keys(batch: Batch): Keys {
  let known = keysOf.get(batch);
  if (!known) {
    const inOrder = batch.fields.map((field) => ({ field, key: encoder.encode(JSON.stringify(field.name) + ':') }));
    const sorted = [...inOrder].sort((a, b) => compareText(a.field.name, b.field.name));
    keysOf.set(batch, (known = { inOrder, sorted }));
  }
  return known;
}

/** Writes one slot as a JSON value: text quoted, json without white space, null where it is null. */
export function writeSlot(field: FieldData, row: number, out: ByteSink): void {
  const start = field.offsets[row];
  const end = field.offsets[row + 1];
  if (!isPresent(field, row)) out.copy(NULL);
  else if (field.kind === 'text') out.quoted(field.bytes, start, end);
  else writeCompact(field.bytes, start, end, out);
}

/** Writes an edit as a JSON value. */
export function writeEdit(edit: { kind: 'text' | 'json'; text: string }, out: ByteSink): void {
  if (edit.kind === 'text') out.jsonString(edit.text);
  else {
    const bytes = encoder.encode(edit.text);
    writeCompact(bytes, 0, bytes.length, out);
  }
}

/** Writes the members of a record (`"a":1,"b":2`, no braces), those in `except` left out; returns how many. */
export function writeMembers(
  batch: Batch,
  row: number,
  out: ByteSink,
  edits?: RowEdits | null,
  except?: ReadonlySet<string>,
  rename?: ReadonlyMap<string, string>,
): number {
  let count = 0;
  for (const { field, key } of keys(batch).inOrder) {
    if (except?.has(field.name)) continue;
    const edit = edits?.get(field.name);
    if (!edit && slotIsAbsent(field, row)) continue;
    if (count++ > 0) out.byte(COMMA);
    const name = rename?.get(field.name);
    if (name === undefined) out.copy(key);
    else out.text(JSON.stringify(name) + ':');
    if (edit) writeEdit(edit, out);
    else writeSlot(field, row, out);
  }
  if (edits)
    for (const [name, edit] of edits) {
      if (except?.has(name) || fieldOf(batch, name) !== null) continue;
      if (count++ > 0) out.byte(COMMA);
      out.text(JSON.stringify(name) + ':');
      writeEdit(edit, out);
    }
  return count;
}

/** Writes a record as one JSON object: its fields in order, absent ones left out, digits as they came. */
export function writeRow(batch: Batch, row: number, out: ByteSink, edits?: RowEdits | null): void {
  out.byte(0x7b);
  writeMembers(batch, row, out, edits);
  out.byte(0x7d);
}

const scratch = new ByteSink();

/** A record as JSON text on one line: its fields in order, digits as they came, `edits` in place of what they replace. */
export function rowJson(batch: Batch, row: number, edits?: RowEdits | null): string {
  scratch.length = 0;
  writeRow(batch, row, scratch, edits);
  return decodeUtf8(scratch.buffer, 0, scratch.length);
}

/**
 * A record's canonical JSON (UTF-8) as it came: keys sorted by UTF-16 code unit at every depth, no white space, the
 * fewest escapes, digits as they stand, null kept, absent keys left out. The result is a view that the next call overwrites.
 */
export function canonicalJson(batch: Batch, row: number): Uint8Array<ArrayBuffer> {
  scratch.length = 0;
  scratch.byte(0x7b);
  for (const { field, key } of keys(batch).sorted) {
    if (slotIsAbsent(field, row)) continue;
    if (scratch.length > 1) scratch.byte(COMMA);
    scratch.copy(key);
    const start = field.offsets[row];
    const end = field.offsets[row + 1];
    if (!isPresent(field, row)) scratch.copy(NULL);
    else if (field.kind === 'text') scratch.quoted(field.bytes, start, end);
    else writeCanonical(field.bytes, start, end, scratch);
  }
  scratch.byte(0x7d);
  return scratch.view();
}
