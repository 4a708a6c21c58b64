import { recordFinding } from './records';
import type { Detected, HealthSet } from './types';

/**
 * All records where no field is mapped as prompt, response or messages (no text is looked at, so silence says nothing), or
 * only one as prompt, with neither response nor label to learn from.
 */
export function unmappedTexts({ mapping, rows }: HealthSet): Detected[] {
  const { prompt, response, messages, history, label } = mapping;
  if (rows === 0 || response !== null || messages !== null || history !== null) return [];
  if (prompt.length > 0 && label.length > 0) return [];
  const id = prompt.length > 0 ? 'no-response' : 'unmapped';
  return [recordFinding({ id, severity: 3, places: new Uint8Array(rows).fill(1), cut: null })];
}
