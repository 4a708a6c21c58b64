import { fieldOf } from './batch';
import type { Edit, RowEdits } from './edits';
import { spliceStrings } from './splice';
import { isTurn, partKey, roleName, roleOf, textKey, type TurnObject } from './turns';
import type { Batch, Mapping, Part, Role } from './types';
import { parseJson, placeOf, rawValue } from './value';

type PartRole = Part['role'];
const ROLES: readonly string[] = ['prompt', 'response', 'system'];

/**
 * The texts of a record that a step may rewrite. `on` names roles (prompt, response, system) or fields of the file; a
 * field stands for its text or, where it holds lists or objects, for every string in it. Default: the three roles.
 * What a tool or a function said is in no role.
 */
export function partsOf(
  batch: Batch,
  row: number,
  mapping: Mapping,
  on: readonly string[] = ROLES,
  edits?: RowEdits | null,
): Part[] {
  const parts: Part[] = [];
  const roles = new Set(on.filter((name) => ROLES.includes(name)));
  const add = (part: Part) => {
    if (part.role !== 'other' && roles.has(part.role)) parts.push(part);
  };
  if (roles.size > 0) {
    if (roles.has('system') && mapping.system !== null) fromName(batch, row, mapping.system, 'system', add, edits);
    if (mapping.history !== null) fromHistory(batch, row, mapping.history, add, edits);
    if (mapping.messages !== null) fromName(batch, row, mapping.messages, 'other', add, edits);
    else if (roles.has('prompt')) for (const name of mapping.prompt) fromName(batch, row, name, 'prompt', add, edits);
    if (mapping.response !== null && roles.has('response'))
      fromName(batch, row, mapping.response, 'response', add, edits);
  }
  for (const name of on) if (!ROLES.includes(name)) fromField(batch, row, name, parts, edits);
  return parts;
}

/** The value of a mapped name with its place, walked down its path. */
function valueAt(batch: Batch, row: number, name: string, edits?: RowEdits | null) {
  const place = placeOf(batch, name);
  const raw = rawValue(row, fieldOf(batch, place.field), place.field, edits);
  if (raw === null) return null;
  const holdsJson = raw.kind === 'json' || /^\s*[[{]/.test(raw.text);
  let value: unknown = holdsJson ? parseJson(raw.text) : undefined;
  if (value === undefined) value = raw.text;
  const path: (string | number)[] = [];
  for (let i = 0; i < place.path.length; i++) {
    if (typeof value !== 'object' || value === null) return null;
    const rest = place.path.slice(i).join('.');
    const whole = Object.hasOwn(value, rest);
    const key = whole ? rest : String(place.path[i]);
    if (!Object.hasOwn(value, key)) return null;
    value = (value as Record<string, unknown>)[key];
    path.push(key);
    if (whole) break;
  }
  return { field: place.field, path, value, text: raw.text, kind: raw.kind };
}

function fromName(
  batch: Batch,
  row: number,
  name: string,
  role: PartRole,
  add: (part: Part) => void,
  edits?: RowEdits | null,
): void {
  const at = valueAt(batch, row, name, edits);
  if (at === null) return;
  const { field, path, value } = at;
  if (typeof value === 'string') {
    if (role !== 'other') add({ role, field, path, text: value });
    return;
  }
  // A prompt that merely looks like JSON stays one text.
  if (at.kind === 'text' && path.length === 0 && role !== 'other') return add({ role, field, path, text: at.text });
  const conversation = Array.isArray(value) ? (value as unknown[]) : [value];
  conversation.forEach((turn, i) => {
    if (isTurn(turn)) fromTurn(turn, field, Array.isArray(value) ? [...path, i] : path, add);
  });
}

function fromTurn(turn: TurnObject, field: string, path: (string | number)[], add: (part: Part) => void): void {
  const role = partRole(roleOf(roleName(turn) ?? ''));
  const key = textKey(turn);
  if (key === null) return;
  const content = turn[key];
  if (typeof content === 'string') return add({ role, field, path: [...path, key], text: content });
  if (!Array.isArray(content)) return;
  (content as unknown[]).forEach((part, i) => {
    if (typeof part === 'string') return add({ role, field, path: [...path, key, i], text: part });
    if (typeof part !== 'object' || part === null) return;
    const inner = partKey(part as TurnObject);
    if (inner !== null)
      add({ role, field, path: [...path, key, i, inner], text: (part as TurnObject)[inner] as string });
  });
}

function partRole(role: Role): PartRole {
  return role === 'user' ? 'prompt' : role === 'assistant' ? 'response' : role === 'system' ? 'system' : 'other';
}

function fromHistory(
  batch: Batch,
  row: number,
  name: string,
  add: (part: Part) => void,
  edits?: RowEdits | null,
): void {
  const at = valueAt(batch, row, name, edits);
  if (at === null || !Array.isArray(at.value)) return;
  (at.value as unknown[]).forEach((pair, i) => {
    if (!Array.isArray(pair)) return;
    const [question, answer] = pair as unknown[];
    if (typeof question === 'string')
      add({ role: 'prompt', field: at.field, path: [...at.path, i, 0], text: question });
    if (typeof answer === 'string') add({ role: 'response', field: at.field, path: [...at.path, i, 1], text: answer });
  });
}

function fromField(batch: Batch, row: number, name: string, parts: Part[], edits?: RowEdits | null): void {
  const at = valueAt(batch, row, name, edits);
  if (at === null) return;
  if (at.kind === 'text' && at.path.length === 0)
    parts.push({ role: 'other', field: at.field, path: [], text: at.text });
  else strings(at.value, at.field, at.path, parts);
}

function strings(value: unknown, field: string, path: (string | number)[], parts: Part[]): void {
  if (typeof value === 'string') parts.push({ role: 'other', field, path, text: value });
  else if (Array.isArray(value)) value.forEach((item, i) => strings(item, field, [...path, i], parts));
  else if (typeof value === 'object' && value !== null)
    for (const [key, item] of Object.entries(value)) strings(item, field, [...path, key], parts);
}

/**
 * The edits that put these parts' texts into the record (on top of `edits`). Digits, keys and white space of a JSON
 * value around a changed string stay as they are. Parts whose text is what stands there already change nothing.
 */
export function editsOf(batch: Batch, row: number, parts: readonly Part[], edits?: RowEdits | null): RowEdits {
  const out: RowEdits = new Map(edits ?? []);
  const byField = new Map<string, Part[]>();
  for (const part of parts) {
    const list = byField.get(part.field);
    if (list) list.push(part);
    else byField.set(part.field, [part]);
  }
  for (const [field, list] of byField) {
    const raw = rawValue(row, fieldOf(batch, field), field, edits);
    if (raw === null) continue;
    const edit = rewrite(raw, list);
    if (edit.text !== raw.text) out.set(field, edit);
  }
  return out;
}

function rewrite(raw: Edit, parts: readonly Part[]): Edit {
  const whole = parts.findLast((part) => part.path.length === 0);
  if (whole)
    return raw.kind === 'text'
      ? { kind: 'text', text: whole.text }
      : { kind: 'json', text: JSON.stringify(whole.text) };
  const now = parseJson(raw.text);
  const changed = parts.filter((part) => stringAt(now, part.path) !== part.text);
  return changed.length === 0 ? raw : { kind: raw.kind, text: spliceStrings(raw.text, changed) };
}

function stringAt(value: unknown, path: readonly (string | number)[]): unknown {
  let at = value;
  for (const key of path) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, key)) return undefined;
    at = (at as Record<string | number, unknown>)[key];
  }
  return at;
}

const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?$/;

/**
 * The edits that give a record this label path: one field takes the path joined by `/`, several take a level each
 * (levels too many join the last field's, fields too many become null). A field that held a number keeps one where
 * the new text is a number.
 */
export function labelEdits(
  batch: Batch,
  row: number,
  mapping: Mapping,
  path: readonly string[],
  edits?: RowEdits | null,
): RowEdits {
  const out: RowEdits = new Map(edits ?? []);
  const fields = mapping.label;
  fields.forEach((name, level) => {
    const last = level === fields.length - 1;
    const text = last ? path.slice(level).join('/') : path[level];
    const place = placeOf(batch, name);
    const raw = rawValue(row, fieldOf(batch, place.field), place.field, out);
    const gone = level >= path.length;
    if (place.path.length > 0) {
      const at = valueAt(batch, row, name, out);
      if (raw !== null && !gone && at !== null && typeof at.value === 'string')
        out.set(place.field, {
          kind: raw.kind,
          text: spliceStrings(raw.text, [{ path: at.path, text }]),
        });
      return;
    }
    if (gone) {
      if (raw !== null) out.set(name, { kind: 'json', text: 'null' });
    } else if (raw?.kind === 'json' && NUMBER.test(raw.text) && NUMBER.test(text))
      out.set(name, { kind: 'json', text });
    else out.set(name, { kind: 'text', text });
  });
  return out;
}
