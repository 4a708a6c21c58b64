import { decodeUtf8 } from '$lib/record/bytes';
import { join, numberShape, type ValueShape } from './value-shape';

/**
 * Tells whether values have a shape already, in one pass over their bytes: of a dataset's values nearly all do, and only
 * the others are taken apart. The bytes must be valid JSON.
 */
export class Fitting {
  #bytes: Uint8Array = new Uint8Array(0);
  #at = 0;
  #end = 0;
  #objects = 0;
  #keys = new WeakMap<NonNullable<ValueShape['members']>, Key[]>();

  /** Whether joining the JSON value in `[start, end)` to the shape would leave the shape as it is. */
  fits(shape: ValueShape, bytes: Uint8Array, start: number, end: number): boolean {
    this.#bytes = bytes;
    this.#at = start;
    this.#end = end;
    return this.#value(shape);
  }

  /** Moves behind the value while all of it fits. */
  #value(shape: ValueShape): boolean {
    const first = this.#bytes[this.#at];
    if (shape.type === 'json') return this.#skip();
    if (first === 0x22) return shape.type === 'text' && this.#string();
    if (first === 0x5b) return shape.type === 'list' && this.#list(shape.item!);
    if (first === 0x7b) return shape.type === 'struct' && this.#struct(shape);
    const text = this.#scalar();
    if (text === 'null') return true;
    if (text === 'true' || text === 'false') return shape.type === 'bool';
    return text.length <= 40 && join(shape, { type: numberShape(text) }).type === shape.type;
  }

  #list(item: ValueShape): boolean {
    this.#at++;
    while (this.#next() !== 0x5d) {
      if (!this.#value(item)) return false;
      if (this.#next() === 0x2c) this.#at++;
    }
    this.#at++;
    return true;
  }

  #struct({ members, bare }: ValueShape): boolean {
    const keys = this.#keysOf(members!);
    const object = ++this.#objects;
    let seen = 0;
    this.#at++;
    for (let guess = 0; this.#next() !== 0x7d; guess++) {
      const key = this.#isKey(keys[guess]) ? keys[guess] : this.#find(keys);
      if (!key) return false;
      if (key.object !== object) seen++;
      key.object = object;
      this.#next();
      this.#at++;
      this.#next();
      if (!this.#value(key.shape)) return false;
      if (this.#next() === 0x2c) this.#at++;
    }
    this.#at++;
    if (seen === keys.length) return true;
    return seen === 0 ? bare === true : keys.every((key) => !key.always || key.object === object);
  }

  #keysOf(members: NonNullable<ValueShape['members']>): Key[] {
    let keys = this.#keys.get(members);
    if (!keys) {
      keys = [...members].map(([name, member]) => ({
        ...member,
        name,
        bytes: encoder.encode(JSON.stringify(name)),
        object: 0,
      }));
      this.#keys.set(members, keys);
    }
    return keys;
  }

  /** Whether this key stands here, written so; if it does, moves behind it. */
  #isKey(key: Key | undefined): boolean {
    if (!key) return false;
    const { bytes } = key;
    for (let i = 0; i < bytes.length; i++) if (this.#bytes[this.#at + i] !== bytes[i]) return false;
    this.#at += bytes.length;
    return true;
  }

  /** Moves behind the key that stands here; which of these it is. */
  #find(keys: readonly Key[]): Key | undefined {
    const start = this.#at;
    this.#string();
    const name = JSON.parse(decodeUtf8(this.#bytes, start, this.#at)) as string;
    return keys.find((key) => key.name === name);
  }

  /** Moves behind white space; the byte there. */
  #next(): number {
    const bytes = this.#bytes;
    let code = bytes[this.#at];
    while (code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09) code = bytes[++this.#at];
    return code;
  }

  /** Moves behind the string that begins here. */
  #string(): true {
    const bytes = this.#bytes;
    for (let at = this.#at; ;) {
      at = bytes.indexOf(0x22, at + 1);
      let before = at;
      while (bytes[before - 1] === 0x5c) before--;
      if ((at - before) % 2 === 0) {
        this.#at = at + 1;
        return true;
      }
    }
  }

  /** Moves behind the number or literal that begins here; its text. */
  #scalar(): string {
    const bytes = this.#bytes;
    const start = this.#at;
    let at = start;
    while (at < this.#end && !ENDS.has(bytes[at])) at++;
    this.#at = at;
    return decodeUtf8(bytes, start, at);
  }

  /** Moves behind the value that begins here, whatever it is. */
  #skip(): true {
    let open = 0;
    do {
      const code = this.#bytes[this.#at];
      if (code === 0x22) this.#string();
      else {
        if (code === 0x5b || code === 0x7b) open++;
        else if (code === 0x5d || code === 0x7d) open--;
        this.#at++;
      }
    } while (open > 0 || (this.#at < this.#end && !ENDS.has(this.#bytes[this.#at])));
    return true;
  }
}

/** A struct's key while values are looked at. */
interface Key {
  name: string;
  /** As JSON writes it with the fewest escapes. */
  bytes: Uint8Array;
  shape: ValueShape;
  always: boolean;
  /** The number of the object it was last seen in. */
  object: number;
}

const encoder = new TextEncoder();

/** Bytes at which a number or literal is over. */
const ENDS = new Set([0x2c, 0x5d, 0x7d, 0x20, 0x0a, 0x0d, 0x09]);
