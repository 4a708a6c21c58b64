import { isPresent, slotIsAbsent } from '$lib/record/batch';
import { ByteSink } from '$lib/record/bytes';
import { writeCanonical } from '$lib/record/jsontext';
import type { Hasher } from '$lib/record/key';
import type { Batch, FieldData } from '$lib/record/types';

const TYPES = ['string', 'integer', 'number', 'boolean', 'object', 'array'] as const;

/** One field over the rows of a batch. */
export interface FieldMeasures {
  name: string;
  arrowType: string | null;
  /** Present values by type: string, integer, number, boolean, object, array. */
  types: Uint32Array;
  /** Absent, null, an empty or white text, `[]` or `{}`. */
  empty: number;
  /** Hashes of the values that are there, each once, ascending. */
  values: BigUint64Array;
}

/** What `profile` says of a field. */
export interface FieldFacts {
  name: string;
  /** `string`, `integer`, …; several joined by ` | `, the commonest first; the source's own type where it has one. */
  type: string;
  empty: number;
  /** Different values among those that are there (neither absent nor null). */
  distinct: number;
}

const sink = new ByteSink();
const encoder = new TextEncoder();
/** Text and JSON values never share a hash: "1" is not 1. */
const JSON_SEED = 1n;

/**
 * Hash of one value: equal for equal values, however their JSON is spaced or their keys are ordered.
 * 0 where the key is absent, 1 where it is null.
 */
function slotHash(field: FieldData, row: number, hasher: Hasher): bigint {
  if (!isPresent(field, row)) return slotIsAbsent(field, row) ? 0n : 1n;
  const start = field.offsets[row];
  const end = field.offsets[row + 1];
  if (field.kind === 'text') return hasher.hash64(field.bytes.subarray(start, end));
  sink.length = 0;
  writeCanonical(field.bytes, start, end, sink);
  const json = sink.view();
  if (json[0] === 0x22) return hasher.hash64(encoder.encode(JSON.parse(sink.toString()) as string));
  return hasher.hash64(json, JSON_SEED);
}

/** Hashes of a field's values, one a row. */
export function slotHashes(field: FieldData, rows: number, hasher: Hasher): BigUint64Array {
  const hashes = new BigUint64Array(rows);
  for (let row = 0; row < rows; row++) hashes[row] = slotHash(field, row, hasher);
  return hashes;
}

function typeOf(field: FieldData, row: number): number {
  if (field.kind === 'text') return 0;
  const start = field.offsets[row];
  const code = field.bytes[start];
  if (code === 0x22) return 0;
  if (code === 0x7b) return 4;
  if (code === 0x5b) return 5;
  if (code === 0x74 || code === 0x66) return 3;
  for (let at = start; at < field.offsets[row + 1]; at++) {
    const digit = field.bytes[at];
    if (digit === 0x2e || digit === 0x65 || digit === 0x45) return 2;
  }
  return 1;
}

/** Only white space, `""`, `[]` or `{}`. */
function isEmpty(field: FieldData, row: number): boolean {
  const { bytes, kind } = field;
  for (let at = field.offsets[row]; at < field.offsets[row + 1]; at++) {
    const code = bytes[at];
    if (code === 0x20 || (code >= 0x09 && code <= 0x0d)) continue;
    if (kind === 'json' && (code === 0x22 || code === 0x5b || code === 0x5d || code === 0x7b || code === 0x7d))
      continue;
    return false;
  }
  return true;
}

/** Measures every field of a batch. `hashes` are those of `slotHashes`, in the order of the batch's fields. */
export function measureFields(batch: Batch, hashes: BigUint64Array[]): FieldMeasures[] {
  return batch.fields.map((field, i) => {
    const types = new Uint32Array(TYPES.length);
    let empty = 0;
    const present = new BigUint64Array(batch.rows);
    let count = 0;
    for (let row = 0; row < batch.rows; row++) {
      if (!isPresent(field, row)) {
        empty++;
        continue;
      }
      types[typeOf(field, row)]++;
      if (isEmpty(field, row)) empty++;
      present[count++] = hashes[i][row];
    }
    return {
      name: field.name,
      arrowType: field.arrowType ?? null,
      types,
      empty,
      values: unique(present.subarray(0, count)),
    };
  });
}

/** The values each once, ascending; sorts in place. */
function unique(values: BigUint64Array): BigUint64Array {
  values.sort();
  let kept = 0;
  for (let i = 0; i < values.length; i++) if (i === 0 || values[i] !== values[i - 1]) values[kept++] = values[i];
  return values.slice(0, kept);
}

/** A set of hashes that costs 8 bytes an element, at most three times that while it grows. */
class HashSet {
  #parts: BigUint64Array[] = [];
  #pending = 0;
  #merged = 0;

  add(ascending: BigUint64Array): void {
    this.#parts.push(ascending);
    this.#pending += ascending.length;
    if (this.#pending > Math.max(1 << 16, this.#merged)) this.#merge();
  }

  get size(): number {
    this.#merge();
    return this.#merged;
  }

  #merge(): void {
    if (this.#pending === 0) return;
    const all = new BigUint64Array(this.#parts.reduce((sum, part) => sum + part.length, 0));
    let at = 0;
    for (const part of this.#parts) {
      all.set(part, at);
      at += part.length;
    }
    const merged = unique(all);
    this.#parts = [merged];
    this.#merged = merged.length;
    this.#pending = 0;
  }
}

/** Gathers the fields of all batches, in order of first appearance. */
export class FieldCollector {
  readonly #fields = new Map<
    string,
    { arrowType: string | null; types: Float64Array; empty: number; values: HashSet }
  >();
  #rows = 0;

  add(rows: number, fields: FieldMeasures[]): void {
    const here = new Set<string>();
    for (const { name, arrowType, types, empty, values } of fields) {
      here.add(name);
      let known = this.#fields.get(name);
      if (!known) {
        known = { arrowType, types: new Float64Array(TYPES.length), empty: this.#rows, values: new HashSet() };
        this.#fields.set(name, known);
      }
      types.forEach((count, i) => (known.types[i] += count));
      known.empty += empty;
      known.values.add(values);
    }
    for (const [name, field] of this.#fields) if (!here.has(name)) field.empty += rows;
    this.#rows += rows;
  }

  facts(): FieldFacts[] {
    return [...this.#fields].map(([name, { arrowType, types, empty, values }]) => ({
      name,
      type: arrowType ?? typeText(types),
      empty,
      distinct: values.size,
    }));
  }
}

function typeText(counts: Float64Array): string {
  const there = TYPES.map((type, i) => ({ type, count: counts[i] })).filter(({ count }) => count > 0);
  there.sort((a, b) => b.count - a.count);
  return there.map(({ type }) => type).join(' | ') || 'null';
}
