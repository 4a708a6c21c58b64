import { lowerOf } from './lexicon';
import { CLASSES, FLAGS, HAN, INVISIBLE, KANA, LETTER, MARK, NUMBER, DECIMAL, SPACE, classOf } from './unicode';

/** What is the same in two texts that are compared: each true lets one kind of difference not count. */
export interface Likeness {
  /** Upper and lower case are one. */
  case: boolean;
  /** Full-width letters, digits and signs are their plain forms. */
  width: boolean;
  /** Only letters, digits and the marks on them count; punctuation, symbols and emoji do not, unless there is nothing else. */
  punctuation: boolean;
  /** Every number is 0 (datatrove's MinHash does this). */
  numbers: boolean;
}

const WORD = LETTER | NUMBER;
const SIGN = HAN | KANA;

/** Units for which room is kept from one text to the next. */
const LARGE = 1 << 18;

/** Where a unit comes from a script without spaces: one character. */
export const CHARACTER = 1;

/**
 * A text as comparable units. Where Han characters and kana are at least as many as the other words, every letter and digit is a unit
 * (kind CHARACTER), Latin ones among the Chinese too. Elsewhere every run of letters and digits is one, and a Han character or kana
 * among them is one of kind CHARACTER. Where punctuation counts, every other character that is not white space is a unit too.
 * Zero-width and control characters are not there. A unit is two independent 32-bit hashes of its characters. Reused text after
 * text: arrays keep their room.
 */
export class Units {
  count = 0;
  low = new Int32Array(256);
  high = new Int32Array(256);
  kinds = new Uint8Array(256);
  #signs = 0;
  #words = 0;

  /** @param together words stay whole in Chinese texts too, so that a passage has the same units wherever it stands */
  read(text: string, likeness: Likeness, together = false): this {
    if (this.low.length < text.length) this.#grow(Math.max(text.length, Math.min(2 * text.length, LARGE)));
    // After a text of a megabyte its room is given back.
    else if (this.low.length > LARGE && text.length * 8 < this.low.length) this.#grow(LARGE);
    this.#scan(text, likeness, false, !likeness.punctuation);
    if (!together && this.#signs > 0 && this.#signs >= this.#words)
      this.#scan(text, likeness, true, !likeness.punctuation);
    else if (this.count === 0 && likeness.punctuation) this.#scan(text, likeness, false, true);
    return this;
  }

  /** @param apart every letter and digit is a unit @param others punctuation and symbols are units */
  #scan(text: string, likeness: Likeness, apart: boolean, others: boolean): void {
    const { low, high, kinds } = this;
    const lower = likeness.case;
    const plain = likeness.width;
    const zero = likeness.numbers;
    const length = text.length;
    let count = 0;
    let signs = 0;
    let words = 0;
    let inWord = false;
    let inNumber = false;
    let a = 0;
    let b = 0;
    for (let i = 0; i < length; i++) {
      let code = text.charCodeAt(i);
      if (code >= 0xd800) {
        if (code < 0xdc00 && i + 1 < length && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00)
          code = ((code - 0xd800) << 10) + text.charCodeAt(++i) - 0xdc00 + 0x10000;
        else if (plain && code >= 0xff01 && code <= 0xff5e) code -= 0xfee0;
      }
      const flags = FLAGS[code < 0x20000 ? CLASSES[code] : classOf(code)];
      if (flags & INVISIBLE) continue;
      const sign = (flags & SIGN) !== 0;
      const inside: boolean = !sign && ((flags & WORD) !== 0 || (inWord && (flags & MARK) !== 0));
      if (inside && zero && flags & DECIMAL) {
        if (inNumber) continue;
        inNumber = true;
        code = 0x30;
      } else {
        inNumber = false;
        if (lower) code = lowerOf(code);
      }
      if (inside && !apart) {
        if (!inWord) {
          inWord = true;
          a = FIRST;
          b = SECOND;
        }
        a = Math.imul(a ^ code, 0x01000193);
        b = Math.imul((b << 5) ^ (b >>> 27) ^ code, 0x5bd1e995);
        continue;
      }
      if (inWord && !apart) {
        words++;
        low[count] = mixed(a);
        high[count] = mixed(b);
        kinds[count++] = 0;
      }
      inWord = inside;
      if (!inside && !sign && (!others || flags & SPACE)) continue;
      if (sign) signs++;
      low[count] = mixed(Math.imul(FIRST ^ code, 0x01000193));
      high[count] = mixed(Math.imul((SECOND << 5) ^ (SECOND >>> 27) ^ code, 0x5bd1e995));
      kinds[count++] = sign || apart ? CHARACTER : 0;
    }
    if (inWord && !apart) {
      words++;
      low[count] = mixed(a);
      high[count] = mixed(b);
      kinds[count++] = 0;
    }
    this.count = count;
    this.#signs = signs;
    this.#words = words;
  }

  #grow(size: number): void {
    this.low = new Int32Array(size);
    this.high = new Int32Array(size);
    this.kinds = new Uint8Array(size);
  }
}

const FIRST = 0x811c9dc5 | 0;
const SECOND = 0x2f0b4c47;

/** MurmurHash3's 32-bit finaliser: every bit of the result depends on every bit given. */
export function mixed(hash: number): number {
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
