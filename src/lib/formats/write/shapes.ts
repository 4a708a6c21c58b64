import { isPresent } from '$lib/record/batch';
import { decodeUtf8 } from '$lib/record/bytes';
import type { Batch, FieldData } from '$lib/record/types';
import { Fitting } from './fit';
import { join, shapeOfJson, type ValueShape } from './value-shape';

export { numberShape, type ShapeType } from './value-shape';

/** What all values of a field are. */
export interface FieldShape extends ValueShape {
  name: string;
  /** The column's type in a typed source, where all batches agree. */
  arrowType: string | null;
}

/** Shapes of one batch's fields. What is held depends on the keys and types that occur, not on the number of rows. */
export function shapesOf(batch: Batch): FieldShape[] {
  return batch.fields.map((field) => ({
    name: field.name,
    ...(field.kind === 'text' ? textShape(field, batch.rows) : jsonShape(field, batch.rows)),
    arrowType: field.arrowType ?? null,
  }));
}

/** Shapes of both together, fields in order of first appearance. */
export function mergeShapes(a: readonly FieldShape[], b: readonly FieldShape[]): FieldShape[] {
  const merged = new Map(a.map((shape) => [shape.name, shape]));
  for (const shape of b) {
    const { name, arrowType } = shape;
    const known = merged.get(name);
    if (!known) merged.set(name, shape);
    else
      merged.set(name, {
        ...join(known, shape),
        name,
        arrowType: known.arrowType === arrowType ? known.arrowType : null,
      });
  }
  return [...merged.values()];
}

function textShape(field: FieldData, rows: number): ValueShape {
  for (let row = 0; row < rows; row++) if (isPresent(field, row)) return { type: 'text' };
  return { type: 'empty' };
}

function jsonShape(field: FieldData, rows: number): ValueShape {
  const { bytes, offsets } = field;
  const fitting = new Fitting();
  let shape: ValueShape = { type: 'empty' };
  for (let row = 0; row < rows && shape.type !== 'json'; row++)
    if (isPresent(field, row) && !fitting.fits(shape, bytes, offsets[row], offsets[row + 1]))
      shape = join(shape, shapeOfJson(decodeUtf8(bytes, offsets[row], offsets[row + 1])));
  return shape;
}
