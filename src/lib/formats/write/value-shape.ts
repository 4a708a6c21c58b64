import { elements, members } from '$lib/record/rawjson';

/**
 * What values are: `empty` (none), `text`, `bool`, `int` (whole, a double gives its digits back), `long` (whole, 64 bits
 * hold it), `float` (a double keeps every digit), `list` and `struct` (of values that agree), `json` (anything else or a
 * mixture).
 */
export type ShapeType = 'empty' | 'text' | 'bool' | 'int' | 'long' | 'float' | 'list' | 'struct' | 'json';

/** What values are together, and what they hold. Plain data: it crosses between threads. */
export interface ValueShape {
  type: ShapeType;
  /** Of a list: what its items are together. */
  item?: ValueShape;
  /** Of a struct: its keys in order of first appearance. */
  members?: ReadonlyMap<string, Member>;
  /** Of a struct: whether one of the objects has no key at all. */
  bare?: boolean;
}

interface Member {
  shape: ValueShape;
  /** Whether every object that has keys has this one (null counts). */
  always: boolean;
}

/** Nesting and keys beyond these are no columns. */
const DEPTH = 16;
const MEMBERS = 256;

const EMPTY: ValueShape = { type: 'empty' };
const JSON_TEXT: ValueShape = { type: 'json' };

/** The shape of one value's JSON text. */
export function shapeOfJson(json: string, depth = 0): ValueShape {
  const first = json[0];
  if (first === '"') return { type: 'text' };
  if (first === 'n') return EMPTY;
  if (first === 't' || first === 'f') return { type: 'bool' };
  if (first !== '[' && first !== '{') return { type: json.length > 40 ? 'json' : numberShape(json) };
  if (depth === DEPTH) return JSON_TEXT;
  if (first === '[')
    return listOf(elements(json).reduce((shape, item) => join(shape, shapeOfJson(item, depth + 1)), EMPTY));
  const found = new Map<string, Member>();
  for (const [key, value] of members(json)) found.set(key, { shape: shapeOfJson(value, depth + 1), always: true });
  return structOf(found, found.size === 0);
}

/**
 * The narrowest shape that holds both, in whatever order and grouping values are joined. Structs take the keys of both.
 * They do not agree, and are `json`, where no key is common to all objects that have any (then keys are data, as in a
 * dictionary by name), or where the keys are more than 256. Lists whose items do not agree are `json` as a whole.
 */
export function join(a: ValueShape, b: ValueShape): ValueShape {
  if (b.type === 'empty') return a;
  if (a.type === 'empty') return b;
  if (a.type === 'list' && b.type === 'list') return listOf(join(a.item!, b.item!));
  if (a.type === 'struct' && b.type === 'struct')
    return structOf(joinMembers(a.members!, b.members!), Boolean(a.bare || b.bare));
  if (a.type === b.type) return a;
  const both = [a.type, b.type].sort().join(' ');
  if (both === 'float int') return { type: 'float' };
  return both === 'int long' ? { type: 'long' } : JSON_TEXT;
}

function joinMembers(a: ReadonlyMap<string, Member>, b: ReadonlyMap<string, Member>): ReadonlyMap<string, Member> {
  if (a.size === 0) return b;
  if (b.size === 0) return a;
  const out = new Map<string, Member>();
  for (const [key, { shape, always }] of a) {
    const other = b.get(key);
    out.set(
      key,
      other ? { shape: join(shape, other.shape), always: always && other.always } : { shape, always: false },
    );
  }
  for (const [key, { shape }] of b) if (!a.has(key)) out.set(key, { shape, always: false });
  return out;
}

const listOf = (item: ValueShape): ValueShape => (item.type === 'json' ? JSON_TEXT : { type: 'list', item });

function structOf(found: ReadonlyMap<string, Member>, bare: boolean): ValueShape {
  const common = found.size === 0 || [...found.values()].some(({ always }) => always);
  if (!common || found.size > MEMBERS || ![...found.keys()].every(nameable)) return JSON_TEXT;
  return { type: 'struct', members: found, bare };
}

/** Whether a column may have that name: names are UTF-8, which a lone surrogate is not. */
const nameable = (key: string) => key !== '' && !/\p{Surrogate}/u.test(key);

/** Whether a column of this shape gives every value back as it was: no JSON text inside, no key that only some have. */
export function isExact({ type, item, members, bare }: ValueShape): boolean {
  if (type === 'list') return isExact(item!);
  if (type !== 'struct') return type !== 'json';
  return !bare && [...members!.values()].every(({ shape, always }) => always && isExact(shape));
}

/** Shape of a JSON number's text. */
export function numberShape(text: string): ShapeType {
  const whole = /^-?\d{1,19}$/.test(text) && text !== '-0';
  if (whole && text.length <= 15) return 'int';
  const value = Number(text);
  const kept = Number.isFinite(value) && digits(text) === digits(String(value));
  if (whole) {
    const big = BigInt(text);
    if (BigInt.asIntN(64, big) === big) return kept ? 'int' : 'long';
  }
  return kept ? 'float' : 'json';
}

/** A number's significant digits with the power of ten of the last one: equal for `1.50e3` and `1500`. */
function digits(text: string): string {
  const match = /^(-?)(\d+)(?:\.(\d*))?(?:[eE]([-+]?\d+))?$/.exec(text);
  if (!match) return text;
  const fraction = match[3] ?? '';
  const all = (match[2] + fraction).replace(/^0+/, '');
  const significant = all.replace(/0+$/, '');
  if (significant === '') return '0';
  return `${match[1]}${significant}e${Number(match[4] ?? 0) - fraction.length + all.length - significant.length}`;
}
