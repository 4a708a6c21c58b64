import {
  DataType,
  Float64,
  Int64,
  makeData,
  Utf8,
  type Bool,
  type Data,
  type List,
  type Struct,
  type Timestamp,
} from 'apache-arrow';
import { ByteSink } from '$lib/record/bytes';
import { elements, members } from '$lib/record/rawjson';
import { parseType } from './arrowtypes';
import { numberShape, type FieldShape } from './shapes';

/** A value on its way into a cell: a string, or another value's JSON text. */
export interface Cell {
  kind: 'text' | 'json';
  text: string;
}

/** One column of a block being filled. */
export interface CellColumn {
  readonly type: DataType;
  /** Why the column cannot hold the value, or null. Writes nothing. */
  refuse(cell: Cell | null): string | null;
  push(cell: Cell | null): void;
  /** The block's data; the column is empty afterwards. */
  take(): Data;
  /** Bytes held. */
  readonly weight: number;
}

/** The column that keeps a field's values best: the source's own type, else the narrowest that loses no digit. */
export function columnFor(shape: FieldShape, rewritten: boolean): CellColumn {
  if (rewritten) return new TextColumn();
  if (shape.arrowType !== null && shape.arrowType !== 'Null') {
    const type = parseType(shape.arrowType);
    return type ? columnOf(type) : new TextColumn();
  }
  switch (shape.type) {
    case 'bool':
      return columnOf(parseType('Bool')!);
    case 'int':
    case 'long':
      return columnOf(new Int64());
    case 'float':
      return new NumberColumn(new Float64(), (count) => new Float64Array(count), exactDouble);
    default:
      return new TextColumn();
  }
}

/** A column of that type; `parseType` names the types there are. */
function columnOf(type: DataType): CellColumn {
  if (DataType.isBool(type)) return new BoolColumn(type);
  if (DataType.isInt(type)) {
    const { bitWidth, isSigned } = type;
    const low = isSigned ? -(2n ** BigInt(bitWidth - 1)) : 0n;
    const high = 2n ** BigInt(isSigned ? bitWidth - 1 : bitWidth) - 1n;
    if (bitWidth === 64)
      return new LongColumn(
        type,
        (count) => (isSigned ? new BigInt64Array(count) : new BigUint64Array(count)),
        low,
        high,
      );
    return new NumberColumn(type, (count) => new INTS[`${type}`](count), range(Number(low), Number(high)));
  }
  if (DataType.isFloat(type))
    return new NumberColumn(
      type,
      (count) => (type.precision === 1 ? new Float32Array(count) : new Float64Array(count)),
      anyNumber,
    );
  if (DataType.isDate(type)) return new NumberColumn(type, (count) => new Int32Array(count), null, daysOf);
  if (DataType.isTimestamp(type)) return new TimestampColumn(type);
  if (DataType.isList(type)) return new ListColumn(type, columnOf(type.valueType as DataType));
  if (DataType.isStruct(type))
    return new StructColumn(
      type,
      type.children.map((field) => columnOf(field.type as DataType)),
    );
  return new TextColumn();
}

const INTS: Record<string, new (count: number) => Numbers> = {
  Int8: Int8Array,
  Int16: Int16Array,
  Int32: Int32Array,
  Uint8: Uint8Array,
  Uint16: Uint16Array,
  Uint32: Uint32Array,
};
const range = (low: number, high: number) => (text: string) =>
  /^-?\d+$/.test(text) && Number(text) >= low && Number(text) <= high;
const exactDouble = (text: string) => {
  const shape = numberShape(text);
  return shape === 'float' || shape === 'int';
};
const anyNumber = (text: string) => Number.isFinite(Number(text));

/** Which rows of a block hold a value. */
class Nulls {
  count = 0;
  rows = 0;
  #bits = new Uint8Array(1024);

  push(present: boolean): void {
    const at = this.rows++;
    if (at >> 3 >= this.#bits.length) {
      const grown = new Uint8Array(this.#bits.length * 2);
      grown.set(this.#bits);
      this.#bits = grown;
    }
    if (present) this.#bits[at >> 3] |= 1 << (at & 7);
    else this.count++;
  }

  take(): { length: number; nullCount: number; nullBitmap: Uint8Array | null } {
    const taken = {
      length: this.rows,
      nullCount: this.count,
      nullBitmap: this.count === 0 ? null : this.#bits.slice(0, (this.rows + 7) >> 3),
    };
    this.#bits.fill(0);
    this.rows = this.count = 0;
    return taken;
  }
}

/** Strings as they are; anything else as its JSON text. */
class TextColumn implements CellColumn {
  readonly type = new Utf8();
  #nulls = new Nulls();
  #bytes = new ByteSink(1 << 14);
  #ends: number[] = [];

  get weight(): number {
    return this.#bytes.length;
  }
  refuse(): null {
    return null;
  }
  push(cell: Cell | null): void {
    if (cell !== null) this.#bytes.text(cell.text);
    this.#nulls.push(cell !== null);
    this.#ends.push(this.#bytes.length);
  }
  take(): Data {
    const valueOffsets = new Int32Array(this.#ends.length + 1);
    valueOffsets.set(this.#ends, 1);
    this.#ends = [];
    return makeData({ type: this.type, ...this.#nulls.take(), valueOffsets, data: this.#bytes.take() });
  }
}

class BoolColumn implements CellColumn {
  #nulls = new Nulls();
  #values: boolean[] = [];

  constructor(readonly type: Bool) {}

  get weight(): number {
    return this.#values.length;
  }
  refuse(cell: Cell | null): string | null {
    if (cell === null || (cell.kind === 'json' && (cell.text === 'true' || cell.text === 'false'))) return null;
    return misfit(cell, this.type);
  }
  push(cell: Cell | null): void {
    this.#nulls.push(cell !== null);
    this.#values.push(cell?.text === 'true');
  }
  take(): Data {
    const data = new Uint8Array((this.#values.length + 7) >> 3);
    this.#values.forEach((value, i) => {
      if (value) data[i >> 3] |= 1 << (i & 7);
    });
    this.#values = [];
    return makeData({ type: this.type, ...this.#nulls.take(), data });
  }
}

type Numbers =
  Int8Array | Int16Array | Int32Array | Uint8Array | Uint16Array | Uint32Array | Float32Array | Float64Array;

/** Readers give what JSON has no number for as these texts. */
const SPECIAL = ['NaN', 'Infinity', '-Infinity'];

class NumberColumn implements CellColumn {
  #nulls = new Nulls();
  #values: number[] = [];

  /** `fits` says which JSON numbers the type takes (null: none); `parse` gives the number of a text, null where none. */
  constructor(
    readonly type: DataType,
    private readonly make: (count: number) => Numbers,
    private readonly fits: ((text: string) => boolean) | null,
    private readonly parse: (text: string) => number | null = (text) =>
      DataType.isFloat(type) && SPECIAL.includes(text) ? Number(text) : null,
  ) {}

  get weight(): number {
    return this.#values.length * 8;
  }
  #value(cell: Cell): number | null {
    if (cell.kind === 'text') return this.parse(cell.text);
    return this.fits?.(cell.text) && /^-?\d/.test(cell.text) ? Number(cell.text) : null;
  }
  refuse(cell: Cell | null): string | null {
    return cell === null || this.#value(cell) !== null ? null : misfit(cell, this.type);
  }
  push(cell: Cell | null): void {
    this.#nulls.push(cell !== null);
    this.#values.push(cell === null ? 0 : (this.#value(cell) ?? 0));
  }
  take(): Data {
    const data = this.make(this.#values.length);
    data.set(this.#values);
    this.#values = [];
    return makeData({ type: this.type as Float64, ...this.#nulls.take(), data: data as Float64Array });
  }
}

class LongColumn implements CellColumn {
  #nulls = new Nulls();
  #values: bigint[] = [];

  constructor(
    readonly type: DataType,
    private readonly make: (count: number) => BigInt64Array | BigUint64Array,
    private readonly low: bigint,
    private readonly high: bigint,
  ) {}

  get weight(): number {
    return this.#values.length * 8;
  }
  refuse(cell: Cell | null): string | null {
    if (cell === null) return null;
    if (cell.kind === 'json' && /^-?\d{1,20}$/.test(cell.text)) {
      const value = BigInt(cell.text);
      if (value >= this.low && value <= this.high) return null;
    }
    return misfit(cell, this.type);
  }
  push(cell: Cell | null): void {
    this.#nulls.push(cell !== null);
    this.#values.push(cell === null ? 0n : BigInt(cell.text));
  }
  take(): Data {
    const data = this.make(this.#values.length);
    this.#values.forEach((value, i) => (data[i] = value));
    this.#values = [];
    return makeData({ type: this.type as Int64, ...this.#nulls.take(), data: data as BigInt64Array });
  }
}

class TimestampColumn implements CellColumn {
  #nulls = new Nulls();
  #values: bigint[] = [];

  constructor(readonly type: Timestamp) {}

  get weight(): number {
    return this.#values.length * 8;
  }
  refuse(cell: Cell | null): string | null {
    return cell === null || this.#value(cell) !== null ? null : misfit(cell, this.type);
  }
  push(cell: Cell | null): void {
    this.#nulls.push(cell !== null);
    this.#values.push(cell === null ? 0n : (this.#value(cell) ?? 0n));
  }
  #value(cell: Cell): bigint | null {
    const [, date, hour, minute, second, fraction = '', zone] =
      /^(.{10,})T(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(Z?)$/.exec(cell.kind === 'text' ? cell.text : '') ?? [];
    const days = date === undefined ? null : daysOf(date);
    const digits = 3 * this.type.unit;
    if (days === null || (zone === 'Z') !== Boolean(this.type.timezone) || /[^0]/.test(fraction.slice(digits)))
      return null;
    const seconds = BigInt(days) * 86_400n + BigInt(Number(hour) * 3600 + Number(minute) * 60 + Number(second));
    return seconds * 10n ** BigInt(digits) + BigInt(fraction.slice(0, digits).padEnd(digits, '0') || '0');
  }
  take(): Data {
    const data = BigInt64Array.from(this.#values);
    this.#values = [];
    return makeData({ type: this.type, ...this.#nulls.take(), data });
  }
}

/** Days since 1970 of a date as readers write it (`2024-02-29`), null where the text is none. */
function daysOf(text: string): number | null {
  const [, year, month, day] = /^(\d{4}|[-+]\d{6})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  if (year === undefined) return null;
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day)
    ? date.getTime() / 86_400_000
    : null;
}

/** A value inside a JSON text as a cell. */
function inner(json: string): Cell | null {
  if (json === 'null') return null;
  return json.startsWith('"') ? { kind: 'text', text: JSON.parse(json) as string } : { kind: 'json', text: json };
}

/** Remembers what a value was taken apart into between `refuse` and `push`. */
class Parsed<T> {
  #cell: Cell | null = null;
  #value: T | null = null;

  constructor(private readonly parse: (cell: Cell) => T | null) {}

  of(cell: Cell): T | null {
    if (cell !== this.#cell) {
      this.#cell = cell;
      this.#value = this.parse(cell);
    }
    return this.#value;
  }
}

class ListColumn implements CellColumn {
  #nulls = new Nulls();
  #ends: number[] = [];
  #items = 0;
  #parsed = new Parsed((cell) =>
    cell.kind === 'json' && cell.text.startsWith('[') ? elements(cell.text).map(inner) : null,
  );

  constructor(
    readonly type: List,
    private readonly child: CellColumn,
  ) {}

  get weight(): number {
    return this.#ends.length * 4 + this.child.weight;
  }
  refuse(cell: Cell | null): string | null {
    if (cell === null) return null;
    const items = this.#parsed.of(cell);
    return items === null ? misfit(cell, this.type) : firstReason(items, () => this.child);
  }
  push(cell: Cell | null): void {
    const items = cell === null ? [] : (this.#parsed.of(cell) ?? []);
    for (const item of items) this.child.push(item);
    this.#items += items.length;
    this.#nulls.push(cell !== null);
    this.#ends.push(this.#items);
  }
  take(): Data {
    const valueOffsets = new Int32Array(this.#ends.length + 1);
    valueOffsets.set(this.#ends, 1);
    this.#ends = [];
    this.#items = 0;
    return makeData({ type: this.type, ...this.#nulls.take(), valueOffsets, child: this.child.take() });
  }
}

class StructColumn implements CellColumn {
  #nulls = new Nulls();
  #names: string[];
  #parsed = new Parsed((cell) => {
    if (cell.kind !== 'json' || !cell.text.startsWith('{')) return null;
    const all = members(cell.text);
    const cells = this.#names.map((name) => (all.has(name) ? inner(all.get(name)!) : null));
    return [...all.keys()].every((key) => this.#names.includes(key)) ? cells : null;
  });

  constructor(
    readonly type: Struct,
    private readonly columns: CellColumn[],
  ) {
    this.#names = type.children.map((field) => field.name);
  }

  get weight(): number {
    return this.columns.reduce((sum, column) => sum + column.weight, 0);
  }
  refuse(cell: Cell | null): string | null {
    if (cell === null) return null;
    const cells = this.#parsed.of(cell);
    return cells === null ? misfit(cell, this.type) : firstReason(cells, (i) => this.columns[i]);
  }
  push(cell: Cell | null): void {
    const cells = cell === null ? null : this.#parsed.of(cell);
    this.columns.forEach((column, i) => column.push(cells === null ? null : cells[i]));
    this.#nulls.push(cells !== null);
  }
  take(): Data {
    return makeData({ type: this.type, ...this.#nulls.take(), children: this.columns.map((column) => column.take()) });
  }
}

function firstReason(cells: (Cell | null)[], column: (i: number) => CellColumn): string | null {
  for (const [i, cell] of cells.entries()) {
    const reason = column(i).refuse(cell);
    if (reason !== null) return reason;
  }
  return null;
}

function misfit(cell: Cell, type: DataType): string {
  const text = cell.kind === 'text' ? JSON.stringify(cell.text) : cell.text;
  return `${text.length > 40 ? text.slice(0, 40) + '…' : text} is no ${String(type)}`;
}
