import { fieldOf } from '$lib/record/batch';
import type { Hasher } from '$lib/record/key';
import type { Batch, Mapping, View } from '$lib/record/types';
import { placeOf } from '$lib/record/value';
import { labelName } from '$lib/record/view';
import { measureFields, slotHashes, type FieldMeasures } from './fields';
import { parseTime } from './time';
import type { Coded } from './types';

/** What one batch adds to a dataset's health. All of it is typed arrays and short lists: cheap to move between threads. */
export interface HealthMeasures {
  rows: number;
  /** Place of the first row. */
  first: number;
  /** Columns by id, as they were measured. */
  columns: Record<string, Float32Array>;
  content: BigUint64Array;
  prompts: BigUint64Array;
  /** The prompt's fields as they stand, an absent one unlike an empty one. */
  asked: BigUint64Array;
  responses: BigUint64Array;
  labels: Coded | null;
  sources: Coded | null;
  annotators: Coded | null;
  times: Float64Array | null;
  fields: FieldMeasures[];
}

const encoder = new TextEncoder();

/** Mapped fields that make a record what it teaches: everything but source, annotator, time, id and scores. */
export function contentFields(mapping: Mapping): string[] {
  const { prompt, response, system, history, messages, tools, label } = mapping;
  const names = [...prompt, response, system, history, messages, tools, ...label];
  return [...new Set(names.filter((name): name is string => name !== null))];
}

/** The prompt as it is compared: Unicode form NFKC, lower case, white space collapsed. */
export function normalPrompt(prompt: string): string {
  const folded = /^[\x20-\x7e]*$/.test(prompt) ? prompt : prompt.normalize('NFKC');
  return folded.toLowerCase().replace(/\s+/g, ' ').trim();
}

/** Measures what findings need of a batch, columns apart: every view once, in order, then `finish`. Views are not held. */
export class HealthMeter {
  readonly #batch: Batch;
  readonly #mapping: Mapping;
  readonly #hasher: Hasher;
  readonly #slots: BigUint64Array[];
  readonly #prompts: BigUint64Array;
  /** Null where the prompt's fields are compared as they stand. */
  readonly #asked: BigUint64Array | null;
  readonly #responses: BigUint64Array;
  readonly #labels: Codes | null;
  readonly #sources: Codes | null;
  readonly #annotators: Codes | null;
  readonly #times: Float64Array | null;

  constructor(batch: Batch, mapping: Mapping, hasher: Hasher) {
    const { rows, fields } = batch;
    this.#batch = batch;
    this.#mapping = mapping;
    this.#hasher = hasher;
    this.#slots = fields.map((field) => slotHashes(field, rows, hasher));
    this.#prompts = new BigUint64Array(rows);
    const literal = mapping.prompt.every((name) => fieldOf(batch, name) !== null || !name.includes('.'));
    this.#asked = mapping.messages === null && literal ? null : new BigUint64Array(rows);
    this.#responses = new BigUint64Array(rows);
    this.#labels = mapping.label.length ? new Codes(rows) : null;
    this.#sources = mapping.source === null ? null : new Codes(rows);
    this.#annotators = mapping.annotator === null ? null : new Codes(rows);
    this.#times = mapping.time === null ? null : new Float64Array(rows);
  }

  view(row: number, { prompt, response, label, source, annotator, time }: View): void {
    const compared = normalPrompt(prompt);
    if (compared !== '') this.#prompts[row] = this.#hash(compared);
    if (this.#asked) this.#asked[row] = this.#hash(prompt);
    if (response !== null) this.#responses[row] = this.#hash(response);
    this.#labels?.set(row, labelName(label));
    this.#sources?.set(row, source);
    this.#annotators?.set(row, annotator);
    if (this.#times) this.#times[row] = parseTime(time);
  }

  finish(columns: Record<string, Float32Array>): HealthMeasures {
    const { rows, first } = this.#batch;
    return {
      rows,
      first,
      columns,
      content: this.#combined(contentFields(this.#mapping)),
      prompts: this.#prompts,
      asked: this.#asked ?? this.#combined(this.#mapping.prompt),
      responses: this.#responses,
      labels: this.#labels?.coded() ?? null,
      sources: this.#sources?.coded() ?? null,
      annotators: this.#annotators?.coded() ?? null,
      times: this.#times,
      fields: measureFields(this.#batch, this.#slots),
    };
  }

  #hash(text: string): bigint {
    return this.#hasher.hash64(encoder.encode(text));
  }

  /** One hash a row over several fields; dotted names count with the whole field they lead into. */
  #combined(names: string[]): BigUint64Array {
    const { rows, fields } = this.#batch;
    const wanted = new Set(names.map((name) => placeOf(this.#batch, name).field));
    const parts = fields.flatMap(({ name }, i) => (wanted.has(name) ? [{ name, values: this.#slots[i] }] : []));
    // Sorted by name: a batch that meets the fields in another order gives the same hash.
    parts.sort((a, b) => (a.name < b.name ? -1 : 1));
    const out = new BigUint64Array(rows);
    const words = new BigUint64Array(2 * parts.length);
    const bytes = new Uint8Array(words.buffer);
    const hashedNames = parts.map(({ name }) => this.#hash(name));
    for (let row = 0; row < rows; row++) {
      let used = 0;
      for (let i = 0; i < parts.length; i++) {
        const value = parts[i].values[row];
        if (value === 0n) continue;
        words[used++] = hashedNames[i];
        words[used++] = value;
      }
      if (used > 0) out[row] = this.#hasher.hash64(bytes.subarray(0, 8 * used));
    }
    return out;
  }
}

/** A category being numbered, in order of first appearance. */
class Codes {
  readonly #codes: Int32Array;
  readonly #known = new Map<string, number>();

  constructor(rows: number) {
    this.#codes = new Int32Array(rows).fill(-1);
  }

  set(row: number, name: string | null): void {
    if (name === null || name === '') return;
    let code = this.#known.get(name);
    if (code === undefined) this.#known.set(name, (code = this.#known.size));
    this.#codes[row] = code;
  }

  coded(): Coded {
    return { codes: this.#codes, names: [...this.#known.keys()] };
  }
}

/** As HealthMeter, of views that are all at hand; `views` has one a row. */
export function measureHealth(
  batch: Batch,
  mapping: Mapping,
  views: readonly View[],
  columns: Record<string, Float32Array>,
  hasher: Hasher,
): HealthMeasures {
  const meter = new HealthMeter(batch, mapping, hasher);
  views.forEach((view, row) => meter.view(row, view));
  return meter.finish(columns);
}

/** Buffers of a batch's measures, for a transfer list. */
export function measureBuffers(measures: HealthMeasures): ArrayBuffer[] {
  const { content, prompts, asked, responses, labels, sources, annotators, times, columns, fields } = measures;
  const views: (ArrayBufferView | null | undefined)[] = [content, prompts, asked, responses, times];
  views.push(labels?.codes, sources?.codes, annotators?.codes, ...Object.values(columns));
  for (const { types, values } of fields) views.push(types, values);
  const buffers = new Set<ArrayBuffer>();
  for (const view of views) if (view && view.buffer instanceof ArrayBuffer) buffers.add(view.buffer);
  return [...buffers];
}
