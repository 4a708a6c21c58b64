import { fieldDataText, fieldOf, isPresent, slotText } from './batch';
import type { RowEdits } from './edits';
import type { Batch, FieldData } from './types';

/** Where a mapped name points: a top-level field, and the way from its value inwards. */
export interface Place {
  field: string;
  path: (string | number)[];
}

/** Splits a mapped name: the longest leading part that is a field of the batch is the field, the rest leads inwards. */
export function placeOf(batch: Batch, name: string): Place {
  if (fieldOf(batch, name) !== null) return { field: name, path: [] };
  for (let dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
    const head = name.slice(0, dot);
    if (fieldOf(batch, head) !== null) return { field: head, path: name.slice(dot + 1).split('.') };
  }
  return { field: name, path: [] };
}

/** A JSON value, or undefined where the text is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The value at the end of a path (a key may itself hold dots), undefined where there is none. */
export function reach(value: unknown, path: readonly (string | number)[]): unknown {
  let at = value;
  for (let i = 0; i < path.length; i++) {
    if (typeof at !== 'object' || at === null) return undefined;
    const rest = path.slice(i).join('.');
    if (Object.hasOwn(at, rest)) return (at as Record<string, unknown>)[rest];
    const key = String(path[i]);
    if (!Object.hasOwn(at, key)) return undefined;
    at = (at as Record<string, unknown>)[key];
  }
  return at;
}

/** A top-level field as it stands after edits: its kind and text; null where absent or null. */
export function rawValue(
  row: number,
  field: FieldData | null,
  name: string,
  edits?: RowEdits | null,
): { kind: 'text' | 'json'; text: string } | null {
  const edit = edits?.get(name);
  if (edit) return edit.kind === 'json' && edit.text === 'null' ? null : edit;
  if (field === null) return null;
  const text = slotText(field, row);
  return text === null ? null : { kind: field.kind, text };
}

/** The structured value a mapped name points at: parsed JSON, also where a text field holds JSON; a plain text as a string. */
export function structured(batch: Batch, row: number, name: string, edits?: RowEdits | null): unknown {
  const { field, path } = placeOf(batch, name);
  const raw = rawValue(row, fieldOf(batch, field), field, edits);
  if (raw === null) return undefined;
  let value: unknown;
  if (raw.kind === 'json') value = parseJson(raw.text);
  else value = /^\s*[[{]/.test(raw.text) ? (parseJson(raw.text) ?? raw.text) : raw.text;
  return reach(value, path);
}

/** Any value as text: strings as they are, null and undefined as null, the rest as JSON. */
export function asText(value: unknown): string | null {
  if (typeof value === 'string') return value;
  if (value === null || value === undefined) return null;
  return JSON.stringify(value);
}

/** The text a mapped name points at: a string as it is, another value as its JSON text, null where there is none. */
export function valueText(batch: Batch, row: number, name: string, edits?: RowEdits | null): string | null {
  if (!edits || edits.size === 0) {
    const field = fieldOf(batch, name);
    if (field !== null) return fieldDataText(field, row);
    if (!name.includes('.')) return null;
  }
  const { field, path } = placeOf(batch, name);
  const data = fieldOf(batch, field);
  if (path.length === 0) {
    const raw = rawValue(row, data, field, edits);
    if (raw === null) return null;
    return raw.kind === 'json' && raw.text.charCodeAt(0) === 0x22 ? (JSON.parse(raw.text) as string) : raw.text;
  }
  if (!edits?.has(field) && (data === null || !isPresent(data, row))) return null;
  return asText(structured(batch, row, name, edits));
}
