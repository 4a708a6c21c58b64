import type { Range } from '$lib/columns/types';
import { KEPT, type CutStep } from '../types';
import { AGAINST_COLUMNS, MEANING_PREFIX } from '../alike';
import { nearest } from '../nearest';
import type { Fault, StepDefinition } from './definition';
import { hasField } from './fields';

/** Ids of numeric fields of the file start so. */
export const FIELD_PREFIX = 'field:';

/** The least and the greatest float32 that a cut keeps, both included. */
export function boundsOf({ min, max, below }: Range): { low: number; high: number } {
  const low = min === undefined ? -Infinity : Math.fround(min);
  const high = below !== undefined ? justBelow(below) : max === undefined ? Infinity : Math.fround(max);
  return { low, high };
}

/** Does a cut's upper end belong to what is dropped? Unless it stands otherwise, records alike from a similarity on go together. */
export function endsBelow(column: string, { max, below }: Pick<CutStep, 'max' | 'below'> = {}): boolean {
  return below !== undefined || (max === undefined && AGAINST_COLUMNS.includes(column));
}

/** The greatest float32 less than a number as float32. */
export function justBelow(value: number): number {
  const bits = new Int32Array(1);
  const single = new Float32Array(bits.buffer);
  single[0] = value;
  if (single[0] === 0) return -(2 ** -149);
  bits[0] += single[0] > 0 ? -1 : 1;
  return single[0];
}

export const cut: StepDefinition<CutStep> = {
  kind: 'cut',
  schema: {
    type: 'object',
    description:
      'Keeps the records whose column lies in a range, its ends min and max included. A record that cannot be measured stays.',
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
      below: { type: 'number', description: 'In place of max: values are kept below this, not at it.' },
    },
  },
  initial: { column: 'response_chars', min: 1 },
  check(body, { columns, fields }) {
    const faults: Fault[] = [];
    const { column, min, max, below } = body;
    if (min === undefined && max === undefined && below === undefined) faults.push({ path: [], code: 'no-range' });
    if (min !== undefined && max !== undefined && min > max)
      faults.push({ path: ['max'], code: 'range-turned-round', values: { min, max } });
    if (max !== undefined && below !== undefined) faults.push({ path: ['below'], code: 'max-and-below' });
    if (min !== undefined && below !== undefined && min >= below)
      faults.push({ path: ['below'], code: 'empty-range', values: { min, below } });
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
    const { low, high } = boundsOf(body);
    const range: Range = {};
    if (body.min !== undefined) range.min = body.min;
    if (body.max !== undefined) range.max = body.max;
    if (body.below !== undefined) range.below = body.below;
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
