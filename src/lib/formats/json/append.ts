import type { Collector } from '../batch/collector';
import type { FieldBuilder } from '../batch/field';
import { Value } from './codes';
import type { Scanner } from './scan';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Puts the value a scanner noted as its `i`-th into a field. `e` is where its escapes may begin in `escapeAt`; returns
 * where those of the next value may.
 */
export function put(field: FieldBuilder, row: number, scanner: Scanner, i: number, e: number): number {
  const { bytes, data, members } = scanner;
  const start = members[i * 5 + 2];
  const end = members[i * 5 + 3];
  const kind = members[i * 5 + 4] & 7;
  if (kind === Value.NULL) field.nothing(row);
  else if (kind === Value.OTHER) field.json(row, bytes, data, start, end);
  else if (kind === Value.LONE || field.kind === 'json') field.json(row, bytes, data, start - 1, end + 1);
  else if (kind === Value.STRING) field.text(row, bytes, data, start, end);
  else {
    const { escapeAt } = scanner;
    while (escapeAt[e] < start) e++;
    field.escaped(row, bytes, data, start, end, escapeAt, e);
  }
  return e;
}

/**
 * Appends the object a scanner has just read as one record on `line`. Of a key that occurs twice the last value counts,
 * as in `JSON.parse`; the format's detail says how many records have one (at their top level: values inside are kept as
 * their text, and read by the same rule).
 */
export function appendObject(out: Collector, scanner: Scanner, line: number): void {
  const { bytes, members, count } = scanner;
  const row = out.rows;
  let guess = 0;
  let e = 0;
  let size = 0;
  let repeated = false;
  for (let n = 0; n < count * 5; n += 5) {
    const start = members[n];
    const end = members[n + 1];
    const index =
      members[n + 4] & 8
        ? out.field(
            JSON.parse(decoder.decode(bytes.subarray(start - 1, end + 1))) as string,
            bytes.subarray(start, end),
          )
        : out.keyed(bytes, start, end, guess);
    if (out.fields[index].filled > row) repeated = true;
    e = put(out.fields[index], row, scanner, n / 5, e);
    size += members[n + 3] - members[n + 2];
    guess = index + 1;
  }
  if (repeated) {
    const { detail } = out.format;
    detail.repeated = String(Number(detail.repeated ?? 0) + 1);
  }
  out.row(line, size);
}

/** Appends the array a scanner has just read as one record whose fields are named by position. */
export function appendArray(out: Collector, scanner: Scanner, line: number, columns: number[]): void {
  const { members, count } = scanner;
  let size = 0;
  let e = 0;
  for (let i = 0; i < count; i++) {
    e = put(out.fields[columns[i]], out.rows, scanner, i, e);
    size += members[i * 5 + 3] - members[i * 5 + 2];
  }
  out.row(line, size);
}
