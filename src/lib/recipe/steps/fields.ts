import { vectorField } from '../alike';
import { categoryColumns, READ_CATEGORIES } from '../category';
import { nearest } from '../nearest';
import type { CheckContext, Fault } from './definition';

/** Mapped parts of a record that may stand where a field's name may. */
export const PARTS = ['prompt', 'response', 'system', 'label', 'source', 'annotator', 'time', 'id'] as const;
/** Mapped parts whose texts may be rewritten. */
export const TEXTS = ['prompt', 'response', 'system'] as const;

/** Does the file have this field? `a.b` reaches into `a`. */
export function hasField(name: string, fields: readonly string[]): boolean {
  return fields.some((field) => name === field || name.startsWith(field + '.'));
}

/** A fault for each name that is none of these parts and no field of the file (where the fields are known). */
export function checkNames(
  names: readonly string[],
  path: (string | number)[],
  parts: readonly string[],
  { fields }: CheckContext,
): Fault[] {
  if (!fields) return [];
  return names.flatMap((name, i) =>
    parts.includes(name) || hasField(name, fields)
      ? []
      : [{ path: [...path, i], code: 'unknown-field', values: { name, ...nearest(name, [...parts, ...fields]) } }],
  );
}

/** A fault where a model is a field that the file does not have. */
export function checkModel(model: string | undefined, context: CheckContext): Fault[] {
  const field = vectorField(model ?? '');
  if (field === null) return [];
  return checkNames([field], [], [], context).map((fault) => ({ ...fault, path: ['model'] }));
}

/** A fault where `by` is no part, no field, not `label:LEVEL`, not `language` or another category, and none of `others`. */
export function checkCategory(by: string, key: string, context: CheckContext, others: readonly string[] = []): Fault[] {
  if (/^label:[1-9]\d*$/.test(by) || categoryColumns(by)) return [];
  const faults = checkNames([by], [], [...PARTS, 'language', 'cluster', ...READ_CATEGORIES, ...others], context);
  return faults.map((fault) => ({ ...fault, path: [key] }));
}
