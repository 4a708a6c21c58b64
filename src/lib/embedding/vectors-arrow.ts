import {
  Data,
  Field,
  FixedSizeList,
  Float32,
  makeData,
  RecordBatch,
  Schema,
  Struct,
  tableFromIPC,
  Utf8,
  type DataType,
  type Table,
  type Vector,
} from 'apache-arrow';
import { registerCodecs } from '$lib/formats/arrow/codecs';
import { Chunks, FileWriter } from '$lib/formats/write/arrow';
import { VectorGatherer } from './gather';
import { vectorFailure } from './messages';
import type { Vectors } from './types';
import { unitRows } from './unit';

/** How vectors were made; kept as the file's metadata. */
export interface VectorsOrigin {
  /** `tfidf`, a model's id on the hub, or its folder's name. */
  model: string;
  dim: number;
  /** What of each record was embedded. */
  on: string[];
  /** What stood before each text. */
  prefix: string;
  /** Number format of the weights; absent for `tfidf`. */
  dtype?: string;
  /** Seed of `tfidf`. */
  seed?: number;
}

/** An Arrow IPC file of vectors as it is made: columns `key` (utf8) and `vector` (fixed-size list of float32). */
export class VectorsWriter {
  readonly #schema: Schema;
  readonly #file = new FileWriter();
  readonly #chunks = new Chunks();

  constructor(readonly origin: VectorsOrigin) {
    const { dim, on, ...rest } = origin;
    const metadata = new Map([
      ['dim', String(dim)],
      ['on', JSON.stringify(on)],
    ]);
    for (const [name, value] of Object.entries(rest)) if (value !== undefined) metadata.set(name, String(value));
    const item = new Field('item', new Float32(), false);
    const fields = [new Field('key', new Utf8(), false), new Field('vector', new FixedSizeList(dim, item), false)];
    this.#schema = new Schema(fields, metadata);
    this.#file.reset(this.#chunks, this.#schema);
  }

  /**
   * Bytes of a batch of rows; any number of rows, 65,536 are usual.
   * @param keys the records' keys (see `keyText`)
   * @param values keys × dim
   */
  write(keys: readonly string[], values: Float32Array): Uint8Array<ArrayBuffer> {
    const { dim } = this.origin;
    const rows = keys.length;
    if (values.length !== rows * dim) throw new RangeError(`${values.length} numbers are not ${rows} × ${dim}`);
    const bytes = new TextEncoder().encode(keys.join(''));
    const offsets = new Int32Array(rows + 1);
    // Keys are ASCII: a UTF-16 unit is a byte.
    keys.forEach((key, row) => (offsets[row + 1] = offsets[row] + key.length));
    if (offsets[rows] !== bytes.length) throw new RangeError('a key is not ASCII');
    const [key, vector] = this.#schema.fields.map(({ type }) => type) as [Utf8, FixedSizeList<Float32>];
    const children: Data<DataType>[] = [
      makeData({ type: key, length: rows, nullCount: 0, valueOffsets: offsets, data: bytes }),
      makeData({
        type: vector,
        length: rows,
        nullCount: 0,
        child: makeData({ type: new Float32(), length: values.length, nullCount: 0, data: values }),
      }),
    ];
    const struct = makeData({ type: new Struct(this.#schema.fields), length: rows, nullCount: 0, children });
    this.#file.write(new RecordBatch(this.#schema, struct));
    return this.#chunks.take();
  }

  /** The file's end. */
  finish(): Uint8Array<ArrayBuffer> {
    this.#file.finish();
    return this.#chunks.take();
  }
}

export interface VectorsFile {
  vectors: Vectors;
  /** Keys of the rows; null where the file has none (then rows stand in the order of the records). */
  keys: string[] | null;
  /** The file's metadata as text; empty where another program wrote it. */
  metadata: ReadonlyMap<string, string>;
}

function isNumberList({ children, typeId }: DataType): boolean {
  // Type 12 is List, 16 FixedSizeList, 21 LargeList; 3 is Float of any size.
  return [12, 16, 21].includes(typeId) && children?.length === 1 && children[0].type.typeId === 3;
}

function fixedValues(column: Vector<FixedSizeList<Float32>>, dim: number, rows: number): Float32Array | null {
  if (column.nullCount > 0) return null;
  const values = new Float32Array(rows * dim);
  let at = 0;
  for (const part of column.data) {
    const [child] = part.children;
    // A half-precision list has other bits in its array.
    if (!(child.values instanceof Float32Array) || child.nullCount > 0 || part.offset || child.offset) return null;
    const own = child.values.subarray(0, part.length * dim);
    values.set(own, at);
    at += own.length;
  }
  return values;
}

function gathered(column: Vector, field: string): Vectors {
  const gatherer = new VectorGatherer(field);
  let row = 0;
  for (const value of column as Iterable<Iterable<unknown> | null>)
    gatherer.add(value === null ? null : Array.from(value), ++row);
  return gatherer.finish();
}

/**
 * Reads vectors of an Arrow file or stream: the column `vector`, else the first that holds lists of floats; keys of the text
 * column `key`. Rows are brought to unit length; null and empty lists become zeros.
 * @throws Failure where there is no such column, or rows differ in length or hold what is no finite number (line: the row from 1)
 */
export function readVectors(bytes: Uint8Array): VectorsFile {
  registerCodecs();
  const table: Table = tableFromIPC(bytes);
  const { fields, metadata } = table.schema;
  const lists = fields.filter(({ type }) => isNumberList(type));
  const field = lists.find(({ name }) => name === 'vector') ?? lists[0];
  const columns = fields.map(({ name }) => name).join(', ');
  if (!field) throw vectorFailure('vectors.no-column', { columns });
  const column = table.getChild(field.name)!;
  const key = fields.find(({ name, type }) => name === 'key' && /^(Large)?Utf8|^Dictionary/.test(String(type)));
  const keys = key ? Array.from(table.getChild('key')!, String) : null;
  const rows = table.numRows;
  const dim = (field.type as FixedSizeList).listSize;
  const values = field.type.typeId === 16 && dim > 0 ? fixedValues(column as never, dim, rows) : null;
  if (values === null || values.length !== rows * dim) return { vectors: gathered(column, field.name), keys, metadata };
  const wrong = values.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0)
    throw vectorFailure('vectors.not-a-number', {
      line: Math.floor(wrong / dim) + 1,
      field: field.name,
      at: (wrong % dim) + 1,
    });
  unitRows(values, dim);
  return { vectors: { rows, dim, values }, keys, metadata };
}

/**
 * The file's vectors in the order of the records' keys; zeros for a record it does not have.
 * @throws Failure where the file has no keys
 */
export function vectorsByKey(file: VectorsFile, keys: readonly string[]): { vectors: Vectors; missing: number } {
  if (file.keys === null) throw vectorFailure('vectors.no-keys', { columns: 'vector' });
  const place = new Map(file.keys.map((key, row) => [key, row]));
  const { dim, values } = file.vectors;
  const ordered = new Float32Array(keys.length * dim);
  let missing = 0;
  keys.forEach((key, row) => {
    const from = place.get(key);
    if (from === undefined) missing++;
    else ordered.set(values.subarray(from * dim, (from + 1) * dim), row * dim);
  });
  return { vectors: { rows: keys.length, dim, values: ordered }, missing };
}
