import type { Coded } from './types';

type Numbers = Float32Array | Float64Array | BigUint64Array | Int32Array | Uint8Array | Uint32Array;

/** Values a block holds. */
const BLOCK = 1 << 16;

/**
 * One array whose length is not known yet, filled piece by piece in any order. It grows by blocks: pieces are copied, so that
 * what they came in can be freed, and nothing is ever copied twice but once at the end.
 */
export class Gather<T extends Numbers> {
  #blocks: T[] = [];
  #joined: T | null = null;

  /** @param fill what places hold that no piece covers */
  constructor(
    readonly make: (length: number) => T,
    readonly fill: number | null = null,
  ) {}

  /** `first` is the place of the piece's first value. */
  add(first: number, values: T): void {
    if (this.#joined !== null) this.#split();
    let from = 0;
    while (from < values.length) {
      const place = first + from;
      const start = place % BLOCK;
      const to = Math.min(values.length, from + BLOCK - start);
      (this.#block(Math.floor(place / BLOCK)) as Float32Array).set(values.subarray(from, to) as Float32Array, start);
      from = to;
    }
  }

  /** All values; nothing is held twice afterwards. */
  join(length: number): T {
    if (this.#joined?.length === length) return this.#joined;
    if (this.#joined !== null) this.#split();
    const all = this.#filled(length);
    this.#blocks.forEach((block, i) => {
      const rest = length - i * BLOCK;
      (all as Float32Array).set(
        (rest < BLOCK ? block.subarray(0, Math.max(0, rest)) : block) as Float32Array,
        i * BLOCK,
      );
    });
    this.#blocks = [];
    return (this.#joined = all);
  }

  #block(index: number): T {
    while (this.#blocks.length <= index) this.#blocks.push(this.#filled(BLOCK));
    return this.#blocks[index];
  }

  #filled(length: number): T {
    const values = this.make(length);
    if (this.fill !== null) (values as Float32Array).fill(this.fill);
    return values;
  }

  /** Back to blocks, where more comes after a join. */
  #split(): void {
    const all = this.#joined as T;
    this.#joined = null;
    this.add(0, all);
  }
}

/** Batches' categories under one dictionary, in order of first appearance by place. */
export class GatherCoded {
  readonly #codes = new Gather<Int32Array>((length) => new Int32Array(length), -1);
  readonly #codeOf = new Map<string, number>();
  readonly names: string[] = [];

  /** Batches must come in order of place: it decides the order of names. */
  add(first: number, { codes, names }: Coded): void {
    const table = names.map((name) => {
      let code = this.#codeOf.get(name);
      if (code === undefined) {
        this.#codeOf.set(name, (code = this.names.length));
        this.names.push(name);
      }
      return code;
    });
    this.#codes.add(
      first,
      codes.map((code) => (code < 0 ? -1 : table[code])),
    );
  }

  join(length: number): Coded {
    return { codes: this.#codes.join(length), names: this.names };
  }
}
