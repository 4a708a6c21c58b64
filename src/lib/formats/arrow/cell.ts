import type { Data } from 'apache-arrow';
import type { Out } from './out';

/** Writes the value of a slot that is not null. */
export type Write = (i: number, out: Out) => void;

/** How the values of a column are written. */
export interface Cells {
  /** `text`: `write` writes plain text; `json`: JSON text. */
  kind: 'text' | 'json';
  valid(i: number): boolean;
  write: Write;
}

/** Thrown where buffers do not hold what the schema promises. */
export class BadBuffer extends Error {}

const always = () => true;
/** Cells that write JSON text, none of them null. */
export const json = (write: Write): Cells => ({ kind: 'json', valid: always, write });
/** Cells that write plain text, none of them null. */
export const plain = (write: Write): Cells => ({ kind: 'text', valid: always, write });

/** JSON text of a value whatever its kind. */
export function asJson({ kind, valid, write }: Cells): Write {
  if (kind === 'json') return (i, out) => (valid(i) ? write(i, out) : out.raw('null'));
  return (i, out) => {
    if (!valid(i)) return out.raw('null');
    // Plain text is written first, then once more behind itself as a JSON string, then moved to the front.
    const start = out.length;
    write(i, out);
    const end = out.length;
    out.quoted(out.bytes.slice(start, end), 0, end - start);
    out.bytes.copyWithin(start, end, out.length);
    out.length -= end - start;
  };
}

/** @throws BadBuffer where a buffer holds fewer than `count` values */
export function need(values: ArrayLike<unknown> | undefined, count: number): void {
  if (!values || values.length < count) throw new BadBuffer('a buffer of values is too short');
}

/** Where a value begins and ends. */
export type Bounds = (i: number) => [number, number];

/** Offsets of variable-length values, checked: never falling, all inside the values. */
export function offsetsOf(data: Data, size = (data.values as Uint8Array).length): Bounds {
  const offsets = data.valueOffsets as ArrayLike<number | bigint>;
  const { length } = data;
  if (length > 0) need(offsets, length + 1);
  let last = 0;
  for (let i = 0; i <= length && length > 0; i++) {
    const at = Number(offsets[i]);
    if (at < last || at > size) throw new BadBuffer('offsets point outside their values');
    last = at;
  }
  return (i) => [Number(offsets[i]), Number(offsets[i + 1])];
}
