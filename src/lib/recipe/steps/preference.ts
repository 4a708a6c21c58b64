import { nearest } from '../nearest';
import { onSchema, type Schema } from '../schema';
import type { CheckContext, Fault } from './definition';
import { hasField } from './fields';
import { FIELD_PREFIX } from './cut';

/** The keys of a step that say who of alike records stays. */
export const preferenceSchemas: Readonly<Record<'prefer' | 'keep', Schema>> = {
  prefer: onSchema(
    "Columns whose greater value stays; the first that tells two apart counts. Default: the file's score, then the length.",
  ),
  keep: onSchema('Keys of records that stay before all others.'),
};

/** A fault for each preferred column that there is not. */
export function checkPreference({ prefer = [] }: { prefer?: string[] }, { columns, fields }: CheckContext): Fault[] {
  return prefer.flatMap((column, i): Fault[] => {
    const isField = column.startsWith(FIELD_PREFIX);
    const name = isField ? column.slice(FIELD_PREFIX.length) : column;
    const known = isField ? fields : columns;
    if (!known || (isField ? hasField(name, known) : known.includes(name))) return [];
    const code = isField ? 'unknown-field' : 'unknown-column';
    return [{ path: ['prefer', i], code, values: { name, ...nearest(name, known) } }];
  });
}
