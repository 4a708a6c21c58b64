import { fieldOf } from '$lib/record/batch';
import type { RowEdits } from '$lib/record/edits';
import type { Batch, Mapping } from '$lib/record/types';
import { rawValue } from '$lib/record/value';
import { Beside, spokenFields } from './beside';
import { CALL_ID, CALL_IDS, chatOf, rawAt, type ChatTurn } from './chat';
import { compactText } from './csv';
import type { PutRecord } from './lines';

/**
 * `{"conversations": [{"from", "value"}, …], "system", "tools"}` as LLaMA-Factory takes it: human or observation in turn
 * with gpt or function_call, an even count, the system prompt in a field of its own, `tools` a JSON string. A call's
 * value is its name and arguments; its id stands beside it as `tool_call_id` (`tool_call_ids` for several). A record
 * that cannot be told so is refused; LLaMA-Factory would drop it without a word.
 */
export function putShareGpt(mapping: Mapping): PutRecord {
  const beside = new Beside(
    ['conversations', 'system', ...(mapping.tools !== null ? ['tools'] : [])],
    [...spokenFields(mapping), mapping.tools],
  );
  return (batch, row, out, edits) => {
    const turns = chatOf(batch, row, mapping, edits);
    if (typeof turns === 'string') return turns;
    const system = turns[0].role === 'system' ? turns.shift()!.text : '';
    const reason = alternates(turns);
    if (reason !== null) return reason;
    out.text(`{"conversations":[${turns.map(turnJson).join(',')}],"system":${JSON.stringify(system)}`);
    if (mapping.tools !== null) {
      out.text(`,"tools":${JSON.stringify(toolsText(batch, row, mapping.tools, edits))}`);
    }
    beside.write(batch, row, out, edits);
    out.byte(0x7d);
    return null;
  };
}

/** The tools as a JSON string: a text as it stands, a list or object as its JSON text. */
function toolsText(batch: Batch, row: number, name: string, edits?: RowEdits | null): string {
  const field = fieldOf(batch, name);
  const raw = field === null ? null : rawValue(row, field, name, edits);
  if (raw?.kind === 'text') return raw.text;
  const json = rawAt(batch, row, name, edits);
  return json === null ? '' : compactText(json);
}

/** Why the turns do not alternate as LLaMA-Factory asks, or null. */
export function alternates(turns: readonly ChatTurn[]): string | null {
  for (const [i, turn] of turns.entries()) {
    const place = `turn ${i + 1}`;
    if (turn.role === 'system') return `${place} is a system turn in the middle of the conversation`;
    if (turn.role === 'other') return `${place} has the role "${turn.name}", which this layout does not know`;
    if (!turn.plain) return `${place} holds more than text`;
    if (turn.calls && turn.text !== '') return `${place} holds both a text and a function call`;
    const asks = turn.role === 'user' || turn.role === 'tool';
    if (asks !== (i % 2 === 0))
      return i === 0
        ? 'the conversation begins with an answer'
        : `${place} (${turn.name}) follows another ${asks ? 'question' : 'answer'}: turns must alternate`;
  }
  if (turns.length === 0) return 'its conversation has no turns';
  return turns.length % 2 === 1 ? 'the last turn has no answer' : null;
}

const FROM = { user: 'human', assistant: 'gpt', tool: 'observation', function: 'function_call' } as const;

function turnJson(turn: ChatTurn): string {
  let value = turn.text;
  let from: string = FROM[turn.role as keyof typeof FROM];
  if (turn.calls) {
    from = 'function_call';
    const calls = turn.calls.map((call) => `{"name": ${JSON.stringify(call.name)}, "arguments": ${call.arguments}}`);
    value = calls.length === 1 ? calls[0] : `[${calls.join(', ')}]`;
  }
  let json = `{"from":"${from}","value":${JSON.stringify(value)}`;
  const ids = turn.calls?.map((call) => call.id) ?? [];
  const key = ids.length === 1 ? CALL_ID : CALL_IDS;
  if (ids.some((id) => id !== null) && !turn.rest.has(key))
    json += `,"${key}":${JSON.stringify(ids.length === 1 ? ids[0] : ids)}`;
  for (const [key, other] of turn.rest)
    if (key !== 'from' && key !== 'value') json += `,${JSON.stringify(key)}:${other}`;
  return json + '}';
}
