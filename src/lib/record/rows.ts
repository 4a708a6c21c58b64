import type { Batch, FieldData } from './types';

const encoder = new TextEncoder();
/** A surrogate without its other half: UTF-8 has no bytes for it. */
const LONE = /\p{Surrogate}/u;

/**
 * Objects as a batch, for tests and data made in the page. `undefined` is an absent key. A field whose values are all
 * well-formed strings (or null) is text; any other is json.
 */
export function rowsToBatch(objects: Record<string, unknown>[], first = 0, file = 0): Batch {
  const names = new Set<string>();
  for (const object of objects) for (const name of Object.keys(object)) names.add(name);
  return {
    rows: objects.length,
    first,
    file,
    lines: Uint32Array.from(objects, (_, row) => first + row + 1),
    fields: [...names].map((name) =>
      fieldFrom(
        name,
        objects.map((object) => (Object.hasOwn(object, name) ? object[name] : undefined)),
      ),
    ),
  };
}

function fieldFrom(name: string, values: unknown[]): FieldData {
  const text = values.every(
    (value) => value === undefined || value === null || (typeof value === 'string' && !LONE.test(value)),
  );
  const encoded = values.map((value) =>
    value === undefined ? '' : text && value !== null ? (value as string) : JSON.stringify(value),
  );
  return packField(
    name,
    text ? 'text' : 'json',
    encoded,
    values.map((value) => value !== undefined && value !== null),
  );
}

/** One field from its slots' texts; slots that are not `valid` are null where their text is not empty, else absent. */
export function packField(name: string, kind: 'text' | 'json', slots: string[], valid: boolean[]): FieldData {
  const parts = slots.map((slot) => encoder.encode(slot));
  const offsets = new Int32Array(slots.length + 1);
  parts.forEach((part, row) => (offsets[row + 1] = offsets[row] + part.length));
  const bytes = new Uint8Array(offsets[slots.length]);
  parts.forEach((part, row) => bytes.set(part, offsets[row]));
  let validity: Uint8Array | null = null;
  if (valid.includes(false)) {
    validity = new Uint8Array((slots.length + 7) >> 3);
    for (let row = 0; row < slots.length; row++) if (valid[row]) validity[row >> 3] |= 1 << (row & 7);
  }
  return { name, kind, offsets, bytes, validity };
}
