import { DataType, Field, Float64, Int64, List, Struct } from 'apache-arrow';
import { numberShape, type FieldShape } from '../shapes';
import { isExact, type ValueShape } from '../value-shape';
import type { CellColumn } from './cell';
import { DecimalColumn } from './decimal';
import { BoolColumn, LongColumn, NumberColumn, TextColumn, type Numbers } from './flat';
import { ListColumn, StructColumn } from './nested';
import { daysOf, TimestampColumn } from './time';
import { parseType } from './types';

/** How a field's column is chosen, beside its shape. */
export interface Choice {
  /** Steps may turn its values into other texts. */
  rewritten?: boolean;
  /** It holds the tools that may be called. */
  tools?: boolean;
}

/**
 * The column that keeps a field's values best: the source's own type where it can be written, else the
 * narrowest that loses no digit. Lists and
 * objects become lists and structs, an object's missing keys null, wherever their shapes agree (see `join`). Where they
 * do not, the value (of the field, or of the key inside) is its JSON text, a string as it stands. Tools whose columns
 * would not give them back exactly are JSON text as a whole: a schema with keys it never had is another schema, and
 * LLaMA-Factory and TRL both take tools as JSON text.
 */
export function columnFor(shape: FieldShape, { rewritten, tools }: Choice = {}): CellColumn {
  if (rewritten) return new TextColumn();
  if (shape.arrowType !== null && shape.arrowType !== 'Null') {
    const type = parseType(shape.arrowType);
    if (type) return columnOf(type);
    // A map's keys are data.
    if (shape.arrowType.includes('Map<')) return new TextColumn();
  }
  return tools && !isExact(shape) ? new TextColumn() : inferred(shape);
}

function inferred({ type, item, members }: ValueShape): CellColumn {
  switch (type) {
    case 'bool':
      return columnOf(parseType('Bool')!);
    case 'int':
    case 'long':
      return columnOf(new Int64());
    case 'float':
      return new NumberColumn(new Float64(), (count) => new Float64Array(count), exactDouble);
    case 'list': {
      const child = inferred(item!);
      return new ListColumn(new List(new Field('item', child.type, true)), child);
    }
    case 'struct': {
      // Parquet has no struct without fields.
      if (members!.size === 0) return new TextColumn();
      const columns = [...members!].map(([name, { shape }]) => ({ name, column: inferred(shape) }));
      const type = new Struct(columns.map(({ name, column }) => new Field(name, column.type, true)));
      return new StructColumn(
        type,
        columns.map(({ column }) => column),
      );
    }
    default:
      return new TextColumn();
  }
}

/** A column of that type; `parseType` names the types there are. */
function columnOf(type: DataType): CellColumn {
  if (DataType.isBool(type)) return new BoolColumn(type);
  if (DataType.isInt(type)) {
    const { bitWidth, isSigned } = type;
    const low = isSigned ? -(2n ** BigInt(bitWidth - 1)) : 0n;
    const high = 2n ** BigInt(isSigned ? bitWidth - 1 : bitWidth) - 1n;
    if (bitWidth === 64)
      return new LongColumn(
        type,
        (count) => (isSigned ? new BigInt64Array(count) : new BigUint64Array(count)),
        low,
        high,
      );
    return new NumberColumn(type, (count) => new INTS[`${type}`](count), range(Number(low), Number(high)));
  }
  if (DataType.isFloat(type))
    return new NumberColumn(
      type,
      (count) => (type.precision === 1 ? new Float32Array(count) : new Float64Array(count)),
      anyNumber,
    );
  if (DataType.isDecimal(type)) return new DecimalColumn(type);
  if (DataType.isDate(type)) return new NumberColumn(type, (count) => new Int32Array(count), null, daysOf);
  if (DataType.isTimestamp(type)) return new TimestampColumn(type);
  if (DataType.isList(type)) return new ListColumn(type, columnOf(type.valueType as DataType));
  if (DataType.isStruct(type))
    return new StructColumn(
      type,
      type.children.map((field) => columnOf(field.type as DataType)),
    );
  return new TextColumn();
}

const INTS: Record<string, new (count: number) => Numbers> = {
  Int8: Int8Array,
  Int16: Int16Array,
  Int32: Int32Array,
  Uint8: Uint8Array,
  Uint16: Uint16Array,
  Uint32: Uint32Array,
};
const range = (low: number, high: number) => (text: string) =>
  /^-?\d+$/.test(text) && Number(text) >= low && Number(text) <= high;
const exactDouble = (text: string) => {
  const shape = numberShape(text);
  return shape === 'float' || shape === 'int';
};
const anyNumber = (text: string) => Number.isFinite(Number(text));
