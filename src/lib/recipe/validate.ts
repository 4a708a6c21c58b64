import { nearest } from './nearest';
import type { Schema } from './schema';

/** A fault with its place inside the value that was checked. */
export interface Flaw {
  path: (string | number)[];
  /** Point at the key rather than at its value. */
  atKey?: boolean;
  code: string;
  values?: Record<string, string | number>;
}

/** Where a value departs from a schema; empty when it fits. Accepts exactly what the published JSON Schema accepts. */
export function flawsOf(schema: Schema, value: unknown, path: (string | number)[] = []): Flaw[] {
  if (schema.anyOf) return anyOf(schema.anyOf, value, path);
  const type = schema.type;
  if (type && !hasType(type, value)) return [mistyped(type, value, path)];
  if (schema.const !== undefined && value !== schema.const)
    return [{ path, code: 'not-allowed', values: { value: shown(value), allowed: shown(schema.const) } }];
  if (schema.enum && !schema.enum.includes(value as string)) {
    const values = { value: shown(value), allowed: schema.enum.join(', ') };
    return [{ path, code: 'not-allowed', values: { ...values, ...nearest(shown(value), schema.enum.map(String)) } }];
  }
  if (typeof value === 'number') return numberFlaws(schema, value, path);
  if (typeof value === 'string') return stringFlaws(schema, value, path);
  if (Array.isArray(value)) return listFlaws(schema, value, path);
  if (isObject(value)) return objectFlaws(schema, value, path);
  return [];
}

function mistyped(expected: string, value: unknown, path: (string | number)[]): Flaw {
  if (typeof value === 'number' && !Number.isFinite(value) && expected !== 'string')
    return { path, code: 'not-finite', values: { value: Number.isNaN(value) ? '.nan' : value < 0 ? '-.inf' : '.inf' } };
  return { path, code: 'wrong-type', values: { expected, found: typeName(value) } };
}

function anyOf(schemas: readonly Schema[], value: unknown, path: (string | number)[]): Flaw[] {
  const all = schemas.map((schema) => flawsOf(schema, value, path));
  if (all.some((flaws) => flaws.length === 0)) return [];
  // The alternative whose type fits says best what is wrong.
  const fitting = all.find((_, i) => schemas[i].type && hasType(schemas[i].type, value));
  if (fitting) return fitting;
  const expected = schemas.map((schema) => schema.type).join(' or ');
  return [{ path, code: 'wrong-type', values: { expected, found: typeName(value) } }];
}

function numberFlaws(schema: Schema, value: number, path: (string | number)[]): Flaw[] {
  if (schema.minimum !== undefined && value < schema.minimum)
    return [{ path, code: 'too-small', values: { value, limit: schema.minimum } }];
  if (schema.exclusiveMinimum !== undefined && value <= schema.exclusiveMinimum)
    return [{ path, code: 'not-above', values: { value, limit: schema.exclusiveMinimum } }];
  if (schema.maximum !== undefined && value > schema.maximum)
    return [{ path, code: 'too-large', values: { value, limit: schema.maximum } }];
  return [];
}

function stringFlaws(schema: Schema, value: string, path: (string | number)[]): Flaw[] {
  return schema.minLength !== undefined && value.length < schema.minLength ? [{ path, code: 'empty-text' }] : [];
}

function listFlaws(schema: Schema, value: readonly unknown[], path: (string | number)[]): Flaw[] {
  if (schema.minItems !== undefined && value.length < schema.minItems) return [{ path, code: 'empty-list' }];
  const flaws: Flaw[] = [];
  if (schema.items) value.forEach((item, i) => flaws.push(...flawsOf(schema.items!, item, [...path, i])));
  if (schema.uniqueItems)
    value.forEach((item, i) => {
      if (value.indexOf(item) < i) flaws.push({ path: [...path, i], code: 'twice', values: { value: shown(item) } });
    });
  return flaws;
}

function objectFlaws(schema: Schema, value: Record<string, unknown>, path: (string | number)[]): Flaw[] {
  const flaws: Flaw[] = [];
  const { properties = {}, additionalProperties } = schema;
  const keys = Object.keys(value);
  for (const key of keys) {
    const at = [...path, key];
    if (Object.hasOwn(properties, key)) flaws.push(...flawsOf(properties[key], value[key], at));
    else if (additionalProperties === false) {
      const known = Object.keys(properties);
      flaws.push({
        path: at,
        atKey: true,
        code: 'unknown-key',
        values: { key, known: known.join(', '), ...nearest(key, known) },
      });
    } else if (additionalProperties) flaws.push(...flawsOf(additionalProperties, value[key], at));
  }
  for (const key of schema.required ?? [])
    if (!Object.hasOwn(value, key)) flaws.push({ path, code: 'missing-key', values: { key } });
  if (schema.minProperties !== undefined && keys.length < schema.minProperties)
    flaws.push({ path, code: 'empty-object' });
  if (schema.maxProperties !== undefined && keys.length > schema.maxProperties)
    flaws.push({
      path: [...path, keys[1]],
      atKey: true,
      code: 'two-keys',
      values: { first: keys[0], second: keys[1] },
    });
  return flaws;
}

function hasType(type: NonNullable<Schema['type']>, value: unknown): boolean {
  switch (type) {
    case 'object':
      return isObject(value);
    case 'array':
      return Array.isArray(value);
    case 'integer':
      return typeof value === 'number' && Number.isInteger(value);
    case 'number':
      return typeof value === 'number' && Number.isFinite(value);
    default:
      return typeof value === type;
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function typeName(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  if (Array.isArray(value)) return 'array';
  return typeof value;
}

function shown(value: unknown): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > 60 ? text.slice(0, 59) + '…' : text;
}
