import type { FieldShape } from '$lib/formats/write/shapes';
import type { BatchMeasures } from './measure';
import { Measured, type Classes } from './measured';
import type { Needs } from './plan';

/** Puts the measures of batches together, in whatever order they come. Holds columns only, never text. */
export class Collector {
  readonly #needs: Needs;
  readonly #batches: BatchMeasures[] = [];

  /** `needs` are those the batches were measured for. */
  constructor(needs: Needs) {
    this.#needs = needs;
  }

  add(measures: BatchMeasures): void {
    this.#batches.push(measures);
  }

  /**
   * The whole dataset's measures; the collector is empty afterwards. Class names are numbered in order of first appearance in the file.
   * @throws where the batches do not cover the places from 0 without a gap.
   */
  finish(): Measured {
    const batches = this.#batches.sort((a, b) => a.first - b.first);
    let rows = 0;
    for (const batch of batches) {
      if (batch.first !== rows) throw new Error(`expected a batch from place ${rows}, got ${batch.first}`);
      rows += batch.rows;
    }
    const measured = new Measured(whole(batches, new BigUint64Array(rows), ({ keys }) => keys));
    this.into(measured);
    this.#batches.length = 0;
    return measured;
  }

  /** The fields' shapes, batch by batch in order. */
  shapes(): FieldShape[][] {
    return this.#batches.sort((a, b) => a.first - b.first).map(({ shapes }) => shapes);
  }

  /** Adds what was measured to measures of the same records. */
  into(measured: Measured): void {
    const { rows } = measured;
    const batches = this.#batches.sort((a, b) => a.first - b.first);
    this.#needs.columns.forEach(({ signature }, c) =>
      measured.setColumn(
        signature,
        whole(batches, new Float32Array(rows), ({ columns }) => columns[c]),
      ),
    );
    this.#needs.groups.forEach(({ signature }, g) =>
      measured.setGroup(
        signature,
        whole(batches, new BigUint64Array(rows), ({ groups }) => groups[g]),
      ),
    );
    this.#needs.classes.forEach(({ signature }, c) => measured.setClasses(signature, mergeClasses(batches, c, rows)));
  }
}

function whole<T extends Float32Array | BigUint64Array>(
  batches: readonly BatchMeasures[],
  out: T,
  part: (batch: BatchMeasures) => T,
): T {
  for (const batch of batches) (out as Float32Array).set(part(batch) as Float32Array, batch.first);
  return out;
}

function mergeClasses(batches: readonly BatchMeasures[], slot: number, rows: number): Classes {
  const names: string[] = [];
  const codeOf = new Map<string, number>();
  const codes = new Int32Array(rows);
  for (const batch of batches) {
    const own = batch.classes[slot];
    const table = own.names.map((name) => {
      let code = codeOf.get(name);
      if (code === undefined) {
        codeOf.set(name, (code = names.length));
        names.push(name);
      }
      return code;
    });
    for (let i = 0; i < own.codes.length; i++) codes[batch.first + i] = own.codes[i] < 0 ? -1 : table[own.codes[i]];
  }
  return { codes, names };
}
