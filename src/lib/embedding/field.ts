import { parseJson, structured } from '$lib/record/value';
import type { Batch } from '$lib/record/types';
import { VectorGatherer } from './gather';
import { vectorFailure } from './messages';
import type { Vectors } from './types';

/** The value of a row, a text that is a JSON list taken as that list; null where there is none. */
function valueOf(batch: Batch, row: number, field: string): unknown {
  const value = structured(batch, row, field);
  if (value === undefined || value === '') return null;
  return typeof value === 'string' && /^\s*\[/.test(value) ? (parseJson(value) ?? value) : value;
}

/** The vector of a row, null where it has none. @throws Failure where its value is no list */
export function vectorOf(batch: Batch, row: number, field: string): readonly unknown[] | null {
  const value = valueOf(batch, row, field);
  if (value !== null && !Array.isArray(value))
    throw vectorFailure('vectors.not-a-list', { line: batch.lines[row], field });
  return value as readonly unknown[] | null;
}

/** A field of the data file that already holds vectors: lists of numbers, or texts that are JSON lists. */
export class FieldVectors {
  readonly #gatherer: VectorGatherer;

  constructor(readonly field: string) {
    this.#gatherer = new VectorGatherer(field);
  }

  /**
   * Adds a batch's rows, in order. A record without the field, with null, an empty list or an empty text has a row of zeros.
   * @throws Failure naming the line of a value that is no list, is of another length, or holds what is no finite number
   */
  add(batch: Batch): void {
    for (let row = 0; row < batch.rows; row++) this.#gatherer.add(vectorOf(batch, row, this.field), batch.lines[row]);
  }

  /** Vectors of all rows, each brought to unit length. @throws Failure where no record has one */
  finish(): Vectors {
    return this.#gatherer.finish();
  }
}

/** Whether a field looks like one of vectors: of the first values at most 20, all are lists of at least two numbers, all of one length. */
export function holdsVectors(batch: Batch, field: string): boolean {
  let length = 0;
  let seen = 0;
  for (let row = 0; row < batch.rows && seen < 20; row++) {
    const value = valueOf(batch, row, field);
    if (value === null) continue;
    if (!Array.isArray(value) || value.length < 2 || !value.every((part) => typeof part === 'number')) return false;
    if (length && value.length !== length) return false;
    length = value.length;
    seen++;
  }
  return seen > 0;
}
