import { DataType, makeData, Utf8, type Bool, type Data, type Float64, type Int64 } from 'apache-arrow';
import { ByteSink } from '$lib/record/bytes';
import { misfit, Nulls, type Cell, type CellColumn } from './cell';

/** Strings as they are; anything else as its JSON text. */
export class TextColumn implements CellColumn {
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

/** Truth values. */
export class BoolColumn implements CellColumn {
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

export type Numbers =
  Int8Array | Int16Array | Int32Array | Uint8Array | Uint16Array | Uint32Array | Float32Array | Float64Array;

/** Readers give what JSON has no number for as these texts. */
const SPECIAL = ['NaN', 'Infinity', '-Infinity'];

/** Numbers a double holds. */
export class NumberColumn implements CellColumn {
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

/** 64-bit integers. */
export class LongColumn implements CellColumn {
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
