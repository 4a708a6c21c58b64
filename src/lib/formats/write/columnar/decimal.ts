import { makeData, type Data, type Decimal } from 'apache-arrow';
import { misfit, Nulls, type Cell, type CellColumn } from './cell';

/** Decimals of 128 or 256 bits, from JSON numbers: every digit must have its place. */
export class DecimalColumn implements CellColumn {
  #nulls = new Nulls();
  #values: bigint[] = [];
  readonly #limit: bigint;

  constructor(readonly type: Decimal) {
    this.#limit = 10n ** BigInt(type.precision);
  }

  get weight(): number {
    return (this.#values.length * this.type.bitWidth) / 8;
  }
  refuse(cell: Cell | null): string | null {
    return cell === null || this.#value(cell) !== null ? null : misfit(cell, this.type);
  }
  push(cell: Cell | null): void {
    this.#nulls.push(cell !== null);
    this.#values.push(cell === null ? 0n : (this.#value(cell) ?? 0n));
  }
  /** The number times ten to the scale. */
  #value(cell: Cell): bigint | null {
    const [, whole, fraction = ''] = (cell.kind === 'json' && /^(-?\d{1,80})(?:\.(\d{1,80}))?$/.exec(cell.text)) || [];
    if (whole === undefined) return null;
    const { scale } = this.type;
    const digits = whole + fraction;
    const shift = scale - fraction.length;
    const cut = Math.max(0, digits.length + Math.min(0, shift));
    if (/[^0]/.test(digits.slice(cut).replace('-', ''))) return null;
    const kept = digits.slice(0, cut);
    const value = BigInt(kept === '' || kept === '-' ? 0 : kept) * 10n ** BigInt(Math.max(0, shift));
    return value < this.#limit && value > -this.#limit ? value : null;
  }
  take(): Data {
    const words = this.type.bitWidth / 32;
    const data = new Uint32Array(this.#values.length * words);
    this.#values.forEach((value, i) => {
      for (let n = 0; n < words; n++) data[i * words + n] = Number(BigInt.asUintN(32, value >> BigInt(32 * n)));
    });
    this.#values = [];
    return makeData({ type: this.type, ...this.#nulls.take(), data });
  }
}
