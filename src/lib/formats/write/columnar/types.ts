import {
  Bool,
  DateDay,
  Decimal,
  Field,
  Float32,
  Float64,
  Int16,
  Int32,
  Int64,
  Int8,
  List,
  Struct,
  Timestamp,
  TimeUnit,
  Uint16,
  Uint32,
  Uint64,
  Uint8,
  Utf8,
  type DataType,
} from 'apache-arrow';

const SIMPLE: Record<string, () => DataType> = {
  Utf8: () => new Utf8(),
  LargeUtf8: () => new Utf8(),
  Utf8View: () => new Utf8(),
  Bool: () => new Bool(),
  Int8: () => new Int8(),
  Int16: () => new Int16(),
  Int32: () => new Int32(),
  Int64: () => new Int64(),
  Uint8: () => new Uint8(),
  Uint16: () => new Uint16(),
  Uint32: () => new Uint32(),
  Uint64: () => new Uint64(),
  Float32: () => new Float32(),
  Float64: () => new Float64(),
  'Date32<DAY>': () => new DateDay(),
};

/**
 * The type whose text this is (as apache-arrow writes types), among those that are written again as they were: strings,
 * truth values, numbers, decimals, days, timestamps, lists and structs of these. A dictionary is its values' type, every list a plain list. Null for the
 * others.
 */
export function parseType(text: string): DataType | null {
  if (Object.hasOwn(SIMPLE, text)) return SIMPLE[text]();
  const [, precision, scale] = /^Decimal\[(\d{1,2})e([-+]?\d{1,3})\]$/.exec(text) ?? [];
  // The text does not say how many bits there are: 128 hold 38 digits.
  if (precision) return new Decimal(Number(scale), Number(precision), Number(precision) > 38 ? 256 : 128);
  const [, name, inner] = /^(\w+)(?:\[\d+\])?<(.*)>$/s.exec(text) ?? [];
  switch (name) {
    case 'List':
    case 'LargeList':
    case 'FixedSizeList':
      return listOf(inner);
    case 'Struct':
      return structOf(inner);
    case 'Dictionary':
      return parseType(parts(inner).slice(1).join(', '));
    case 'Timestamp':
      return timestampOf(inner);
    default:
      return null;
  }
}

function listOf(inner: string): DataType | null {
  const item = parseType(inner);
  return item && new List(new Field('item', item, true));
}

function structOf(inner: string): DataType | null {
  if (!inner.startsWith('{') || !inner.endsWith('}')) return null;
  const fields: Field[] = [];
  for (const member of parts(inner.slice(1, -1))) {
    const colon = topLevel(member, ':').at(-1);
    const type = colon === undefined ? null : parseType(member.slice(colon + 1));
    if (!type) return null;
    fields.push(new Field(member.slice(0, colon), type, true));
  }
  return fields.length > 0 && new Set(fields.map((field) => field.name)).size === fields.length
    ? new Struct(fields)
    : null;
}

function timestampOf(inner: string): DataType | null {
  const [unit, zone] = inner.split(', ');
  const at = ['SECOND', 'MILLISECOND', 'MICROSECOND', 'NANOSECOND'].indexOf(unit);
  return at < 0 ? null : new Timestamp(at as TimeUnit, zone);
}

/** A list parted at the commas outside all brackets. */
function parts(text: string): string[] {
  const cuts = topLevel(text, ',').filter((at) => text[at + 1] === ' ');
  return [...cuts, text.length].map((at, i) => text.slice(i === 0 ? 0 : cuts[i - 1] + 2, at));
}

/** Places of a character outside all brackets. */
function topLevel(text: string, char: string): number[] {
  const places: number[] = [];
  let depth = 0;
  for (let i = 0; i < text.length; i++) {
    if ('<{['.includes(text[i])) depth++;
    else if ('>}]'.includes(text[i])) depth--;
    else if (depth === 0 && text[i] === char) places.push(i);
  }
  return places;
}
