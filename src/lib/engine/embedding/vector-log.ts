/**
 * Vectors by the hash of their text in two append-only files: the vectors themselves, one after the other, and an index of 16 bytes a
 * vector (64-bit hash, 32-bit check of the vector's bytes, dimension). What a crash left half written is cut off on opening; a
 * vector whose bytes do not match their check counts as missing.
 */
import { HashTable } from './hash-table';

/** A file that grows at its end, as FileSystemSyncAccessHandle has it. */
export interface AppendFile {
  getSize(): number;
  read(into: Uint8Array, at: { at: number }): number;
  write(bytes: Uint8Array, at: { at: number }): number;
  truncate(size: number): void;
  flush(): void;
  close(): void;
}

const ENTRY = 16;
/** Vectors read at once: about a megabyte and a half at 384 numbers. */
const RUN = 1024;

export class VectorLog {
  readonly dim: number;
  readonly #index: AppendFile;
  readonly #vectors: AppendFile;
  readonly #check: (bytes: Uint8Array) => number;
  readonly #places = new HashTable();
  readonly #checks: number[] = [];
  #kept = 0;
  #pending: { hash: bigint; vector: Float32Array }[] = [];

  /** @param check a 32-bit hash (xxHash32) */
  constructor(files: { index: AppendFile; vectors: AppendFile }, dim: number, check: (bytes: Uint8Array) => number) {
    this.dim = dim;
    this.#index = files.index;
    this.#vectors = files.vectors;
    this.#check = check;
    this.#open();
  }

  #open(): void {
    const size = this.dim * 4;
    const bytes = new Uint8Array(this.#index.getSize());
    this.#index.read(bytes, { at: 0 });
    const view = new DataView(bytes.buffer);
    let rows = Math.min(Math.floor(bytes.length / ENTRY), Math.floor(this.#vectors.getSize() / size));
    for (let row = 0; row < rows; row++) {
      if (view.getUint32(row * ENTRY + 12, true) !== this.dim) {
        rows = row;
        break;
      }
      this.#places.set(view.getBigUint64(row * ENTRY, true), row);
      this.#checks.push(view.getUint32(row * ENTRY + 8, true));
    }
    this.#kept = rows;
    if (this.#index.getSize() !== rows * ENTRY) this.#index.truncate(rows * ENTRY);
    if (this.#vectors.getSize() !== rows * size) this.#vectors.truncate(rows * size);
  }

  /** Vectors kept, those not yet written among them. */
  get size(): number {
    return this.#kept + this.#pending.length;
  }

  /**
   * Reads the vectors of `hashes` into the rows of `into` (hashes × dim). Returns 1 for every hash whose vector is not here; such a
   * row is left as it was. What was added counts from the next `flush` on.
   */
  read(hashes: BigUint64Array, into: Float32Array): Uint8Array {
    const { dim } = this;
    const missing = new Uint8Array(hashes.length).fill(1);
    const found: { row: number; place: number }[] = [];
    for (let row = 0; row < hashes.length; row++) {
      const place = this.#places.get(hashes[row]);
      if (place >= 0) found.push({ row, place });
    }
    found.sort((a, b) => a.place - b.place);
    const bytes = new Uint8Array(RUN * dim * 4);
    for (let at = 0; at < found.length;) {
      const first = found[at].place;
      let end = at;
      while (end < found.length && found[end].place < first + RUN) end++;
      const rows = found[end - 1].place - first + 1;
      const got = this.#vectors.read(bytes.subarray(0, rows * dim * 4), { at: first * dim * 4 });
      for (; at < end; at++) {
        const { row, place } = found[at];
        const from = (place - first) * dim * 4;
        if (from + dim * 4 > got) continue;
        const slice = bytes.subarray(from, from + dim * 4);
        if (this.#check(slice) !== this.#checks[place]) continue;
        into.set(new Float32Array(bytes.buffer, from, dim), row * dim);
        missing[row] = 0;
      }
    }
    return missing;
  }

  /** Is a vector of this hash written? */
  has(hash: bigint): boolean {
    return this.#places.get(hash) >= 0;
  }

  /** Adds a vector; it is on disk after the next `flush`. */
  append(hash: bigint, vector: Float32Array): void {
    this.#pending.push({ hash, vector: vector.slice() });
  }

  /** Writes what was added, vectors before their index, so that the index never names what is not there. */
  flush(): void {
    const added = this.#pending;
    if (!added.length) return;
    const { dim } = this;
    const values = new Float32Array(added.length * dim);
    added.forEach(({ vector }, row) => values.set(vector, row * dim));
    const bytes = new Uint8Array(values.buffer);
    const entries = new DataView(new ArrayBuffer(added.length * ENTRY));
    const checks = added.map((_, row) => this.#check(bytes.subarray(row * dim * 4, (row + 1) * dim * 4)));
    added.forEach(({ hash }, row) => {
      entries.setBigUint64(row * ENTRY, hash, true);
      entries.setUint32(row * ENTRY + 8, checks[row], true);
      entries.setUint32(row * ENTRY + 12, dim, true);
    });
    this.#pending = [];
    this.#vectors.write(bytes, { at: this.#kept * dim * 4 });
    this.#vectors.flush();
    this.#index.write(new Uint8Array(entries.buffer), { at: this.#kept * ENTRY });
    this.#index.flush();
    added.forEach(({ hash }, row) => {
      this.#places.set(hash, this.#kept + row);
      this.#checks.push(checks[row]);
    });
    this.#kept += added.length;
  }

  close(): void {
    this.flush();
    this.#index.close();
    this.#vectors.close();
  }
}
