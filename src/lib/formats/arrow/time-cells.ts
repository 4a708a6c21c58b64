import { DataType, type Data } from 'apache-arrow';
import { json, need, plain, type Cells } from './cell';
import { dateText, timestampText, timeText } from './time';

/** Dates, times, durations and intervals. */
export function timeCells({ type, length, values }: Data): Cells | null {
  if (DataType.isDate(type)) {
    need(values, length);
    const days = type.unit === 0;
    return plain((i, out) => {
      const value = BigInt(values[i]);
      const text = days ? dateText(value) : timestampText(value, 1, false);
      out.raw(text.replace(/T00:00:00$/, ''));
    });
  }
  if (DataType.isTimestamp(type)) {
    need(values, length);
    const zoned = Boolean(type.timezone);
    return plain((i, out) => out.raw(timestampText(BigInt(values[i]), type.unit, zoned)));
  }
  if (DataType.isTime(type)) {
    need(values, length);
    return plain((i, out) => out.raw(timeText(BigInt(values[i]), type.unit)));
  }
  if (DataType.isDuration(type)) {
    need(values, length);
    return json((i, out) => out.raw(String(values[i])));
  }
  if (DataType.isInterval(type)) return intervalCells(type.unit, values as Int32Array, length);
  return null;
}

function intervalCells(unit: number, values: Int32Array, length: number): Cells {
  const width = [1, 2, 4][unit];
  need(values, length * width);
  if (unit === 0) return json((i, out) => out.raw(`{"months":${values[i]}}`));
  if (unit === 1) return json((i, out) => out.raw(`{"days":${values[2 * i]},"milliseconds":${values[2 * i + 1]}}`));
  return json((i, out) => {
    const nanos = (BigInt(values[4 * i + 3]) << 32n) | BigInt(values[4 * i + 2] >>> 0);
    out.raw(`{"months":${values[4 * i]},"days":${values[4 * i + 1]},"nanoseconds":${nanos}}`);
  });
}
