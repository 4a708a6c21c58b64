import { isPresent } from '$lib/record/batch';
import { decodeUtf8 } from '$lib/record/bytes';
import type { Batch, FieldData } from '$lib/record/types';

/**
 * What all values of a field are: `empty` (none), `text`, `bool`, `int` (whole, a double gives its digits back), `long`
 * (whole, 64 bits hold it), `float` (a double keeps every digit), `json` (anything else or a mixture).
 */
export type ShapeType = 'empty' | 'text' | 'bool' | 'int' | 'long' | 'float' | 'json';

export interface FieldShape {
  name: string;
  type: ShapeType;
  /** The column's type in a typed source, where all batches agree. */
  arrowType: string | null;
}

/** Shapes of one batch's fields. */
export function shapesOf(batch: Batch): FieldShape[] {
  return batch.fields.map((field) => ({
    name: field.name,
    type: field.kind === 'text' ? textShape(field, batch.rows) : jsonShape(field, batch.rows),
    arrowType: field.arrowType ?? null,
  }));
}

/** Shapes of both together, fields in order of first appearance. */
export function mergeShapes(a: readonly FieldShape[], b: readonly FieldShape[]): FieldShape[] {
  const merged = new Map(a.map((shape) => [shape.name, shape]));
  for (const shape of b) {
    const known = merged.get(shape.name);
    if (!known) merged.set(shape.name, shape);
    else
      merged.set(shape.name, {
        name: shape.name,
        type: join(known.type, shape.type),
        arrowType: known.arrowType === shape.arrowType ? known.arrowType : null,
      });
  }
  return [...merged.values()];
}

/** The narrowest type that holds both. */
function join(a: ShapeType, b: ShapeType): ShapeType {
  if (a === b || b === 'empty') return a;
  if (a === 'empty') return b;
  const both = [a, b].sort().join(' ');
  if (both === 'float int') return 'float';
  return both === 'int long' ? 'long' : 'json';
}

function textShape(field: FieldData, rows: number): ShapeType {
  for (let row = 0; row < rows; row++) if (isPresent(field, row)) return 'text';
  return 'empty';
}

function jsonShape(field: FieldData, rows: number): ShapeType {
  let type: ShapeType = 'empty';
  for (let row = 0; row < rows && type !== 'json'; row++)
    if (isPresent(field, row)) type = join(type, valueShape(field, row));
  return type;
}

function valueShape(field: FieldData, row: number): ShapeType {
  const start = field.offsets[row];
  const first = field.bytes[start];
  if (first === 0x22) return 'text';
  if (first === 0x74 || first === 0x66) return 'bool';
  if (first === 0x7b || first === 0x5b) return 'json';
  const end = field.offsets[row + 1];
  return end - start > 40 ? 'json' : numberShape(decodeUtf8(field.bytes, start, end));
}

/** Shape of a JSON number's text. */
export function numberShape(text: string): ShapeType {
  const whole = /^-?\d{1,19}$/.test(text) && text !== '-0';
  if (whole && text.length <= 15) return 'int';
  const value = Number(text);
  const kept = Number.isFinite(value) && digits(text) === digits(String(value));
  if (whole) {
    const big = BigInt(text);
    if (BigInt.asIntN(64, big) === big) return kept ? 'int' : 'long';
  }
  return kept ? 'float' : 'json';
}

/** A number's significant digits with the power of ten of the last one: equal for `1.50e3` and `1500`. */
function digits(text: string): string {
  const match = /^(-?)(\d+)(?:\.(\d*))?(?:[eE]([-+]?\d+))?$/.exec(text);
  if (!match) return text;
  const fraction = match[3] ?? '';
  const all = (match[2] + fraction).replace(/^0+/, '');
  const significant = all.replace(/0+$/, '');
  if (significant === '') return '0';
  return `${match[1]}${significant}e${Number(match[4] ?? 0) - fraction.length + all.length - significant.length}`;
}
