/** Values a block holds. */
const BLOCK = 1 << 16;
const NONE8 = 0xff;
const NONE16 = 0xffff;

type Block = Uint8Array | Uint16Array | Float32Array;

/**
 * A float32 column that comes in order of place and is kept in the least room that loses nothing: a full block of whole
 * numbers takes one or two bytes a record, any other four.
 */
export class CompactFloats {
  readonly #full: Block[] = [];
  #open = new Float32Array(BLOCK);
  #used = 0;

  /** @throws Error where a piece does not follow the one before */
  add(first: number, values: Float32Array): void {
    const length = this.#full.length * BLOCK + this.#used;
    if (first !== length) throw new Error(`expected values from place ${length}, got ${first}`);
    for (let from = 0; from < values.length;) {
      const to = Math.min(values.length, from + BLOCK - this.#used);
      this.#open.set(values.subarray(from, to), this.#used);
      this.#used += to - from;
      from = to;
      if (this.#used < BLOCK) continue;
      const packed = pack(this.#open);
      if (packed === this.#open) this.#open = new Float32Array(BLOCK);
      this.#full.push(packed);
      this.#used = 0;
    }
  }

  /** All values, as a new array each time. */
  expand(): Float32Array {
    const all = new Float32Array(this.#full.length * BLOCK + this.#used);
    this.#full.forEach((block, i) => unpack(block, all.subarray(i * BLOCK)));
    all.set(this.#open.subarray(0, this.#used), this.#full.length * BLOCK);
    return all;
  }
}

/** The block itself where it is not of small whole numbers (−0 is none). */
function pack(values: Float32Array): Block {
  let most = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value !== value) continue;
    if (!(value >= 0 && value < NONE16) || value % 1 !== 0 || Object.is(value, -0)) return values;
    if (value > most) most = value;
  }
  const [packed, none] = most < NONE8 ? [new Uint8Array(BLOCK), NONE8] : [new Uint16Array(BLOCK), NONE16];
  for (let i = 0; i < values.length; i++) packed[i] = values[i] !== values[i] ? none : values[i];
  return packed;
}

function unpack(block: Block, into: Float32Array): void {
  if (block instanceof Float32Array) into.set(block);
  else {
    const none = block instanceof Uint8Array ? NONE8 : NONE16;
    for (let i = 0; i < BLOCK; i++) into[i] = block[i] === none ? NaN : block[i];
  }
}
