import type { Collector } from '../batch/collector';
import type { FieldBuilder } from '../batch/field';
import { Value, type Scanner } from './scan';

const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** Puts the value a scanner noted at `members[n …]` into a field. */
export function put(field: FieldBuilder, row: number, bytes: Uint8Array, members: Int32Array, n: number): void {
  const start = members[n + 2];
  const end = members[n + 3];
  const kind = members[n + 4] & 7;
  if (kind === Value.NULL) field.nothing(row);
  else if (kind === Value.OTHER) field.json(row, bytes, start, end);
  else if (kind === Value.LONE || field.kind === 'json') field.json(row, bytes, start - 1, end + 1);
  else if (kind === Value.STRING) field.text(row, bytes, start, end);
  else field.escaped(row, bytes, start, end);
}

/** Appends the object a scanner has just read as one record on `line`. Of a key that occurs twice the last one counts. */
export function appendObject(out: Collector, scanner: Scanner, line: number): void {
  const { bytes, members, count } = scanner;
  const row = out.rows;
  let guess = 0;
  let size = 0;
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
    put(out.fields[index], row, bytes, members, n);
    size += members[n + 3] - members[n + 2];
    guess = index + 1;
  }
  out.row(line, size);
}

/** Appends the array a scanner has just read as one record whose fields are named by position. */
export function appendArray(out: Collector, scanner: Scanner, line: number, columns: number[]): void {
  const { bytes, members, count } = scanner;
  let size = 0;
  for (let i = 0; i < count; i++) {
    put(out.fields[columns[i]], out.rows, bytes, members, i * 5);
    size += members[i * 5 + 3] - members[i * 5 + 2];
  }
  out.row(line, size);
}
