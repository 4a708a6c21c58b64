import { makeData, type Data, type Timestamp } from 'apache-arrow';
import { misfit, Nulls, type Cell, type CellColumn } from './cell';

/** Points in time, from the text readers make of them (`2024-02-29T03:04:05.678Z`, the Z where there is a time zone). */
export class TimestampColumn implements CellColumn {
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
export function daysOf(text: string): number | null {
  const [, year, month, day] = /^(\d{4}|[-+]\d{6})-(\d\d)-(\d\d)$/.exec(text) ?? [];
  if (year === undefined) return null;
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  return date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day)
    ? date.getTime() / 86_400_000
    : null;
}
