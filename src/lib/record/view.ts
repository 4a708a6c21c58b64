import { fieldDataText, fieldOf } from './batch';
import type { RowEdits } from './edits';
import { addHistory, addTurns } from './turns';
import type { Batch, Mapping, Turn, View } from './types';
import { structured, valueText } from './value';

const textOf = (batch: Batch, row: number, name: string | null, edits?: RowEdits | null) =>
  name === null ? null : valueText(batch, row, name, edits);

/**
 * One record as the columns see it. Prompt and response are the user's and the assistant's turns (Alpaca's history and
 * earlier turns included) joined by a newline. A malformed conversation yields no turns. With `edits`, the record as
 * the steps so far have rewritten it.
 */
export function viewOf(batch: Batch, row: number, mapping: Mapping, edits?: RowEdits | null): View {
  const turns: Turn[] = [];
  let hasResponse = mapping.response !== null || mapping.history !== null || mapping.messages !== null;
  const system = textOf(batch, row, mapping.system, edits);
  if (system) turns.push({ role: 'system', name: 'system', text: system });
  if (mapping.history !== null) addHistory(structured(batch, row, mapping.history, edits), turns);
  if (mapping.messages !== null) addTurns(structured(batch, row, mapping.messages, edits), turns);
  else if (mapping.prompt.length === 1) addText(batch, row, mapping.prompt[0], 'user', turns, edits);
  else {
    const prompt = joined(batch, row, mapping.prompt, edits);
    if (prompt !== '') turns.push({ role: 'user', name: 'user', text: prompt });
  }
  if (mapping.response !== null) {
    addText(batch, row, mapping.response, 'assistant', turns, edits);
    hasResponse = true;
  }
  return {
    prompt: spoken(turns, 'user') ?? '',
    response: hasResponse ? (spoken(turns, 'assistant') ?? '') : null,
    system: spoken(turns, 'system') ?? '',
    turns,
    label: labelOf(batch, row, mapping, edits),
    source: textOf(batch, row, mapping.source, edits),
    annotator: textOf(batch, row, mapping.annotator, edits),
    time: textOf(batch, row, mapping.time, edits),
    id: textOf(batch, row, mapping.id, edits),
  };
}

/** A prompt or response field: a text is one turn; a list of turns (preference data, TRL) is those turns. */
function addText(
  batch: Batch,
  row: number,
  name: string,
  role: 'user' | 'assistant',
  turns: Turn[],
  edits?: RowEdits | null,
): void {
  const text = valueText(batch, row, name, edits);
  if (text === null || text === '') return;
  const code = text.charCodeAt(0);
  if ((code === 0x5b || code === 0x7b) && isJson(batch, name, edits)) {
    const before = turns.length;
    addTurns(structured(batch, row, name, edits), turns);
    if (turns.length > before) return;
  }
  turns.push({ role, name: role, text });
}

function isJson(batch: Batch, name: string, edits?: RowEdits | null): boolean {
  return (edits?.get(name)?.kind ?? fieldOf(batch, name)?.kind ?? 'json') === 'json';
}

function joined(batch: Batch, row: number, names: string[], edits?: RowEdits | null): string {
  let text = '';
  for (const name of names) {
    const part = valueText(batch, row, name, edits);
    if (part) text = text === '' ? part : text + '\n' + part;
  }
  return text;
}

function spoken(turns: Turn[], role: Turn['role']): string | null {
  let text: string | null = null;
  for (const turn of turns) if (turn.role === role) text = text === null ? turn.text : text + '\n' + turn.text;
  return text;
}

/**
 * A record's label path, outermost level first: several mapped fields are its levels, one field's text is parted at
 * `/`. A list of labels is one level, joined by commas. Null where the record has none.
 */
export function labelOf(batch: Batch, row: number, mapping: Mapping, edits?: RowEdits | null): string[] | null {
  const fields = mapping.label;
  if (fields.length === 0) return null;
  if (fields.length === 1) return splitLabel(labelText(batch, row, fields[0], edits));
  const path: string[] = [];
  for (const name of fields) {
    const level = labelText(batch, row, name, edits);
    if (level === null || level === '') break;
    path.push(level);
  }
  return path.length === 0 ? null : path;
}

function splitLabel(text: string | null): string[] | null {
  if (text === null || text === '') return null;
  if (!text.includes('/')) return [text];
  const path = text
    .split('/')
    .map((level) => level.trim())
    .filter((level) => level !== '');
  return path.length === 0 ? null : path;
}

function labelText(batch: Batch, row: number, name: string, edits?: RowEdits | null): string | null {
  const data = edits && edits.size > 0 ? null : fieldOf(batch, name);
  const text = data === null ? valueText(batch, row, name, edits) : fieldDataText(data, row);
  if (text === null) return null;
  if (text.charCodeAt(0) === 0x5b && isJson(batch, name, edits)) {
    const list: unknown = structured(batch, row, name, edits);
    if (Array.isArray(list))
      return list.map((item) => (typeof item === 'string' ? item : JSON.stringify(item))).join(',');
  }
  return text.trim();
}

/** A label path as one text. */
export function labelName(path: string[] | null): string | null {
  return path === null ? null : path.join('/');
}
