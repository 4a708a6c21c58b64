import { DataType, type Data, type Union, type Vector } from 'apache-arrow';
import { countUtf8 } from '../bytes/utf8';
import type { Out } from './out';
import { base64, decimalText, doubleText, floatText, halfText, wordsToBigInt } from './numbers';
import { dateText, timestampText, timeText } from './time';

/** Writes the value of a slot that is not null. */
export type Write = (i: number, out: Out) => void;

/** How the values of a column are written. */
export interface Cells {
  /** `text`: `write` writes plain text; `json`: JSON text. */
  kind: 'text' | 'json';
  valid(i: number): boolean;
  write: Write;
}

const decoder = new TextDecoder();

/** Thrown where buffers do not hold what the schema promises. */
export class BadBuffer extends Error {}

/** Prepares the cells of a column's data. Throws BadBuffer where its buffers are too short or its type is not known. */
export function cellsOf(data: Data): Cells {
  const cells = valueCells(data);
  const { nullBitmap, length } = data;
  // A dense bitmap may be left out; unions have none of their own.
  if (DataType.isNull(data.type)) return { ...cells, valid: () => false };
  if (!nullBitmap || nullBitmap.length === 0 || data.nullCount === 0) return cells;
  if (nullBitmap.length * 8 < length + data.offset) throw new BadBuffer('a validity bitmap is too short');
  const own = cells.valid;
  const { offset } = data;
  return {
    ...cells,
    valid: (i) => (nullBitmap[(i + offset) >> 3] & (1 << ((i + offset) & 7))) !== 0 && own(i),
  };
}

const always = () => true;
const json = (write: Write): Cells => ({ kind: 'json', valid: always, write });
const plain = (write: Write): Cells => ({ kind: 'text', valid: always, write });

/** JSON text of a value whatever its kind. */
function asJson({ kind, valid, write }: Cells): Write {
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

function need(values: ArrayLike<unknown> | undefined, count: number): void {
  if (!values || values.length < count) throw new BadBuffer('a buffer of values is too short');
}

function valueCells(data: Data): Cells {
  const { type, length } = data;
  const values = data.values as never;
  if (DataType.isNull(type)) return json((_, out) => out.raw('null'));
  if (DataType.isUtf8(type) || DataType.isLargeUtf8(type)) return textCells(data);
  if (DataType.isBinary(type) || DataType.isLargeBinary(type)) return binaryCells(data.values, offsetsOf(data));
  if (DataType.isUtf8View(type) || DataType.isBinaryView(type)) return viewCells(data, DataType.isUtf8View(type));
  if (DataType.isFixedSizeBinary(type)) {
    const width = type.byteWidth;
    need(values, length * width);
    return binaryCells(data.values, (i) => [i * width, i * width + width]);
  }
  if (DataType.isBool(type)) {
    const bits = data.values;
    need(bits, (length + data.offset + 7) >> 3);
    const { offset } = data;
    return json((i, out) => out.raw(bits[(i + offset) >> 3] & (1 << ((i + offset) & 7)) ? 'true' : 'false'));
  }
  if (DataType.isInt(type)) {
    const ints = data.values as ArrayLike<number | bigint>;
    need(ints, length);
    return json((i, out) => out.raw(String(ints[i])));
  }
  if (DataType.isFloat(type)) {
    const floats = data.values as ArrayLike<number>;
    need(floats, length);
    const text = [halfText, floatText, doubleText][type.precision];
    return json((i, out) => out.raw(text(floats[i])));
  }
  if (DataType.isDecimal(type)) {
    const words = data.values;
    const count = type.bitWidth / 32;
    need(words, length * count);
    const { scale } = type;
    return json((i, out) => out.raw(decimalText(wordsToBigInt(words, i * count, count), scale)));
  }
  return timeCells(data) ?? nestedCells(data);
}

/** Dates, times, durations and intervals. */
function timeCells({ type, length, values }: Data): Cells | null {
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

type Bounds = (i: number) => [number, number];

/** Offsets of variable-length values, checked: never falling, all inside the values. */
function offsetsOf(data: Data, size = (data.values as Uint8Array).length): Bounds {
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

function textCells(data: Data): Cells {
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
function binaryCells(bytes: Uint8Array, bounds: Bounds): Cells {
  return plain((i, out) => binary(bytes, ...bounds(i), out));
}

function binary(bytes: Uint8Array, start: number, end: number, out: Out): void {
  let control = false;
  for (let i = start; i < end && !control; i++) control = bytes[i] < 9 || (bytes[i] > 13 && bytes[i] < 32);
  if (!control && countUtf8(bytes.subarray(start, end), true).invalid === 0) out.text(bytes, start, end);
  else out.raw(`data:application/octet-stream;base64,${base64(bytes, start, end)}`);
}

function viewCells(data: Data, text: boolean): Cells {
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

function nestedCells(data: Data): Cells {
  const { type, length, children } = data;
  if (DataType.isDictionary(type)) return dictionaryCells(data);
  if (DataType.isList(type) || DataType.isLargeList(type)) {
    const bounds = offsetsOf(data, children[0]?.length ?? 0);
    return listCells(children[0], bounds);
  }
  if (DataType.isFixedSizeList(type)) {
    const size = type.listSize;
    if ((children[0]?.length ?? 0) < length * size) throw new BadBuffer('a list is too short');
    return listCells(children[0], (i) => [i * size, i * size + size]);
  }
  if (DataType.isStruct(type)) return structCells(data);
  if (DataType.isMap(type)) return mapCells(data);
  if (DataType.isUnion(type)) return unionCells(data);
  throw new BadBuffer(`columns of type ${String(type)} are not read`);
}

function listCells(child: Data, bounds: Bounds): Cells {
  const write = asJson(cellsOf(child));
  return json((i, out) => {
    const [start, end] = bounds(i);
    out.raw('[');
    for (let n = start; n < end; n++) {
      if (n > start) out.raw(',');
      write(n, out);
    }
    out.raw(']');
  });
}

function structCells({ type, length, children }: Data): Cells {
  const names = type.children.map((field: { name: string }) => field.name) as string[];
  const members = children.map((child, n) => {
    if (child.length < length) throw new BadBuffer('a struct is too short');
    return { name: names[n], write: asJson(cellsOf(child)) };
  });
  return json((i, out) => {
    out.raw('{');
    members.forEach(({ name, write }, n) => {
      if (n > 0) out.raw(',');
      out.quotedText(name);
      out.raw(':');
      write(i, out);
    });
    out.raw('}');
  });
}

/** A map with text keys is an object where no key occurs twice; any other a list of pairs. */
function mapCells(data: Data): Cells {
  const entries = data.children[0];
  const bounds = offsetsOf(data, entries?.length ?? 0);
  const keys = cellsOf(entries.children[0]);
  const [writeKey, writeValue] = entries.children.map((child) => asJson(cellsOf(child)));
  if (entries.children.length < 2) return listCells(entries, bounds);
  return json((i, out) => {
    const [start, end] = bounds(i);
    const begin = out.length;
    const seen = new Set<string>();
    let object = keys.kind === 'text';
    out.raw('{');
    for (let n = start; n < end && object; n++) {
      if (n > start) out.raw(',');
      const at = out.length;
      writeKey(n, out);
      const key = decoder.decode(out.bytes.subarray(at, out.length));
      object = keys.valid(n) && !seen.has(key);
      seen.add(key);
      out.raw(':');
      writeValue(n, out);
    }
    if (object) return out.raw('}');
    out.length = begin;
    out.raw('[');
    for (let n = start; n < end; n++) {
      out.raw(n > start ? ',[' : '[');
      writeKey(n, out);
      out.raw(',');
      writeValue(n, out);
      out.raw(']');
    }
    out.raw(']');
  });
}

function dictionaryCells(data: Data): Cells {
  const indices = data.values as ArrayLike<number | bigint>;
  need(indices, data.length);
  const parts = (data.dictionary as Vector | undefined)?.data ?? [];
  const cells = parts.map((part) => ({ length: part.length, ...cellsOf(part) }));
  const find = (i: number): [(typeof cells)[number], number] => {
    let at = Number(indices[i]);
    for (const part of cells) {
      if (at >= 0 && at < part.length) return [part, at];
      at -= part.length;
    }
    throw new BadBuffer('an index points outside its dictionary');
  };
  return {
    kind: cells.every((part) => part.kind === 'text') && cells.length > 0 ? 'text' : 'json',
    valid: (i) => {
      if (cells.length === 0) return false;
      const [part, at] = find(i);
      return part.valid(at);
    },
    write: (i, out) => {
      const [part, at] = find(i);
      part.write(at, out);
    },
  };
}

function unionCells(data: Data): Cells {
  const { typeIds, length, children } = data;
  const type = data.type as Union;
  need(typeIds, length);
  const byId = new Map<number, { length: number; cells: Cells; write: Write }>();
  const ids = [...type.typeIds];
  children.forEach((child, n) => {
    const cells = cellsOf(child);
    byId.set(ids[n] ?? n, { length: child.length, cells, write: asJson(cells) });
  });
  const dense = type.mode === 1;
  const offsets = data.valueOffsets as Int32Array;
  if (dense) need(offsets, length);
  const find = (i: number) => {
    const part = byId.get(typeIds[i]);
    const at = dense ? offsets[i] : i;
    if (!part || at < 0 || at >= part.length) throw new BadBuffer('a union points outside its children');
    return { part, at };
  };
  return {
    kind: 'json',
    valid: (i) => {
      const { part, at } = find(i);
      return part.cells.valid(at);
    },
    write: (i, out) => {
      const { part, at } = find(i);
      part.write(at, out);
    },
  };
}
