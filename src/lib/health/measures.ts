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

/** Measures what findings need of a batch, columns apart. `views` has one view a row. */
export function measureHealth(
  batch: Batch,
  mapping: Mapping,
  views: readonly View[],
  columns: Record<string, Float32Array>,
  hasher: Hasher,
): HealthMeasures {
  const { rows, first } = batch;
  const hashes = batch.fields.map((field) => slotHashes(field, rows, hasher));
  const literal = mapping.prompt.every((name) => fieldOf(batch, name) !== null || !name.includes('.'));
  const asked =
    mapping.messages === null && literal
      ? combined(batch, mapping.prompt, hashes, hasher)
      : hashTexts(views, (view) => view.prompt, hasher);
  return {
    rows,
    first,
    columns,
    content: combined(batch, contentFields(mapping), hashes, hasher),
    prompts: hashTexts(views, (view) => normalPrompt(view.prompt) || null, hasher),
    asked,
    responses: hashTexts(views, (view) => view.response, hasher),
    labels: mapping.label.length ? coded(views, (view) => labelName(view.label)) : null,
    sources: mapping.source === null ? null : coded(views, (view) => view.source),
    annotators: mapping.annotator === null ? null : coded(views, (view) => view.annotator),
    times: mapping.time === null ? null : Float64Array.from(views, (view) => parseTime(view.time)),
    fields: measureFields(batch, hashes),
  };
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

/** One hash a row over several fields; dotted names count with the whole field they lead into. */
function combined(batch: Batch, names: string[], hashes: BigUint64Array[], hasher: Hasher): BigUint64Array {
  const wanted = new Set(names.map((name) => placeOf(batch, name).field));
  const parts = batch.fields.flatMap(({ name }, i) => (wanted.has(name) ? [{ name, values: hashes[i] }] : []));
  // Sorted by name: a batch that meets the fields in another order gives the same hash.
  parts.sort((a, b) => (a.name < b.name ? -1 : 1));
  const out = new BigUint64Array(batch.rows);
  const words = new BigUint64Array(2 * parts.length);
  const bytes = new Uint8Array(words.buffer);
  const names64 = parts.map(({ name }) => hasher.hash64(encoder.encode(name)));
  for (let row = 0; row < batch.rows; row++) {
    let used = 0;
    for (let i = 0; i < parts.length; i++) {
      const value = parts[i].values[row];
      if (value === 0n) continue;
      words[used++] = names64[i];
      words[used++] = value;
    }
    if (used > 0) out[row] = hasher.hash64(bytes.subarray(0, 8 * used));
  }
  return out;
}

function hashTexts(views: readonly View[], text: (view: View) => string | null, hasher: Hasher): BigUint64Array {
  const hashes = new BigUint64Array(views.length);
  views.forEach((view, row) => {
    const value = text(view);
    if (value !== null) hashes[row] = hasher.hash64(encoder.encode(value));
  });
  return hashes;
}

function coded(views: readonly View[], text: (view: View) => string | null): Coded {
  const codes = new Int32Array(views.length);
  const known = new Map<string, number>();
  views.forEach((view, row) => {
    const name = text(view);
    if (name === null || name === '') {
      codes[row] = -1;
      return;
    }
    let code = known.get(name);
    if (code === undefined) known.set(name, (code = known.size));
    codes[row] = code;
  });
  return { codes, names: [...known.keys()] };
}
