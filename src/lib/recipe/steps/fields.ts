import { nearest } from '../nearest';
import type { CheckContext, Fault } from './definition';

/** Mapped parts of a record that may stand where a field's name may. */
export const ROLES = ['prompt', 'response', 'system', 'label', 'source', 'annotator', 'time', 'id'] as const;

/** A fault for each name that is neither a mapped part nor a field of the file (where the fields are known). */
export function checkFields(on: readonly string[], path: (string | number)[], { fields }: CheckContext): Fault[] {
  if (!fields) return [];
  const known = [...ROLES, ...fields];
  return on.flatMap((name, i) =>
    known.includes(name)
      ? []
      : [{ path: [...path, i], code: 'unknown-field', values: { name, ...nearest(name, known) } }],
  );
}

/** As `checkFields`, for one name that may also be one of `others` or `label:LEVEL`. */
export function checkCategory(
  by: string,
  path: (string | number)[],
  { fields }: CheckContext,
  others: readonly string[] = [],
): Fault[] {
  if (!fields || /^label:[1-9]\d*$/.test(by)) return [];
  const known = [...ROLES, 'language', ...others, ...fields];
  if (known.includes(by)) return [];
  return [{ path, code: 'unknown-field', values: { name: by, ...nearest(by, known) } }];
}
