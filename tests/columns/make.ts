import type { Turn, View } from '$lib/record/types';

/** A record of one question and one answer (null: the layout has none). */
export function viewOf(prompt: string, response: string | null = null, system = ''): View {
  const turns: Turn[] = [{ role: 'user', name: 'user', text: prompt }];
  if (system) turns.unshift({ role: 'system', name: 'system', text: system });
  if (response !== null) turns.push({ role: 'assistant', name: 'assistant', text: response });
  return { prompt, response, system, turns, label: null, source: null, annotator: null, time: null, id: null };
}

/** A conversation; roles alternate from the user unless named. */
export function talkOf(...texts: (string | [Turn['role'], string])[]): View {
  const turns = texts.map((text, i): Turn => {
    const [role, value] = Array.isArray(text) ? text : [i % 2 ? 'assistant' : 'user', text];
    return { role: role as Turn['role'], name: role, text: value };
  });
  const of = (role: string) =>
    turns
      .filter((turn) => turn.role === role)
      .map((turn) => turn.text)
      .join('\n');
  return { ...viewOf(of('user'), of('assistant'), of('system')), turns };
}
