import { DataType, type Data } from 'apache-arrow';
import { BadBuffer, json, need, offsetsOf, type Cells } from './cell';
import { nestedCells } from './nested-cells';
import { decimalText, doubleText, floatText, halfText, wordsToBigInt } from './numbers';
import { binaryCells, textCells, viewCells } from './text-cells';
import { timeCells } from './time-cells';

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
  return timeCells(data) ?? nestedCells(data, cellsOf);
}
