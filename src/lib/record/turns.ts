import { asText } from './value';
import type { Role, Turn } from './types';

const ROLES: Record<string, Role> = {
  system: 'system',
  developer: 'system',
  human: 'user',
  user: 'user',
  prompter: 'user',
  gpt: 'assistant',
  assistant: 'assistant',
  chatgpt: 'assistant',
  bot: 'assistant',
  model: 'assistant',
  observation: 'tool',
  tool: 'tool',
  tool_response: 'tool',
  function_response: 'tool',
  // OpenAI's role `function` carries what a function returned; the call itself is `function_call`.
  function: 'tool',
  function_call: 'function',
  tool_call: 'function',
};

/** What a role's name means, `other` where it is not known. Case does not matter. */
export function roleOf(name: string): Role {
  if (Object.hasOwn(ROLES, name)) return ROLES[name];
  const lower = name.toLowerCase();
  return Object.hasOwn(ROLES, lower) ? ROLES[lower] : 'other';
}

/** The key under which a turn keeps its speaker. */
export const ROLE_KEYS = ['role', 'from'] as const;
/** The keys under which a turn may keep its text. */
export const TEXT_KEYS = ['content', 'value', 'text'] as const;

export type TurnObject = Record<string, unknown>;

/** A turn's role as the file spells it, or null where it has none. */
export function roleName(turn: TurnObject): string | null {
  for (const key of ROLE_KEYS) if (Object.hasOwn(turn, key) && typeof turn[key] === 'string') return turn[key];
  return null;
}

/** The key that holds a turn's text, or null. */
export function textKey(turn: TurnObject): (typeof TEXT_KEYS)[number] | null {
  for (const key of TEXT_KEYS) if (Object.hasOwn(turn, key)) return key;
  return null;
}

/** Text of a turn's content: a string, or the text parts of a list of parts joined by a newline. */
export function contentText(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return asText(content) ?? '';
  const texts: string[] = [];
  for (const part of content as unknown[]) {
    if (typeof part === 'string') texts.push(part);
    else if (typeof part === 'object' && part !== null) {
      const key = partKey(part as TurnObject);
      if (key !== null) texts.push((part as TurnObject)[key] as string);
    }
  }
  return texts.join('\n');
}

/** The key that holds the text of a content part (`{type: "text", text}`), or null for a picture, a sound, …. */
export function partKey(part: TurnObject): 'text' | 'value' | null {
  if (Object.hasOwn(part, 'type') && part.type !== 'text') return null;
  if (typeof part.text === 'string') return 'text';
  return typeof part.value === 'string' ? 'value' : null;
}

/** Whether a value looks like one turn: an object with a role and a text (or tool calls). */
export function isTurn(value: unknown): value is TurnObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const turn = value as TurnObject;
  return roleName(turn) !== null && (textKey(turn) !== null || Object.hasOwn(turn, 'tool_calls'));
}

/** Adds a conversation's turns; a value that is no conversation adds none, a malformed turn is left out. */
export function addTurns(value: unknown, turns: Turn[]): void {
  const list = Array.isArray(value) ? (value as unknown[]) : [value];
  for (const item of list) {
    if (!isTurn(item)) continue;
    const name = roleName(item) ?? '';
    const key = textKey(item);
    const text = key === null ? '' : contentText(item[key]);
    const calls = Object.hasOwn(item, 'tool_calls') ? item.tool_calls : null;
    const called = Array.isArray(calls) && calls.length > 0;
    if (!called || text !== '') turns.push({ role: roleOf(name), name, text });
    if (called) turns.push({ role: 'function', name: 'tool_calls', text: JSON.stringify(calls) });
  }
}

/** Adds Alpaca's earlier turns, `[[question, answer], …]`; anything else adds none. */
export function addHistory(value: unknown, turns: Turn[]): void {
  if (!Array.isArray(value)) return;
  for (const pair of value as unknown[]) {
    if (!Array.isArray(pair)) continue;
    const [question, answer] = pair as unknown[];
    if (typeof question === 'string') turns.push({ role: 'user', name: 'user', text: question });
    if (typeof answer === 'string') turns.push({ role: 'assistant', name: 'assistant', text: answer });
  }
}
