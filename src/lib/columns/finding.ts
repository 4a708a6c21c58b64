import type { Subject } from './subject';
import type { Column, Group, Span } from './types';

export type Place = [start: number, end: number];
export type Field = Span['field'];
/** Fields of a view that hold text, in the order they are looked at. */
export const FIELDS: readonly Field[] = ['prompt', 'response', 'system'];

/** The text of a field as it stands in the view; '' where there is none. */
export function valueOf(subject: Subject, field: Field): string {
  return subject.view[field] ?? '';
}

interface FindingDefinition {
  id: string;
  severity: 1 | 2 | 3;
  source?: string;
  group?: Group;
  /** Fields looked at, in order. */
  fields: readonly Field[];
  /** NaN instead of 0 where the record has no response. */
  needsResponse?: boolean;
  /** Stretches at fault in one field, at most a few; called only for a field that is not empty. */
  find(subject: Subject, field: Field, all: boolean): Place[];
}

/** A 0/1 column from a detector that says where. */
export function finding(definition: FindingDefinition): Column {
  const { id, severity, fields, find, needsResponse } = definition;
  const kind = id.replaceAll('_', '-');
  return {
    id,
    unit: 'flag',
    group: definition.group ?? 'instruction',
    cost: 'cheap',
    source: definition.source ?? 'Siftbook',
    severity,
    measure: (s) => {
      if (needsResponse && s.view.response === null) return NaN;
      for (const field of fields) if (valueOf(s, field) && find(s, field, false).length) return 1;
      return 0;
    },
    spans: (s) => {
      if (needsResponse && s.view.response === null) return [];
      return fields.flatMap((field) => {
        const value = valueOf(s, field);
        if (!value) return [];
        return find(s, field, true).map(([start, end]) => ({ field, start, end, kind, text: value.slice(start, end) }));
      });
    },
  };
}

/** No place: shared, never changed. */
export const NOWHERE: Place[] = [];

/** All matches of a global expression as places; only the first unless `all`. */
export function matches(expression: RegExp, value: string, all: boolean): Place[] {
  expression.lastIndex = 0;
  const places: Place[] = [];
  for (let match; (match = expression.exec(value));) {
    if (!match[0]) {
      expression.lastIndex++;
      continue;
    }
    places.push([match.index, match.index + match[0].length]);
    if (!all) break;
  }
  return places.length ? places : NOWHERE;
}

/** The text without white space at its ends, as a place. */
export function trimmed(value: string): Place {
  const start = value.length - value.trimStart().length;
  return [start, start + value.trim().length];
}
