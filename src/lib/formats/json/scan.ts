import { Fault, Value } from './codes';
import { ValueScanner } from './values';

/** Scans records: objects, arrays and single values whose members are noted, so that they are read without a second look. */
export class Scanner extends ValueScanner {
  /** Members of the object (elements of the array) read last, five numbers each, as `object` says. */
  members = new Int32Array(5 * 32);
  count = 0;

  override aim(bytes: Uint8Array, data: DataView, end: number): void {
    super.aim(bytes, data, end);
    this.count = 0;
  }

  /**
   * An object from its `{`, with its members noted: for each the key's start and end (inside the quotes), the
   * value's start and end (inside the quotes of a string), and key escaped ? 8 : 0 plus the value's kind.
   */
  object(at: number): number {
    const b = this.bytes;
    this.count = this.escapes = 0;
    at = this.space(at + 1);
    if (b[at] === 0x7d && at < this.end) return at + 1;
    this.outer++;
    const end = this.membersFrom(at);
    this.outer--;
    this.sealEscapes();
    return end;
  }

  private membersFrom(at: number): number {
    const b = this.bytes;
    let n = 0;
    for (;;) {
      if (b[at] !== 0x22) return this.fail(Fault.KEY, at);
      if (n + 5 > this.members.length) this.grow();
      const m = this.members;
      m[n] = at + 1;
      if ((at = this.string(at + 1)) < 0) return -1;
      m[n + 1] = at - 1;
      const escaped = this.kind === Value.STRING ? 0 : 8;
      this.count = n / 5 + 1;
      if (b[at] === 0x3a) {
        at++;
        if (b[at] === 0x20) at++;
        if (b[at] <= 0x20) at = this.space(at);
      } else if ((at = this.colon(at)) < 0) return -1;
      if (b[at] === 0x22) {
        m[n + 2] = at + 1;
        if ((at = this.string(at + 1)) < 0) return -1;
        m[n + 3] = at - 1;
      } else {
        m[n + 2] = at;
        if ((at = this.value(at)) < 0) return -1;
        m[n + 3] = at;
      }
      m[n + 4] = this.kind + escaped;
      n += 5;
      if (b[at] <= 0x20) at = this.space(at);
      const c = b[at];
      if (c === 0x2c) {
        const next = this.space(at + 1);
        if (b[next] === 0x7d) return this.fail(Fault.TRAILING_COMMA, at);
        at = next;
      } else if (c === 0x7d && at < this.end) return at + 1;
      else return this.fail(Fault.COMMA_OBJECT, at);
    }
  }

  /** An array from its `[`, with its elements noted as `object` notes members (their keys are empty). */
  array(at: number): number {
    const b = this.bytes;
    this.count = this.escapes = 0;
    at = this.space(at + 1);
    if (b[at] === 0x5d && at < this.end) return at + 1;
    this.outer++;
    const end = this.elementsFrom(at);
    this.outer--;
    this.sealEscapes();
    return end;
  }

  /** A single value, noted as `array` would note its first element. */
  note(at: number): number {
    const string = this.bytes[at] === 0x22 ? 1 : 0;
    this.escapes = 0;
    const end = this.value(at);
    this.sealEscapes();
    this.members[2] = at + string;
    this.members[3] = end - string;
    this.members[4] = this.kind;
    return end;
  }

  private elementsFrom(at: number): number {
    const b = this.bytes;
    for (let n = 0; ; n += 5) {
      if (n + 5 > this.members.length) this.grow();
      const m = this.members;
      const string = b[at] === 0x22 ? 1 : 0;
      m[n] = m[n + 1] = 0;
      m[n + 2] = at + string;
      this.count = n / 5 + 1;
      if ((at = this.value(at)) < 0) return -1;
      m[n + 3] = at - string;
      m[n + 4] = this.kind;
      at = this.space(at);
      const c = b[at];
      if (c === 0x2c) {
        const next = this.space(at + 1);
        if (b[next] === 0x5d) return this.fail(Fault.TRAILING_COMMA, at);
        at = next;
      } else if (c === 0x5d && at < this.end) return at + 1;
      else return this.fail(Fault.COMMA_ARRAY, at);
    }
  }

  private grow(): void {
    const grown = new Int32Array(this.members.length * 2);
    grown.set(this.members);
    this.members = grown;
  }
}
