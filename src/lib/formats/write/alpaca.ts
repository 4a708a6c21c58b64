import type { Mapping } from '$lib/record/types';
import { valueText } from '$lib/record/value';
import { Beside, spokenFields } from './beside';
import { chatOf } from './chat';
import type { PutRecord } from './lines';
import { alternates } from './sharegpt';

/**
 * `{"instruction", "input", "output", "system", "history"}`, all strings but the history's `[[question, answer], …]`;
 * system and history only where the data can have them. The last question and answer of a conversation are instruction
 * and output, the earlier ones the history. Refused: function calls, turns that do not alternate.
 */
export function putAlpaca(mapping: Mapping): PutRecord {
  const flat = mapping.messages === null;
  const hasSystem = !flat || mapping.system !== null;
  const hasHistory = !flat || mapping.history !== null;
  const own = ['instruction', 'input', 'output'];
  if (hasSystem) own.push('system');
  if (hasHistory) own.push('history');
  const beside = new Beside(own, spokenFields(mapping));
  return (batch, row, out, edits) => {
    const turns = chatOf(batch, row, mapping, edits);
    if (typeof turns === 'string') return turns;
    const system = turns[0].role === 'system' ? turns.shift()!.text : '';
    const reason = turns.some((turn) => turn.calls !== null || turn.role === 'tool')
      ? 'it calls functions, which Alpaca has no place for'
      : alternates(turns);
    if (reason !== null) return reason;
    const answer = turns.pop()!.text;
    let instruction = turns.pop()!.text;
    let input = '';
    if (flat && mapping.prompt.length > 1) {
      const texts = mapping.prompt.map((name) => valueText(batch, row, name, edits) ?? '');
      instruction = texts[0];
      input = texts.slice(1).filter(Boolean).join('\n');
    }
    out.text(
      `{"instruction":${JSON.stringify(instruction)},"input":${JSON.stringify(input)},"output":${JSON.stringify(answer)}`,
    );
    if (hasSystem) out.text(`,"system":${JSON.stringify(system)}`);
    if (hasHistory) {
      const history: string[][] = [];
      for (let i = 0; i < turns.length; i += 2) history.push([turns[i].text, turns[i + 1].text]);
      out.text(`,"history":${JSON.stringify(history)}`);
    }
    beside.write(batch, row, out, edits);
    out.byte(0x7d);
    return null;
  };
}
