/** Values of Arrow's integration files in their JSON form (format/Integration.rst of apache/arrow), for comparison. */
interface GoldenField {
  name: string;
  type: Record<string, unknown> & { name: string };
  children: GoldenField[];
  dictionary?: { id: number };
}
interface GoldenColumn {
  count: number;
  VALIDITY?: number[];
  DATA?: unknown[];
  OFFSET?: (number | string)[];
  TYPE_ID?: number[];
  VIEWS?: { SIZE: number; INLINED?: string; BUFFER_INDEX?: number; OFFSET?: number }[];
  VARIADIC_DATA_BUFFERS?: string[];
  children?: GoldenColumn[];
}
export interface Golden {
  schema: { fields: GoldenField[] };
  batches: { count: number; columns: GoldenColumn[] }[];
  dictionaries?: { id: number; data: { count: number; columns: GoldenColumn[] } }[];
}

/** What a value must be: a plain value, or a test of the text that was read. */
export type Expected = unknown;

export class Check {
  constructor(readonly holds: (value: unknown) => boolean) {}
}

const hexOf = (value: unknown): string => {
  const text = String(value);
  const data = /^data:application\/octet-stream;base64,(.*)$/.exec(text);
  return (data ? Buffer.from(data[1], 'base64') : Buffer.from(text)).toString('hex').toUpperCase();
};
const bytes = (hex: string) => new Check((value) => hexOf(value) === hex.toUpperCase());
const digits = (number: unknown) => new Check((value) => BigInt(String(value)) === BigInt(String(number)));
const SECOND: Record<string, bigint> = {
  SECOND: 1n,
  MILLISECOND: 1_000n,
  MICROSECOND: 1_000_000n,
  NANOSECOND: 1_000_000_000n,
};

/** Units since 1970 of an ISO text, by JavaScript's own calendar. */
function instant(text: string, perSecond: bigint): bigint {
  const [, date, clock = '00:00:00', fraction = ''] = /^([-+]?\d+-\d\d-\d\d)(?:T(\d\d:\d\d:\d\d)(?:\.(\d+))?)?Z?$/.exec(
    text,
  )!;
  const seconds = BigInt(Date.parse(`${date}T${clock}Z`)) / 1000n;
  return seconds * perSecond + (BigInt(fraction.padEnd(9, '0')) * perSecond) / 1_000_000_000n;
}

/** Whether JavaScript's Date reaches the instant, so that it can check it. */
const reachable = (units: bigint, perSecond: bigint) => {
  const seconds = units / perSecond;
  return seconds > -8_000_000_000_000n && seconds < 8_000_000_000_000n;
};

export function expected(golden: Golden, field: GoldenField, column: GoldenColumn, i: number): Expected {
  const { type, children } = field;
  const kids = column.children ?? [];
  const data = column.DATA?.[i];
  const nested = (n: number, at: number) => expected(golden, children[n], kids[n], at);
  if (type.name !== 'union' && column.VALIDITY && !column.VALIDITY[i]) return null;
  if (field.dictionary) {
    const dictionary = golden.dictionaries!.find((d) => d.id === field.dictionary!.id)!;
    return expected(golden, { ...field, dictionary: undefined }, dictionary.data.columns[0], Number(data));
  }
  const range = (): [number, number] => [Number(column.OFFSET![i]), Number(column.OFFSET![i + 1])];
  switch (type.name) {
    case 'null':
      return null;
    case 'int':
    case 'duration':
      return digits(data);
    case 'floatingpoint':
      return new Check((value) => near(Number(value), Number(data), String(type.precision)));
    case 'bool':
      return Boolean(data);
    case 'utf8':
    case 'largeutf8':
      return data;
    case 'binary':
    case 'largebinary':
    case 'fixedsizebinary':
      return bytes(String(data));
    case 'utf8view':
    case 'binaryview': {
      const view = column.VIEWS![i];
      const { SIZE, INLINED, BUFFER_INDEX = 0, OFFSET = 0 } = view;
      if (INLINED !== undefined) return type.name === 'utf8view' ? INLINED : bytes(INLINED);
      return bytes(column.VARIADIC_DATA_BUFFERS![BUFFER_INDEX].slice(OFFSET * 2, (OFFSET + SIZE) * 2));
    }
    case 'decimal': {
      const scale = Number(type.scale);
      return new Check((value) => {
        const [whole, fraction = ''] = String(value).split('.');
        return fraction.length === scale && BigInt(whole + fraction) === BigInt(String(data));
      });
    }
    case 'date': {
      const per = type.unit === 'DAY' ? 1n : 1_000n;
      const units = BigInt(String(data)) * (type.unit === 'DAY' ? 86_400n : 1n);
      return new Check((value) => !reachable(units, per) || instant(String(value), per) === units);
    }
    case 'timestamp': {
      const per = SECOND[String(type.unit)];
      const units = BigInt(String(data));
      return new Check((value) => !reachable(units, per) || instant(String(value), per) === units);
    }
    case 'time': {
      const per = SECOND[String(type.unit)];
      return new Check((value) => instant(`1970-01-01T${String(value)}`, per) === BigInt(String(data)));
    }
    case 'interval': {
      if (type.unit === 'YEAR_MONTH') return { months: digits(data) };
      const parts = Object.entries(data as Record<string, number>);
      // JSON.parse has rounded the nanoseconds of the golden file.
      return Object.fromEntries(parts.map(([key, value]) => [key, new Check((v) => Number(v) === value)]));
    }
    case 'list':
    case 'largelist':
    case 'fixedsizelist': {
      const size = Number(type.listSize);
      const [start, end] = type.name === 'fixedsizelist' ? [i * size, i * size + size] : range();
      return Array.from({ length: end - start }, (_, n) => nested(0, start + n));
    }
    case 'struct':
      return Object.fromEntries(children.map((child, n) => [child.name, nested(n, i)]));
    case 'map': {
      const [start, end] = range();
      const names = children[0].children.map((child) => child.name);
      const entries = Array.from({ length: end - start }, (_, n) => {
        const entry = nested(0, start + n) as Record<string, unknown>;
        return [entry[names[0]], entry[names[1]]] as [unknown, unknown];
      });
      const keys = entries.map(([key]) => key);
      const object = children[0].children[0].type.name === 'utf8' && new Set(keys).size === keys.length;
      return object ? Object.fromEntries(entries as [string, unknown][]) : entries;
    }
    case 'union': {
      const id = column.TYPE_ID![i];
      const n = (type.typeIds as number[]).indexOf(id);
      return nested(n, type.mode === 'DENSE' ? Number(column.OFFSET![i]) : i);
    }
    default:
      throw new Error(`no golden value for ${type.name}`);
  }
}

function near(a: number, b: number, precision: string): boolean {
  if (precision === 'DOUBLE') return a === b;
  if (precision === 'SINGLE') return Math.fround(a) === Math.fround(b);
  return Math.abs(a - b) <= Math.abs(b) * 2 ** -10 || a === b;
}

/** Whether a value that was read is what is expected. */
export function agrees(value: unknown, want: Expected): boolean {
  if (want instanceof Check) return want.holds(value);
  if (Array.isArray(want))
    return Array.isArray(value) && value.length === want.length && want.every((w, i) => agrees(value[i], w));
  if (want !== null && typeof want === 'object') {
    const object = (value ?? {}) as Record<string, unknown>;
    return Object.entries(want).every(([key, w]) => agrees(object[key] ?? null, w));
  }
  return value === want;
}

/** Parses JSON text with its numbers as strings, so that no digit is lost. */
export function parseExact(text: string): unknown {
  const token = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?/g;
  return JSON.parse(text.replace(token, (found) => (found.startsWith('"') ? found : `"${found}"`)));
}
