/** Vectors of a field, batch by batch: what one batch has, and how consecutive ones join. */
import type { Batch } from '$lib/record/types';
import { vectorOf } from './field';
import { VectorGatherer } from './gather';
import { vectorFailure } from './messages';
import type { Vectors } from './types';

/** A batch's vectors, each of unit length. `dim` is 0 where no record of it has one; else `line` is that of the first that has. */
export interface FieldRows extends Vectors {
  line: number;
}

/**
 * The vectors of a batch's records; a record without one has a row of zeros.
 * @throws Failure naming the line of a value that is no list, is of another length, or holds what is no finite number
 */
export function fieldRows(batch: Batch, field: string): FieldRows {
  const gatherer = new VectorGatherer(field);
  let line = 0;
  for (let row = 0; row < batch.rows; row++) {
    const vector = vectorOf(batch, row, field);
    if (!line && vector?.length) line = batch.lines[row];
    gatherer.add(vector, batch.lines[row]);
  }
  if (!line) return { rows: batch.rows, dim: 0, values: new Float32Array(0), line };
  return { ...gatherer.finish(), line };
}

/**
 * Puts batches in order together.
 * @throws Failure where two batches' vectors differ in length, or no batch has one
 */
export function joinFieldRows(parts: readonly FieldRows[], field: string): Vectors {
  const dim = parts.find((part) => part.dim > 0)?.dim ?? 0;
  if (dim === 0 && parts.length > 0) throw vectorFailure('vectors.none', { field });
  const rows = parts.reduce((sum, part) => sum + part.rows, 0);
  const values = new Float32Array(rows * dim);
  let at = 0;
  for (const part of parts) {
    if (part.dim !== 0 && part.dim !== dim)
      throw vectorFailure('vectors.other-length', { line: part.line, field, length: part.dim, dim });
    values.set(part.values, at * dim);
    at += part.rows;
  }
  return { rows, dim, values };
}
