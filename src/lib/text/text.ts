import { Lines } from './lines';
import { CLASSES, CLASS_COUNT, FLAGS, classOf } from './unicode';
import { Words } from './words';

/** Characters for which room is kept from one text to the next. */
const LARGE = 1 << 18;

/**
 * One text with everything that several columns ask of it, each computed once and only when asked. Offsets inside count
 * code points. A Text is reused record after record (`reset`) and keeps its arrays.
 */
export class Text {
  value = '';
  private scanned = false;
  private wordsDone = false;
  private linesDone = false;
  private codeBuffer = new Uint32Array(1024);
  private classBuffer = new Uint8Array(1024);
  private readonly counts = new Uint32Array(256);
  private readonly sums = new Uint32Array(32);
  private summed = false;
  private size = 0;
  private astral = false;
  private wordList = new Words();
  private lineList = new Lines();

  constructor(value = '') {
    this.value = value;
  }

  reset(value: string): this {
    this.value = value;
    if (this.codeBuffer.length > LARGE && value.length * 8 < this.codeBuffer.length) this.shrink();
    this.scanned = this.summed = this.wordsDone = this.linesDone = false;
    return this;
  }

  /** After a text of a megabyte its room is given back. */
  private shrink(): void {
    this.codeBuffer = new Uint32Array(1024);
    this.classBuffer = new Uint8Array(1024);
    this.wordList = new Words();
    this.lineList = new Lines();
  }

  private scan(): void {
    if (this.scanned) return;
    this.scanned = true;
    const { value, counts } = this;
    const units = value.length;
    if (this.codeBuffer.length < units) {
      this.codeBuffer = new Uint32Array(units * 2);
      this.classBuffer = new Uint8Array(units * 2);
    }
    const codes = this.codeBuffer;
    const classes = this.classBuffer;
    counts.fill(0, 0, CLASS_COUNT);
    let n = 0;
    for (let i = 0; i < units; i++) {
      let code = value.charCodeAt(i);
      let kind: number;
      if ((code & 0xfc00) === 0xd800 && i + 1 < units && (value.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
        code = ((code - 0xd800) << 10) + value.charCodeAt(++i) - 0xdc00 + 0x10000;
        kind = classOf(code);
      } else kind = CLASSES[code];
      codes[n] = code;
      classes[n++] = kind;
      counts[kind]++;
    }
    this.size = n;
    this.astral = n !== units;
  }

  /** Characters: Unicode code points (a lone surrogate counts as one). */
  get length(): number {
    this.scan();
    return this.size;
  }

  /** Code points; valid below `length`. */
  get codes(): Uint32Array {
    this.scan();
    return this.codeBuffer;
  }

  /** Class of each code point (see unicode.ts); valid below `length`. */
  get classes(): Uint8Array {
    this.scan();
    return this.classBuffer;
  }

  /** True where some character takes two UTF-16 units. */
  get hasAstral(): boolean {
    this.scan();
    return this.astral;
  }

  /** How often an ASCII character (by code) stands in the text. */
  countOf(ascii: number): number {
    this.scan();
    return this.counts[ascii];
  }

  /** Characters below U+0080. */
  get ascii(): number {
    this.scan();
    let sum = 0;
    for (let k = 0; k < 128; k++) sum += this.counts[k];
    return sum;
  }

  get asciiLetters(): number {
    this.scan();
    let sum = 0;
    for (let k = 65; k < 91; k++) sum += this.counts[k] + this.counts[k + 32];
    return sum;
  }

  /** ASCII digits. */
  get digits(): number {
    this.scan();
    let sum = 0;
    for (let k = 48; k < 58; k++) sum += this.counts[k];
    return sum;
  }

  /** Characters that have any of these bits. */
  count(bits: number): number {
    this.scan();
    if (!this.summed) this.sum();
    if ((bits & (bits - 1)) === 0) return this.sums[31 - Math.clz32(bits)];
    const { counts } = this;
    let sum = 0;
    for (let k = 0; k < CLASS_COUNT; k++) if (FLAGS[k] & bits) sum += counts[k];
    return sum;
  }

  private sum(): void {
    this.summed = true;
    const { counts, sums } = this;
    sums.fill(0);
    for (let k = 0; k < CLASS_COUNT; k++) {
      const n = counts[k];
      if (n) for (let f = FLAGS[k]; f; f &= f - 1) sums[31 - Math.clz32(f & -f)] += n;
    }
  }

  /** Share of characters with any of these bits; NaN for an empty text. */
  share(bits: number): number {
    return this.count(bits) / this.length;
  }

  get words(): Words {
    if (!this.wordsDone) {
      this.wordsDone = true;
      this.wordList.read(this.codes, this.classes, this.length);
    }
    return this.wordList;
  }

  /** Characters of the longest run of letters and digits outside Han (a cheap sign of keys and codes). */
  get longestRun(): number {
    const { words } = this;
    let most = 0;
    for (let w = 0; w < words.count; w++) most = Math.max(most, words.ends[w] - words.starts[w]);
    return most;
  }

  get lines(): Lines {
    if (!this.linesDone) {
      this.linesDone = true;
      this.lineList.read(this.codes, this.classes, this.length);
    }
    return this.lineList;
  }
}
