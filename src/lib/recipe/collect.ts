import type { FieldShape } from '$lib/formats/write/shapes';
import type { BatchMeasures } from './measure';
import { Measured, type Classes } from './measured';
import type { Need, Needs } from './plan';
import { joinTexts } from './texts';

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
    const measured = new Measured(whole(batches, null, new BigUint64Array(rows), ({ keys }) => keys, null));
    this.into(measured);
    this.#batches.length = 0;
    return measured;
  }

  /** The fields' shapes, batch by batch in order. */
  shapes(): FieldShape[][] {
    return this.#batches.sort((a, b) => a.first - b.first).map(({ shapes }) => shapes);
  }

  /**
   * Adds what was measured to measures of the same records. Where a sparse need was not measured, what `measured` knows at
   * stage 0 is taken.
   */
  into(measured: Measured): void {
    const { rows } = measured;
    const batches = this.#batches.sort((a, b) => a.first - b.first);
    const { columns, groups, classes, texts = [] } = this.#needs;
    columns.forEach((need, c) => {
      const base = need.sparse ? measured.column({ ...need, signature: need.base }) : null;
      measured.setColumn(
        need.signature,
        whole(batches, need, new Float32Array(rows), (batch) => batch.columns[c], base),
      );
    });
    groups.forEach((need, g) => {
      const base = need.sparse ? measured.hashes({ ...need, signature: need.base }) : null;
      measured.setGroup(
        need.signature,
        whole(batches, need, new BigUint64Array(rows), (batch) => batch.groups[g], base),
      );
    });
    classes.forEach((need, c) => {
      if (need.by === 'cluster') return;
      const base = need.sparse ? measured.rawClasses({ ...need, signature: need.base }) : null;
      measured.setClasses(need.signature, mergeClasses(batches, need, c, rows, base));
    });
    texts.forEach((need, t) => {
      const parts = batches.map((batch) => batch.texts[t]);
      measured.setText(need.signature, joinTexts(need, parts));
    });
  }
}

function whole<T extends Float32Array | BigUint64Array>(
  batches: readonly BatchMeasures[],
  need: Need | null,
  out: T,
  part: (batch: BatchMeasures) => T,
  base: T | null,
): T {
  if (base === null || need === null) {
    for (const batch of batches) (out as Float32Array).set(part(batch) as Float32Array, batch.first);
    return out;
  }
  (out as Float32Array).set(base as Float32Array);
  for (const batch of batches) {
    const changed = batch.changed[need.stage]!;
    const values = part(batch);
    for (let i = 0; i < changed.length; i++) if (changed[i] === 1) out[batch.first + i] = values[i];
  }
  return out;
}

function mergeClasses(
  batches: readonly BatchMeasures[],
  need: Need,
  slot: number,
  rows: number,
  base: Classes | null,
): Classes {
  const names: string[] = [];
  const codeOf = new Map<string, number>();
  const codes = new Int32Array(rows);
  /** Codes of one list of names as codes of the whole, made when first met: names stand in order of first appearance. */
  const translate = (from: readonly string[]) => {
    const known = new Int32Array(from.length).fill(-1);
    return (code: number): number => {
      if (code < 0) return -1;
      if (known[code] >= 0) return known[code];
      let to = codeOf.get(from[code]);
      if (to === undefined) {
        codeOf.set(from[code], (to = names.length));
        names.push(from[code]);
      }
      return (known[code] = to);
    };
  };
  const ofBase = base && translate(base.names);
  for (const batch of batches) {
    const own = batch.classes[slot];
    const ofOwn = translate(own.names);
    const changed = ofBase && batch.changed[need.stage];
    for (let i = 0, place = batch.first; i < batch.rows; i++, place++)
      codes[place] = changed && changed[i] === 0 ? ofBase!(base!.codes[place]) : ofOwn(own.codes[i]);
  }
  return { codes, names };
}
