/** Finding a text in the raw bytes of records: case-insensitive for ASCII, any script, no string is made. */
import type { Batch, FieldData } from '$lib/record/types';

/** One way the wanted text may stand in the bytes, made ready for Horspool's search. */
interface Needle {
  bytes: Uint8Array;
  /** How far to go on when the window's last byte is this one. */
  shift: Int32Array;
}

const FOLD = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 0x41 && byte <= 0x5a ? byte + 32 : byte));

function needle(text: string): Needle {
  const bytes = new TextEncoder().encode(text).map((byte) => FOLD[byte]);
  const shift = new Int32Array(256).fill(bytes.length);
  for (let i = 0; i < bytes.length - 1; i++) {
    shift[bytes[i]] = bytes.length - 1 - i;
    if (bytes[i] >= 0x61 && bytes[i] <= 0x7a) shift[bytes[i] - 32] = shift[bytes[i]];
  }
  return { bytes, shift };
}

/** A search text as it may stand in text fields and, escaped, in JSON ones. */
export interface Search {
  text: Needle[];
  json: Needle[];
}

/** Makes a search ready. Null for an empty text, which every record holds. */
export function searchFor(text: string): Search | null {
  if (text === '') return null;
  const plain = JSON.stringify(text).slice(1, -1);
  const ascii = plain.replace(/[^\x00-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const variants = new Set([plain, ascii].flatMap((way) => [way, way.replaceAll('/', '\\/')]));
  return { text: [needle(text)], json: [...variants].map(needle) };
}

/** Sets `found[row]` to 1 for each row of the batch with the text in any field. `found` has a byte per row, cleared. */
export function searchBatch(batch: Batch, search: Search, found: Uint8Array): void {
  for (const field of batch.fields)
    for (const wanted of field.kind === 'text' ? search.text : search.json)
      searchField(field, batch.rows, wanted, found);
}

function searchField(
  { bytes, offsets }: FieldData,
  rows: number,
  { bytes: wanted, shift }: Needle,
  found: Uint8Array,
): void {
  const last = wanted.length - 1;
  const tail = wanted[last];
  const stop = offsets[rows];
  let row = 0;
  for (let end = offsets[0] + last; end < stop;) {
    const byte = bytes[end];
    if (FOLD[byte] !== tail) {
      end += shift[byte];
      continue;
    }
    let i = last - 1;
    while (i >= 0 && FOLD[bytes[end - last + i]] === wanted[i]) i--;
    if (i >= 0) {
      end += shift[byte];
      continue;
    }
    const start = end - last;
    row = rowAt(offsets, row, rows, start);
    if (end < offsets[row + 1]) {
      found[row] = 1;
      // The rest of this record need not be looked at.
      end = offsets[row + 1] + last;
    } else end++;
  }
}

/** The row in whose bytes `at` lies, at or after row `from`. */
function rowAt(offsets: Int32Array, from: number, rows: number, at: number): number {
  let low = from;
  let high = rows - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (offsets[middle] <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}
