import type { Range } from '$lib/columns/types';
import { KEPT, type CutStep } from '../types';
import { MEANING_PREFIX } from '../alike';
import { nearest } from '../nearest';
import type { Fault, StepDefinition } from './definition';
import { hasField } from './fields';

/** Ids of numeric fields of the file start so. */
export const FIELD_PREFIX = 'field:';

export const cut: StepDefinition<CutStep> = {
  kind: 'cut',
  schema: {
    type: 'object',
    description:
      'Keeps the records whose column lies in a range, both ends included. A record that cannot be measured stays.',
    required: ['column'],
    additionalProperties: false,
    properties: {
      column: {
        type: 'string',
        minLength: 1,
        description: "A column's id, field:NAME for a numeric field, or meaning:PHRASE for the distance to a phrase.",
      },
      min: { type: 'number', description: 'The least value kept.' },
      max: { type: 'number', description: 'The greatest value kept.' },
    },
  },
  initial: { column: 'response_chars', min: 1 },
  check(body, { columns, fields }) {
    const faults: Fault[] = [];
    const { column, min, max } = body;
    if (min === undefined && max === undefined) faults.push({ path: [], code: 'no-range' });
    if (min !== undefined && max !== undefined && min > max)
      faults.push({ path: ['max'], code: 'range-turned-round', values: { min, max } });
    if (column.startsWith(MEANING_PREFIX)) {
      if (column.slice(MEANING_PREFIX.length).trim() === '') faults.push({ path: ['column'], code: 'no-phrase' });
    } else if (column.startsWith(FIELD_PREFIX)) {
      const field = column.slice(FIELD_PREFIX.length);
      if (fields && !hasField(field, fields))
        faults.push({ path: ['column'], code: 'unknown-field', values: { name: field, ...nearest(field, fields) } });
    } else if (columns && !columns.includes(column))
      faults.push({ path: ['column'], code: 'unknown-column', values: { name: column, ...nearest(column, columns) } });
    return faults;
  },
  plan(body, planner) {
    const need = planner.column(body.column);
    const low = body.min === undefined ? -Infinity : Math.fround(body.min);
    const high = body.max === undefined ? Infinity : Math.fround(body.max);
    const range: Range = {};
    if (body.min !== undefined) range.min = body.min;
    if (body.max !== undefined) range.max = body.max;
    return {
      decide(measured, { index, fate, copies }) {
        const values = measured.column(need);
        let dropped = 0;
        for (let i = 0; i < fate.length; i++) {
          const value = values[i];
          // NaN fails both comparisons, and so stays.
          if ((value < low || value > high) && fate[i] === KEPT) {
            fate[i] = index;
            copies[i] = 0;
            dropped++;
          }
        }
        return dropped;
      },
      explain(measured) {
        const values = measured.column(need);
        return (place) => ({ column: body.column, value: values[place], cut: range });
      },
    };
  },
};
