import { RANGES } from './ranges';

/** What a code point is, as bits. */
export const LETTER = 1;
export const NUMBER = 2;
export const DECIMAL = 4;
export const MARK = 8;
export const UPPER = 16;
export const PUNCTUATION = 32;
export const HAN = 64;
export const KANA = 128;
export const HANGUL = 256;
export const LATIN = 512;
export const CYRILLIC = 1024;
export const ARABIC = 2048;
export const EMOJI = 4096;
/** Data-Juicer's special characters. */
export const SPECIAL = 8192;
export const SPACE = 16384;
/** C0 and C1 controls but tab, line feed and carriage return; zero-width and bidi characters; non-characters. */
export const INVISIBLE = 32768;
/** U+FFFD and lone surrogates: what is left of a wrong decoding. */
export const BROKEN = 65536;

const BITS: Record<keyof typeof RANGES, number> = {
  letter: LETTER,
  number: NUMBER,
  decimal: DECIMAL,
  mark: MARK,
  upper: UPPER,
  punctuation: PUNCTUATION,
  han: HAN,
  kana: KANA,
  hangul: HANGUL,
  latin: LATIN,
  cyrillic: CYRILLIC,
  arabic: ARABIC,
  emoji: EMOJI,
  special: SPECIAL,
};
const SPACES = [[0x09, 5], [0x20], [0x85], [0xa0], [0x1680], [0x2000, 11], [0x2028, 2], [0x202f], [0x205f], [0x3000]];
const INVISIBLES = [
  [0x00, 9],
  [0x0b, 2],
  [0x0e, 18],
  [0x7f, 33],
  [0xad],
  [0x61c],
  [0x180e],
  [0x200b, 5],
  [0x202a, 5],
  [0x2060, 5],
  [0x2066, 10],
  [0xfeff],
  [0xfff9, 3],
  [0xfffe, 2],
];

/** Code points below this have a class in the table; above are only Han and what is unassigned or private. */
const TABLE = 0x20000;

function forRanges(text: string, visit: (start: number, end: number) => void): void {
  let at = 0;
  for (const item of text.split(' ')) {
    const comma = item.indexOf(',');
    at += parseInt(comma < 0 ? item : item.slice(0, comma), 36);
    const length = comma < 0 ? 1 : parseInt(item.slice(comma + 1), 36);
    visit(at, at + length);
    at += length;
  }
}

function build() {
  const bits = new Uint32Array(TABLE);
  const set = (bit: number, start: number, end: number) => {
    for (let c = start; c < Math.min(end, TABLE); c++) bits[c] |= bit;
  };
  for (const [name, bit] of Object.entries(BITS))
    forRanges(RANGES[name as keyof typeof RANGES], (start, end) => set(bit, start, end));
  for (const [start, length] of SPACES) set(SPACE, start, start + (length ?? 1));
  for (const [start, length] of INVISIBLES) set(INVISIBLE, start, start + (length ?? 1));
  set(BROKEN, 0xfffd, 0xfffe);
  set(BROKEN, 0xd800, 0xe000);
  const classes = new Uint8Array(TABLE);
  const flags = new Uint32Array(256);
  const known = new Map<number, number>();
  for (let c = 0; c < 128; c++) {
    classes[c] = c;
    flags[c] = bits[c];
  }
  let next = 128;
  const classFor = (b: number): number => {
    let id = known.get(b);
    if (id === undefined) {
      id = next++;
      known.set(b, id);
      flags[id] = b;
    }
    return id;
  };
  for (let c = 128; c < TABLE; c++) classes[c] = classFor(bits[c]);
  const hanAbove = classFor(HAN | LETTER);
  const otherAbove = classFor(0);
  if (next > 256) throw new Error('more than 256 classes of characters');
  const lower = new Uint16Array(0x10000);
  for (let c = 0; c < 0x10000; c++) {
    lower[c] = c;
    if (bits[c] & UPPER) {
      const s = String.fromCharCode(c).toLowerCase();
      if (s.length === 1) lower[c] = s.charCodeAt(0);
    }
  }
  const above: [number, number][] = [];
  forRanges(RANGES.han, (start, end) => {
    if (start >= TABLE) above.push([start, end]);
  });
  return { classes, flags, lower, above, hanAbove, otherAbove, count: next };
}

const made = build();
/** Class of each code point below 0x20000. ASCII characters are classes of their own, with their code as id. */
export const CLASSES = made.classes;
/** Bits of each class. */
export const FLAGS = made.flags;
/** Classes in use: ids are below this. */
export const CLASS_COUNT = made.count;
/** Lower case of each UTF-16 unit (one unit to one unit). */
export const LOWER = made.lower;

/** Class of any code point. */
export function classOf(code: number): number {
  if (code < TABLE) return CLASSES[code];
  for (const [start, end] of made.above) if (code >= start && code < end) return made.hanAbove;
  return made.otherAbove;
}

/** Bits of a code point. */
export function flagsOf(code: number): number {
  return FLAGS[classOf(code)];
}
