const BLOCK = 256;

/** Heights in pixels of a list's rows, estimated until measured; finds a row by offset without walking all of them. */
export class Heights {
  private readonly heights: Float32Array;
  private readonly blocks: Float64Array;
  /** Height of the whole list. */
  total: number;

  constructor(
    readonly count: number,
    readonly estimate: number,
  ) {
    this.heights = new Float32Array(count).fill(estimate);
    this.blocks = new Float64Array(Math.ceil(count / BLOCK));
    for (let b = 0; b < this.blocks.length; b++) this.blocks[b] = Math.min(BLOCK, count - b * BLOCK) * estimate;
    this.total = count * estimate;
  }

  /** The same list with another number of rows: what was measured stays. */
  resized(count: number, estimate: number): Heights {
    const next = new Heights(count, estimate);
    const common = Math.min(count, this.count);
    for (let i = 0; i < common; i++) if (this.heights[i] !== this.estimate) next.set(i, this.heights[i]);
    return next;
  }

  /** Height of row `i`. */
  of(i: number): number {
    return this.heights[i];
  }

  /** Stores a measured height and returns by how much the row grew. */
  set(i: number, height: number): number {
    const delta = height - this.heights[i];
    if (i < 0 || i >= this.count || delta === 0) return 0;
    this.heights[i] = height;
    this.blocks[(i / BLOCK) | 0] += delta;
    this.total += delta;
    return delta;
  }

  /** Offset of the upper edge of row `i`. */
  top(i: number): number {
    const block = (i / BLOCK) | 0;
    let offset = 0;
    for (let b = 0; b < block && b < this.blocks.length; b++) offset += this.blocks[b];
    for (let j = block * BLOCK; j < i && j < this.count; j++) offset += this.heights[j];
    return offset;
  }

  /** Index of the row that covers `offset`; the first or the last one beyond the ends. */
  at(offset: number): number {
    let rest = Math.max(0, offset);
    let block = 0;
    while (block < this.blocks.length - 1 && rest >= this.blocks[block]) rest -= this.blocks[block++];
    let i = block * BLOCK;
    const end = Math.min(this.count, i + BLOCK) - 1;
    while (i < end && rest >= this.heights[i]) rest -= this.heights[i++];
    return Math.max(0, Math.min(i, this.count - 1));
  }
}
