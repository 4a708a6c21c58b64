import { fieldDataText } from './batch';
import type { FieldData } from './types';
import { asText, parseJson } from './value';

/** A value inside an object field that can be mapped by itself. */
export interface Inside {
  /** `field.key.key`, as mappings name it. */
  path: string;
  /** `string`, `number`, `boolean` or `array`; several joined by ` | ` in order of appearance. */
  type: string;
  examples: string[];
}

const ROWS = 200;
/** Fewer objects than this share, and the field is a text in which JSON comes up now and then. */
const MOSTLY = 0.9;
const DEPTH = 4;
const PATHS = 40;
const EXAMPLES = 3;
const LONGEST = 120;

/** The ends of the objects in a field, over its first 200 values, at most 40 of them; none where it does not hold objects. */
export function insideOf(fields: readonly FieldData[], rows: readonly number[]): Inside[] {
  const found = new Map<string, { types: Set<string>; examples: Set<string> }>();
  let looked = 0;
  const walk = (value: object, prefix: string, depth: number) => {
    for (const [key, child] of Object.entries(value)) {
      const path = `${prefix}.${key}`;
      if (child === null || child === undefined) continue;
      if (typeof child === 'object' && !Array.isArray(child)) {
        if (depth < DEPTH) walk(child as object, path, depth + 1);
        continue;
      }
      const entry = found.get(path) ?? { types: new Set(), examples: new Set() };
      if (!found.has(path)) {
        if (found.size >= PATHS) continue;
        found.set(path, entry);
      }
      entry.types.add(Array.isArray(child) ? 'array' : typeof child);
      const text = asText(child)!.trim();
      if (text && entry.examples.size < EXAMPLES)
        entry.examples.add([...text.slice(0, 2 * LONGEST)].slice(0, LONGEST).join(''));
    }
  };
  let objects = 0;
  for (const [i, field] of fields.entries()) {
    for (let row = 0; row < rows[i] && looked < ROWS; row++) {
      const text = fieldDataText(field, row);
      if (text === null) continue;
      looked++;
      const value = /^\s*\{/.test(text) ? parseJson(text) : undefined;
      if (typeof value !== 'object' || value === null || Array.isArray(value)) continue;
      objects++;
      walk(value, field.name, 1);
    }
  }
  if (objects < MOSTLY * looked) return [];
  return [...found].map(([path, { types, examples }]) => ({
    path,
    type: [...types].join(' | '),
    examples: [...examples],
  }));
}
