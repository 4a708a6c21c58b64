import type { Coded } from './types';

type Numbers = Float32Array | Float64Array | BigUint64Array | Int32Array | Uint8Array | Uint32Array;

/** Pieces of one array that come batch by batch; joined once, the pieces freed. */
export class Gather<T extends Numbers> {
  #parts: { first: number; values: T }[] = [];
  #joined: T | null = null;

  constructor(readonly make: (length: number) => T) {}

  /** `first` is the place of the piece's first value; pieces may come in any order. */
  add(first: number, values: T): void {
    this.#joined = null;
    this.#parts.push({ first, values });
  }

  /** All values; places without a piece hold `fill`. */
  join(length: number, fill?: number): T {
    if (this.#joined?.length === length) return this.#joined;
    const all = this.make(length);
    if (fill !== undefined) (all as Float32Array).fill(fill);
    for (const { first, values } of this.#parts) (all as Float32Array).set(values as Float32Array, first);
    this.#parts = [{ first: 0, values: all }];
    return (this.#joined = all);
  }
}

/** Batches' categories under one dictionary, in order of first appearance by place. */
export class GatherCoded {
  readonly #codes = new Gather((length) => new Int32Array(length));
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
    return { codes: this.#codes.join(length, -1), names: this.names };
  }
}
