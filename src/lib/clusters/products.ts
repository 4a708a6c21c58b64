import { COLUMNS, productsModule, ROWS, STEP } from './products-wasm';

let compiled: WebAssembly.Module | null = null;
const upTo = (value: number, multiple: number) => Math.ceil(value / multiple) * multiple;

/**
 * Inner products of blocks of rows: several times as fast as plain JavaScript (tests/bench/clusters.bench.ts). Rows are copied into
 * blocks A and B, `multiply` fills `out`. A product depends on its two rows alone, not on where they stand in the blocks.
 */
export class BlockProducts {
  /** Floats from one row of a block to the next; components beyond `dim` stay zero. */
  readonly stride: number;
  readonly dim: number;
  /** Products of row i of A and row j of B stand at `i * pitch + j`. */
  readonly pitch: number;
  readonly out: Float32Array;
  private readonly blocks: Float32Array[];
  private readonly product: (...args: number[]) => void;
  private readonly starts: number[];

  /** Room for `maxA` and `maxB` rows of `dim` components. */
  constructor(dim: number, maxA: number, maxB: number) {
    this.dim = dim;
    this.stride = Math.max(STEP, upTo(dim, STEP));
    const rows = [upTo(maxA, ROWS * COLUMNS), upTo(maxB, ROWS * COLUMNS)];
    this.pitch = rows[1];
    const sizes = [rows[0] * this.stride, rows[1] * this.stride, rows[0] * rows[1]];
    const total = sizes.reduce((a, b) => a + b) * 4;
    const memory = new WebAssembly.Memory({ initial: Math.ceil(total / 65536) });
    this.starts = [0, sizes[0] * 4, (sizes[0] + sizes[1]) * 4];
    const views = sizes.map((size, i) => new Float32Array(memory.buffer, this.starts[i], size));
    this.blocks = views.slice(0, 2);
    this.out = views[2];
    compiled ??= new WebAssembly.Module(productsModule());
    const { exports } = new WebAssembly.Instance(compiled, { host: { memory } });
    this.product = exports.product as (...args: number[]) => void;
  }

  /** Copies row `row` of `values` (rows of `dim`) to place `at` of block 0 (A) or 1 (B). */
  put(block: 0 | 1, at: number, values: Float32Array, row: number): void {
    const { dim, stride } = this;
    const to = this.blocks[block];
    const from = row * dim;
    for (let d = 0, t = at * stride; d < dim; d++) to[t + d] = values[from + d];
  }

  /** Copies rows [from, to) of `values` to the beginning of block 0 (A) or 1 (B). */
  fill(block: 0 | 1, values: Float32Array, from: number, to: number): void {
    const { dim, stride } = this;
    if (dim === stride) this.blocks[block].set(values.subarray(from * dim, to * dim));
    else for (let row = from; row < to; row++) this.put(block, row - from, values, row);
  }

  /** All products of the first `rowsA` rows of A with the first `rowsB` of B; with `same`, of A with itself. */
  multiply(rowsA: number, rowsB: number, same = false): void {
    if (!rowsA || !rowsB) return;
    const bytes = this.stride * 4;
    const [a, b, out] = this.starts;
    const second = same ? a : b;
    const endA = a + upTo(rowsA, ROWS) * bytes;
    this.product(a, second, out, endA, second + upTo(rowsB, COLUMNS) * bytes, bytes, this.pitch * 4);
  }
}
