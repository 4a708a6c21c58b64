import {
  Bool,
  Data,
  Float32,
  Float64,
  Int16,
  Int32,
  Int64,
  Int8,
  makeData,
  Uint16,
  Uint32,
  Uint64,
  Uint8,
  Utf8,
} from 'apache-arrow';
import type { DataType } from 'apache-arrow';
import { ByteSink } from '$lib/record/bytes';
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
  const typed = shape.arrowType === null ? undefined : TYPED[shape.arrowType];
  if (typed) return typed();
  if (shape.arrowType === null || shape.arrowType === 'Null')
    switch (shape.type) {
      case 'bool':
        return new BoolColumn();
      case 'int':
      case 'long':
        return new LongColumn(new Int64(), (count) => new BigInt64Array(count), -(2n ** 63n), 2n ** 63n - 1n);
      case 'float':
        return new NumberColumn(new Float64(), (count) => new Float64Array(count), exactDouble);
    }
  return new TextColumn();
}

const range = (low: number, high: number) => (text: string) =>
  /^-?\d+$/.test(text) && Number(text) >= low && Number(text) <= high;
const exactDouble = (text: string) => {
  const shape = numberShape(text);
  return shape === 'float' || shape === 'int';
};
const anyNumber = (text: string) => Number.isFinite(Number(text));

const TYPED: Record<string, () => CellColumn> = {
  Utf8: () => new TextColumn(),
  LargeUtf8: () => new TextColumn(),
  Bool: () => new BoolColumn(),
  Int8: () => new NumberColumn(new Int8(), (count) => new Int8Array(count), range(-128, 127)),
  Int16: () => new NumberColumn(new Int16(), (count) => new Int16Array(count), range(-32768, 32767)),
  Int32: () => new NumberColumn(new Int32(), (count) => new Int32Array(count), range(-2147483648, 2147483647)),
  Int64: () => new LongColumn(new Int64(), (count) => new BigInt64Array(count), -(2n ** 63n), 2n ** 63n - 1n),
  Uint8: () => new NumberColumn(new Uint8(), (count) => new Uint8Array(count), range(0, 255)),
  Uint16: () => new NumberColumn(new Uint16(), (count) => new Uint16Array(count), range(0, 65535)),
  Uint32: () => new NumberColumn(new Uint32(), (count) => new Uint32Array(count), range(0, 4294967295)),
  Uint64: () => new LongColumn(new Uint64(), (count) => new BigUint64Array(count), 0n, 2n ** 64n - 1n),
  Float32: () => new NumberColumn(new Float32(), (count) => new Float32Array(count), anyNumber),
  Float64: () => new NumberColumn(new Float64(), (count) => new Float64Array(count), anyNumber),
};

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
  readonly type = new Bool();
  #nulls = new Nulls();
  #values: boolean[] = [];

  get weight(): number {
    return this.#values.length;
  }
  refuse(cell: Cell | null): string | null {
    if (cell === null || (cell.kind === 'json' && (cell.text === 'true' || cell.text === 'false'))) return null;
    return `${shown(cell)} is neither true nor false`;
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

class NumberColumn implements CellColumn {
  #nulls = new Nulls();
  #values: number[] = [];

  constructor(
    readonly type: DataType,
    private readonly make: (count: number) => Numbers,
    private readonly fits: (text: string) => boolean,
  ) {}

  get weight(): number {
    return this.#values.length * 8;
  }
  refuse(cell: Cell | null): string | null {
    if (cell === null || (cell.kind === 'json' && isNumber(cell.text) && this.fits(cell.text))) return null;
    return `${shown(cell)} is no ${String(this.type)}`;
  }
  push(cell: Cell | null): void {
    this.#nulls.push(cell !== null);
    this.#values.push(cell === null ? 0 : Number(cell.text));
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
    return `${shown(cell)} is no ${String(this.type)}`;
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

const isNumber = (text: string) => /^-?\d/.test(text);
const shown = (cell: Cell) => (cell.text.length > 40 ? cell.text.slice(0, 40) + '…' : JSON.stringify(cell.text));
