import type { Mapping } from '$lib/record/types';
import { CompactFloats } from './compact';
import { FieldCollector, type FieldFacts } from './fields';
import { Gather, GatherCoded } from './gather';
import { contentFields, type HealthMeasures } from './measures';
import type { HealthSet } from './types';

const floats = (length: number) => new Float32Array(length);
const bytes = (length: number) => new Uint8Array(length);
const hashes = (length: number) => new BigUint64Array(length);
/** What a byte holds for a flag that is not measurable. */
const NONE = 255;

/**
 * Gathers the measures of a dataset batch by batch, in order of place. Memory is what its columns take: 4 bytes a record and
 * column, 1 where a column is a flag, 8 a hash.
 */
export class HealthCollector implements HealthSet {
  rows = 0;
  readonly contentFields: string[];
  readonly #ids = new Set<string>();
  readonly #columns = new Map<string, Gather<Float32Array>>();
  readonly #compact: Map<string, CompactFloats> | null;
  readonly #flags = new Map<string, Gather<Uint8Array>>();
  readonly #fields = new FieldCollector();
  readonly #content = new Gather<BigUint64Array>(hashes);
  readonly #prompts = new Gather<BigUint64Array>(hashes);
  readonly #asked = new Gather<BigUint64Array>(hashes);
  readonly #responses = new Gather<BigUint64Array>(hashes);
  readonly #labels = new GatherCoded();
  readonly #sources = new GatherCoded();
  readonly #annotators = new GatherCoded();
  readonly #times = new Gather<Float64Array>((length) => new Float64Array(length), NaN);

  /**
   * @param flags ids of the 0/1 columns, which are kept in a byte each
   * @param compact keep whole numbers in a byte or two as well: `column` then makes a new array each time, and batches must
   *   come in order
   */
  constructor(
    readonly mapping: Mapping,
    flags: Iterable<string>,
    compact = false,
  ) {
    this.#compact = compact ? new Map() : null;
    this.contentFields = contentFields(mapping);
    for (const id of flags) this.#flags.set(id, new Gather<Uint8Array>(bytes, NONE));
  }

  add(batch: HealthMeasures): void {
    const { first, rows } = batch;
    for (const [id, values] of Object.entries(batch.columns)) this.addColumn(id, first, values);
    this.#content.add(first, batch.content);
    this.#prompts.add(first, batch.prompts);
    this.#asked.add(first, batch.asked);
    this.#responses.add(first, batch.responses);
    if (batch.labels) this.#labels.add(first, batch.labels);
    if (batch.sources) this.#sources.add(first, batch.sources);
    if (batch.annotators) this.#annotators.add(first, batch.annotators);
    if (batch.times) this.#times.add(first, batch.times);
    this.#fields.add(rows, batch.fields);
    this.rows = Math.max(this.rows, first + rows);
  }

  addColumn(id: string, first: number, values: Float32Array): void {
    this.#ids.add(id);
    const flag = this.#flags.get(id);
    if (flag) {
      const kept = new Uint8Array(values.length);
      for (let row = 0; row < values.length; row++) kept[row] = values[row] === values[row] ? values[row] : NONE;
      flag.add(first, kept);
      return;
    }
    if (this.#compact) {
      let packed = this.#compact.get(id);
      if (!packed) this.#compact.set(id, (packed = new CompactFloats()));
      packed.add(first, values);
      return;
    }
    let column = this.#columns.get(id);
    if (!column) this.#columns.set(id, (column = new Gather<Float32Array>(floats, NaN)));
    column.add(first, values);
  }

  /** Ids of the columns that were measured, in the order in which they were first added. */
  columnIds(): string[] {
    return [...this.#ids];
  }

  column(id: string): Float32Array | null {
    const flag = this.#flags.get(id);
    if (flag) {
      const bytes = flag.join(this.rows);
      const values = new Float32Array(bytes.length);
      for (let place = 0; place < bytes.length; place++) values[place] = bytes[place] === NONE ? NaN : bytes[place];
      return values;
    }
    if (this.#compact) return this.#compact.get(id)?.expand() ?? null;
    return this.#columns.get(id)?.join(this.rows) ?? null;
  }

  /** A flag column as it is kept: 0, 1, or 255 where it is not measurable; null where the column is none. */
  flagBytes(id: string): Uint8Array | null {
    return this.#flags.get(id)?.join(this.rows) ?? null;
  }

  fields(): FieldFacts[] {
    return this.#fields.facts();
  }
  get content(): BigUint64Array {
    return this.#content.join(this.rows);
  }
  get prompts(): BigUint64Array {
    return this.#prompts.join(this.rows);
  }
  get asked(): BigUint64Array {
    return this.#asked.join(this.rows);
  }
  get responses(): BigUint64Array {
    return this.#responses.join(this.rows);
  }
  get labels() {
    return this.mapping.label.length ? this.#labels.join(this.rows) : null;
  }
  get sources() {
    return this.mapping.source === null ? null : this.#sources.join(this.rows);
  }
  get annotators() {
    return this.mapping.annotator === null ? null : this.#annotators.join(this.rows);
  }
  get times() {
    return this.mapping.time === null ? null : this.#times.join(this.rows);
  }
}
