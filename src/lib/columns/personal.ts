import { findPersonal, PERSONAL_KINDS, type PersonalKind, type PersonalSpan } from '$lib/text/personal';
import { DECIMAL } from '$lib/text/unicode';
import { FIELDS, valueOf } from './finding';
import type { Text } from '$lib/text/text';
import type { Subject } from './subject';
import type { Column, Span } from './types';

const NONE: PersonalSpan[] = [];

/** Four digits (full-width ones included), an @, or what an address of groups needs. */
function mayHold(text: Text): boolean {
  if (text.digits >= 4 || text.countOf(64) || (text.countOf(58) > 1 && text.digits)) return true;
  return text.ascii < text.length && text.count(DECIMAL) >= 4;
}

/** Personal data of every field, once a record. Most records are passed by: no digit runs, no @. */
function personalOf(subject: Subject): Record<Span['field'], PersonalSpan[]> {
  const found = { prompt: NONE, response: NONE, system: NONE };
  for (const field of FIELDS) {
    const text = subject[field];
    if (text && text.length && mayHold(text)) found[field] = findPersonal(valueOf(subject, field));
  }
  return found;
}

const SOURCES: Record<PersonalKind, string> = {
  email: 'RFC 5321',
  phone: 'MIIT numbering plan; libphonenumber',
  'id-card-cn': 'GB 11643-1999',
  'id-card-cn-unchecked': 'GB 11643-1999',
  'bank-card': 'ISO/IEC 7812',
  ip: 'RFC 791, RFC 4291',
  iban: 'ISO 13616',
  'ssn-us': 'Social Security Administration',
};

/** How many of one kind stand in prompt, response and system message: `pii_email`, `pii_phone`, … */
export const personal: Column[] = PERSONAL_KINDS.map((kind) => ({
  id: `pii_${kind.replaceAll('-', '_')}`,
  unit: 'count',
  group: 'personal',
  cost: 'cheap',
  source: SOURCES[kind],
  measure: (s) => {
    const found = s.note(personalOf);
    let n = 0;
    for (const field of FIELDS) for (const span of found[field]) if (span.kind === kind) n++;
    return n;
  },
  spans: (s) => {
    const found = s.note(personalOf);
    return FIELDS.flatMap((field) =>
      found[field]
        .filter((span) => span.kind === kind)
        .map(({ start, end }) => ({ field, start, end, kind, text: valueOf(s, field).slice(start, end) })),
    );
  },
}));
