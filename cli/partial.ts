import { closeSync, existsSync, fstatSync, ftruncateSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { fileError } from './errors';

/** Bytes of a text's key: two 64-bit hashes. */
const KEY = 16;
/** Bytes read at once. */
const CHUNK = 1 << 24;

/**
 * Vectors of texts beside the output while it is not complete, so that a run that was stopped goes on where it was. One line of JSON says
 * what made them; behind it stand records of a text's key and its vector. What is written is in the file at once.
 */
export class PartialVectors {
  readonly #file: number;
  readonly #record: number;

  private constructor(
    readonly path: string,
    file: number,
    readonly dim: number,
  ) {
    this.#file = file;
    this.#record = KEY + dim * 4;
  }

  /**
   * Opens what is there; what another model or setting made is thrown away.
   * @param made what makes the vectors, in words that differ where vectors do
   * @param take told each kept vector; the arrays are used again
   */
  static open(
    path: string,
    made: object,
    dim: number,
    take: (key: string, vector: Float32Array) => void,
  ): PartialVectors {
    const head = Buffer.from(`${JSON.stringify({ ...made, dim })}\n`);
    let file: number;
    try {
      file = openSync(path, existsSync(path) ? 'r+' : 'w+');
    } catch (error) {
      throw fileError(path, error);
    }
    const partial = new PartialVectors(path, file, dim);
    const there = Buffer.alloc(head.length);
    readSync(file, there, 0, head.length, 0);
    if (!there.equals(head)) {
      ftruncateSync(file, 0);
      writeSync(file, head, 0, head.length, 0);
    }
    partial.#read(head.length, take);
    return partial;
  }

  #read(from: number, take: (key: string, vector: Float32Array) => void): void {
    const record = this.#record;
    const count = Math.floor((fstatSync(this.#file).size - from) / record);
    const step = Math.max(1, Math.floor(CHUNK / record));
    const bytes = Buffer.alloc(Math.min(step, count) * record);
    const vector = new Float32Array(this.dim);
    for (let at = 0; at < count; at += step) {
      const rows = Math.min(step, count - at);
      readSync(this.#file, bytes, 0, rows * record, from + at * record);
      for (let row = 0; row < rows; row++) {
        const start = row * record;
        new Uint8Array(vector.buffer).set(bytes.subarray(start + KEY, start + record));
        take(bytes.toString('hex', start, start + KEY), vector);
      }
    }
    // A record that was cut off goes.
    this.#end = from + count * record;
    ftruncateSync(this.#file, this.#end);
  }

  #end = 0;

  /** Keeps vectors (keys × dim, row-major). */
  add(keys: readonly string[], vectors: Float32Array): void {
    const bytes = Buffer.alloc(keys.length * this.#record);
    const values = Buffer.from(vectors.buffer, vectors.byteOffset, vectors.byteLength);
    keys.forEach((key, row) => {
      bytes.write(key, row * this.#record, 'hex');
      values.copy(bytes, row * this.#record + KEY, row * this.dim * 4, (row + 1) * this.dim * 4);
    });
    try {
      for (let at = 0; at < bytes.length;) at += writeSync(this.#file, bytes, at, bytes.length - at, this.#end + at);
    } catch (error) {
      throw fileError(this.path, error);
    }
    this.#end += bytes.length;
  }

  close(): void {
    closeSync(this.#file);
  }

  /** Removes the file: the output is complete. */
  remove(): void {
    this.close();
    rmSync(this.path, { force: true });
  }
}
