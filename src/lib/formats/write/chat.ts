import { fieldOf } from '$lib/record/batch';
import type { RowEdits } from '$lib/record/edits';
import { elements, members } from '$lib/record/rawjson';
import { contentText, partKey, roleOf, ROLE_KEYS, TEXT_KEYS, type TurnObject } from '$lib/record/turns';
import type { Batch, Mapping, Role } from '$lib/record/types';
import { parseJson, placeOf, rawValue } from '$lib/record/value';
import { labelName, labelOf, viewOf } from '$lib/record/view';

/** A function's name and its arguments as JSON text. */
export interface Call {
  name: string;
  arguments: string;
  /** As the file gives it. */
  id: string | null;
}

/** One turn on its way to another layout; JSON texts keep their digits. */
export interface ChatTurn {
  role: Role;
  name: string;
  /** Text of the content (parts joined by a newline). */
  text: string;
  /** The content's JSON text where it is no string: a list of standard parts (pictures among them), a call's null. */
  parts: string | null;
  /** Whether everything in the content is text. */
  plain: boolean;
  calls: Call[] | null;
  /** Every other key of the turn, values as JSON text. */
  rest: ReadonlyMap<string, string>;
}

const NONE: ReadonlyMap<string, string> = new Map();

/**
 * A record as turns, the system's first where a field holds it; the reason as a string where it has no proper
 * conversation. Without a response field the label is the answer.
 */
export function chatOf(batch: Batch, row: number, mapping: Mapping, edits?: RowEdits | null): ChatTurn[] | string {
  if (mapping.messages === null) return fromFields(batch, row, mapping, edits);
  const raw = rawAt(batch, row, mapping.messages, edits);
  if (raw === null) return 'it has no conversation';
  if (!raw.trimStart().startsWith('[') || !Array.isArray(parseJson(raw)))
    return 'its conversation is not a list of turns';
  const turns: ChatTurn[] = [];
  const typed = fieldOf(batch, placeOf(batch, mapping.messages).field)?.arrowType !== undefined;
  for (const [i, json] of elements(raw).entries()) {
    const turn = turnOf(json, typed);
    if (typeof turn === 'string') return `turn ${i + 1} ${turn}`;
    turns.push(turn);
  }
  const without = viewOf(batch, row, { ...mapping, messages: null, prompt: [] }, edits).turns;
  for (const turn of without) {
    const chat = spoken(turn.role, turn.name, turn.text);
    if (turn.role === 'system') {
      if (turns[0]?.role !== 'system') turns.unshift(chat);
    } else turns.push(chat);
  }
  return turns.length === 0 ? 'its conversation has no turns' : turns;
}

const spoken = (role: Role, name: string, text: string): ChatTurn => ({
  role,
  name,
  text,
  parts: null,
  plain: true,
  calls: null,
  rest: NONE,
});

function fromFields(batch: Batch, row: number, mapping: Mapping, edits?: RowEdits | null): ChatTurn[] {
  const told = (part: Mapping) =>
    viewOf(batch, row, part, edits).turns.map((turn) => spoken(turn.role, turn.name, turn.text));
  const turns = told({ ...mapping, response: null });
  // An empty question or answer is still one: conversations must alternate.
  if (turns.at(-1)?.role !== 'user') turns.push(spoken('user', 'user', ''));
  const answers = told({ ...mapping, prompt: [], history: null, system: null });
  if (answers.length > 0) return turns.concat(answers);
  const answer = mapping.response !== null ? '' : labelName(labelOf(batch, row, mapping, edits));
  if (answer !== null) turns.push(spoken('assistant', 'assistant', answer));
  return turns;
}

/** The JSON text a mapped name points at, digits as they stand. */
export function rawAt(batch: Batch, row: number, name: string, edits?: RowEdits | null): string | null {
  const place = placeOf(batch, name);
  const raw = rawValue(row, fieldOf(batch, place.field), place.field, edits);
  let text = raw?.text ?? null;
  for (const key of place.path) {
    if (text === null) return null;
    const open = text.trimStart()[0];
    if (open === '[') text = elements(text)[Number(key)] ?? null;
    else text = open === '{' ? (members(text).get(String(key)) ?? null) : null;
  }
  return text;
}

/** `typed`: every turn has every key there (a struct of Arrow or Parquet), those it had not are null. */
function turnOf(json: string, typed: boolean): ChatTurn | string {
  if (!json.startsWith('{')) return 'is not an object';
  const all = members(json);
  if (typed) for (const [key, value] of all) if (value === 'null') all.delete(key);
  const roleKey = ROLE_KEYS.find((key) => all.get(key)?.startsWith('"'));
  if (!roleKey) return 'has no role';
  const name = JSON.parse(all.get(roleKey)!) as string;
  const key = TEXT_KEYS.find((candidate) => all.has(candidate));
  const called = all.get('tool_calls');
  const calls = called?.startsWith('[') ? openaiCalls(called) : [];
  if (typeof calls === 'string') return calls;
  if (!key && calls.length === 0) return 'has no text';
  const content = key ? parseJson(all.get(key)!) : null;
  const rest = new Map(all);
  for (const gone of [roleKey, key, calls.length > 0 ? 'tool_calls' : undefined]) if (gone) rest.delete(gone);
  const role = roleOf(name);
  const text = content === null ? '' : contentText(content);
  const turn: ChatTurn = { role, name, text, parts: null, plain: true, calls: calls.length > 0 ? calls : null, rest };
  if (Array.isArray(content)) {
    const kinds = (content as unknown[]).map((part) =>
      typeof part === 'object' && part !== null ? partKey(part as TurnObject) : null,
    );
    turn.plain = !(content as unknown[]).some((part, i) => typeof part !== 'string' && kinds[i] === null);
    // Parts that only LLaMA-Factory spells so (`value`) become one text.
    if (!kinds.includes('value')) turn.parts = all.get(key!)!;
  }
  if (content === null && turn.calls !== null) turn.parts = 'null';
  if (role === 'function' && turn.calls === null) {
    const spelled = spelledCalls(text);
    if (spelled === null) return 'is a function call that is not JSON with a name and arguments';
    turn.calls = withIds(spelled, rest);
    turn.text = '';
  }
  return turn;
}

/** OpenAI's `[{id, type, function: {name, arguments}}]`. */
function openaiCalls(json: string): Call[] | string {
  const calls: Call[] = [];
  for (const element of elements(json)) {
    const call = element.startsWith('{') ? members(element) : null;
    const inner = call?.get('function');
    const named = inner?.startsWith('{') ? callOf(inner) : null;
    if (!call || !named) return 'has a tool call without a name';
    const id = call.get('id');
    calls.push({ ...named, id: id?.startsWith('"') ? (JSON.parse(id) as string) : null });
  }
  return calls;
}

/** ShareGPT's `{"name": …, "arguments": …}`, or a list of them, inside a text. */
function spelledCalls(text: string): Call[] | null {
  const value = parseJson(text);
  if (typeof value !== 'object' || value === null) return null;
  const calls = (Array.isArray(value) ? elements(text) : [text]).map((json) =>
    json.trimStart().startsWith('{') ? callOf(json) : null,
  );
  return calls.length > 0 && !calls.includes(null) ? (calls as Call[]) : null;
}

/** Key of a ShareGPT turn for the id of its one call, and of its several calls. */
export const CALL_ID = 'tool_call_id';
export const CALL_IDS = 'tool_call_ids';

/** Calls with the ids that stand beside their text; what was used is taken out of `rest`. */
function withIds(calls: Call[], rest: Map<string, string>): Call[] {
  const key = calls.length === 1 ? CALL_ID : CALL_IDS;
  const value = parseJson(rest.get(key) ?? 'null');
  const ids = Array.isArray(value) ? (value as unknown[]) : [value];
  if (ids.length !== calls.length || !ids.some((id) => typeof id === 'string')) return calls;
  rest.delete(key);
  return calls.map((call, i) => ({ ...call, id: typeof ids[i] === 'string' ? ids[i] : null }));
}

function callOf(json: string): Call | null {
  const call = members(json);
  const name = call.get('name');
  if (!name?.startsWith('"')) return null;
  const given = call.get('arguments') ?? call.get('parameters') ?? '{}';
  // A string holds the arguments as JSON text (OpenAI); anything else is the arguments themselves.
  const text = given.startsWith('"') ? (JSON.parse(given) as string) : given;
  return { name: JSON.parse(name) as string, arguments: text.trim() === '' ? '{}' : text, id: null };
}
