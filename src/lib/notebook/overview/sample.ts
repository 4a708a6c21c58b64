import type { InspectedRecord } from '$lib/engine/protocol';
import type { Span } from '$lib/columns/types';

const PERSONAL = ['email', 'phone', 'id-card-cn', 'bank-card', 'ip', 'iban', 'ssn-us'];
/** Findings whose example is the prompt: the response has nothing to show. */
const OF_PROMPT = ['empty-response', 'missing-attachment'];

/** What a record shows of a finding: the text that was pointed at with its spans, else its shorter side. */
export function sampleOf(id: string, record: InspectedRecord): { text: string; spans: Span[] } {
  const shows = (kind: string) =>
    id === 'personal-data' ? PERSONAL.includes(kind) : kind === id || kind === id.replaceAll('-', '_');
  const span = record.spans.find((s) => shows(s.kind));
  const field = span?.field ?? (OF_PROMPT.includes(id) || !record.response?.trim() ? 'prompt' : 'response');
  return {
    text: (record[field] ?? '').replace(/\s+/g, (space) => ' '.repeat(space.length)),
    spans: span ? record.spans.filter((s) => s.field === field && s.kind === span.kind) : [],
  };
}
