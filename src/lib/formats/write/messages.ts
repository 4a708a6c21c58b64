import type { Mapping } from '$lib/record/types';
import { Beside, spokenFields } from './beside';
import { chatOf, type ChatTurn } from './chat';
import type { PutRecord } from './lines';

/** Role names that OpenAI's and TRL's readers take as they are. */
const STANDARD = new Set(['system', 'developer', 'user', 'assistant', 'tool', 'function']);
const NAMES: Partial<Record<ChatTurn['role'], string>> = {
  system: 'system',
  user: 'user',
  assistant: 'assistant',
  tool: 'tool',
  function: 'assistant',
};

/**
 * `{"messages": [{"role", "content"}, …]}` with roles system, user, assistant, tool. Function calls become `tool_calls` (a
 * null content stays null),
 * their results `tool` turns with the call's id. Other keys of a turn stay. Refused: an unknown role, a malformed
 * conversation or call.
 */
export function putMessages(mapping: Mapping): PutRecord {
  const beside = new Beside(['messages'], spokenFields(mapping));
  return (batch, row, out, edits) => {
    const turns = chatOf(batch, row, mapping, edits);
    if (typeof turns === 'string') return turns;
    const written = messagesJson(turns);
    if (typeof written !== 'object') return written;
    out.text(`{"messages":${written.json}`);
    beside.write(batch, row, out, edits);
    out.byte(0x7d);
    return null;
  };
}

function messagesJson(turns: ChatTurn[]): { json: string } | string {
  const parts: string[] = [];
  let asked: string[] = [];
  let made = 0;
  for (const [i, turn] of turns.entries()) {
    const name = STANDARD.has(turn.name) ? turn.name : NAMES[turn.role];
    if (!name) return `turn ${i + 1} has the role "${turn.name}", which this layout does not know`;
    let json = `{"role":${JSON.stringify(name)},"content":${turn.parts ?? JSON.stringify(turn.text)}`;
    if (turn.calls) {
      asked = turn.calls.map((call) => call.id ?? `call_${made++}`);
      const calls = turn.calls.map(
        (call, n) =>
          `{"id":${JSON.stringify(asked[n])},"type":"function","function":{"name":${JSON.stringify(call.name)},"arguments":${JSON.stringify(call.arguments)}}}`,
      );
      json += `,"tool_calls":[${calls.join(',')}]`;
    }
    if (name === 'tool' && !turn.rest.has('tool_call_id')) {
      const id = asked.shift();
      if (id !== undefined) json += `,"tool_call_id":${JSON.stringify(id)}`;
    }
    for (const [key, value] of turn.rest)
      if (key !== 'role' && key !== 'content') json += `,${JSON.stringify(key)}:${value}`;
    parts.push(json + '}');
  }
  return { json: `[${parts.join(',')}]` };
}
