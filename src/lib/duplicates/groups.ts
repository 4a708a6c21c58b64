/** Gives 64-bit hashes small numbers in order of first appearance: an open-addressing table over typed arrays. */
export class GroupTable {
  #slots = new Int32Array(1 << 10);
  #low = new Uint32Array(1 << 9);
  #high = new Uint32Array(1 << 9);
  size = 0;

  /** Number of the group with these two words; a new one is made when it was not seen before. */
  add(low: number, high: number): number {
    if (this.size * 2 >= this.#slots.length) this.#grow();
    const mask = this.#slots.length - 1;
    let at = (low ^ Math.imul(high, 0x9e3779b1)) & mask;
    for (;;) {
      const id = this.#slots[at] - 1;
      if (id < 0) break;
      if (this.#low[id] === low && this.#high[id] === high) return id;
      at = (at + 1) & mask;
    }
    this.#slots[at] = this.size + 1;
    this.#low[this.size] = low;
    this.#high[this.size] = high;
    return this.size++;
  }

  #grow(): void {
    const length = this.#slots.length * 2;
    const low = new Uint32Array(length / 2);
    const high = new Uint32Array(length / 2);
    low.set(this.#low);
    high.set(this.#high);
    this.#low = low;
    this.#high = high;
    this.#slots = new Int32Array(length);
    const mask = length - 1;
    for (let id = 0; id < this.size; id++) {
      let at = (low[id] ^ Math.imul(high[id], 0x9e3779b1)) & mask;
      while (this.#slots[at] !== 0) at = (at + 1) & mask;
      this.#slots[at] = id + 1;
    }
  }
}

/** Which records are equal; `count` is the number of groups. */
export interface Groups {
  /** Group of each record, numbered in order of first appearance. */
  ids: Uint32Array;
  count: number;
}

/** Groups of equal 64-bit hashes. */
export function groupsOf(hashes: BigUint64Array): Groups {
  const words = new Uint32Array(hashes.buffer, hashes.byteOffset, hashes.length * 2);
  const table = new GroupTable();
  const ids = new Uint32Array(hashes.length);
  for (let i = 0; i < ids.length; i++) ids[i] = table.add(words[2 * i], words[2 * i + 1]);
  return { ids, count: table.size };
}
