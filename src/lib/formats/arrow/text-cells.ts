import type { Data } from 'apache-arrow';
import { countUtf8 } from '../bytes/utf8';
import { BadBuffer, need, offsetsOf, plain, type Bounds, type Cells } from './cell';
import { base64 } from './numbers';
import type { Out } from './out';

/** Text; slots that are not UTF-8 are marked as bad. */
export function textCells(data: Data): Cells {
  const bytes = data.values as Uint8Array;
  const bounds = offsetsOf(data);
  const clean = data.length > 0 && isClean(bytes.subarray(bounds(0)[0], bounds(data.length - 1)[1]), data, bounds);
  return plain((i, out) => {
    const [start, end] = bounds(i);
    if (!clean && countUtf8(bytes.subarray(start, end), true).invalid > 0) out.bad = true;
    out.text(bytes, start, end);
  });
}

/** Whether all text is UTF-8 and no value begins inside a character. */
function isClean(all: Uint8Array, { length }: Data, bounds: Bounds): boolean {
  if (countUtf8(all, true).invalid > 0) return false;
  const origin = bounds(0)[0];
  for (let i = 0; i < length; i++) if ((all[bounds(i)[0] - origin] & 0xc0) === 0x80) return false;
  return true;
}

/** Bytes that are readable text are that text; others become a data URL. */
export function binaryCells(bytes: Uint8Array, bounds: Bounds): Cells {
  return plain((i, out) => binary(bytes, ...bounds(i), out));
}

function binary(bytes: Uint8Array, start: number, end: number, out: Out): void {
  let control = false;
  for (let i = start; i < end && !control; i++) control = bytes[i] < 9 || (bytes[i] > 13 && bytes[i] < 32);
  if (!control && countUtf8(bytes.subarray(start, end), true).invalid === 0) out.text(bytes, start, end);
  else out.raw(`data:application/octet-stream;base64,${base64(bytes, start, end)}`);
}

/** Text or bytes of a view layout. */
export function viewCells(data: Data, text: boolean): Cells {
  const views = data.values as Uint8Array;
  const { variadicBuffers, length } = data;
  need(views, length * 16);
  const view = new DataView(views.buffer, views.byteOffset, views.byteLength);
  return plain((i, out) => {
    const size = view.getInt32(i * 16, true);
    const inline = size <= 12;
    const buffer = inline ? views : variadicBuffers[view.getInt32(i * 16 + 8, true)];
    const start = inline ? i * 16 + 4 : view.getInt32(i * 16 + 12, true);
    if (size < 0 || !buffer || start < 0 || start + size > buffer.length) throw new BadBuffer('a view points outside');
    if (!text) return binary(buffer, start, start + size, out);
    if (countUtf8(buffer.subarray(start, start + size), true).invalid > 0) out.bad = true;
    out.text(buffer, start, start + size);
  });
}
