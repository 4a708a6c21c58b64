import { vectorFailure } from './messages';
import type { Vectors } from './types';
import { unitRows } from './unit';

/** Vectors that come one by one, all of one length, in one array that grows. */
export class VectorGatherer {
  #values = new Float32Array(1 << 16);
  #dim = 0;
  #rows = 0;

  /** @param field name by which errors speak of the vectors */
  constructor(readonly field: string) {}

  /**
   * Adds a row; null and the empty list become zeros.
   * @param line where it stands, for errors
   * @throws Failure where it is of another length than those before, or holds what is no finite number
   */
  add(vector: ArrayLike<unknown> | null, line: number): void {
    const length = vector?.length ?? 0;
    const { field } = this;
    if (this.#dim === 0) this.#dim = length;
    const dim = this.#dim;
    if (length > 0 && length !== dim) throw vectorFailure('vectors.other-length', { line, field, length, dim });
    const from = this.#rows++ * dim;
    this.#reserve();
    for (let j = 0; j < length; j++) {
      const value = vector![j];
      if (typeof value !== 'number' || !Number.isFinite(Math.fround(value)))
        throw vectorFailure('vectors.not-a-number', { line, field, at: j + 1 });
      this.#values[from + j] = value;
    }
  }

  #reserve(): void {
    const needed = this.#rows * this.#dim;
    if (needed <= this.#values.length) return;
    const values = new Float32Array(Math.max(needed, Math.ceil(this.#values.length * 1.5)));
    values.set(this.#values);
    this.#values = values;
  }

  /** All rows, each of unit length. @throws Failure where none had a vector */
  finish(): Vectors {
    const rows = this.#rows;
    const dim = this.#dim;
    if (dim === 0) throw vectorFailure('vectors.none', { field: this.field });
    const values = this.#values.slice(0, rows * dim);
    unitRows(values, dim);
    return { rows, dim, values };
  }
}
