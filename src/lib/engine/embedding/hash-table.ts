/** From 64-bit hashes to places, in typed arrays: a million entries take 24 MB, not the hundred of a Map of bigints. */
export class HashTable {
  #keys = new BigUint64Array(1024);
  #places = new Int32Array(1024).fill(-1);
  #used = 0;

  get size(): number {
    return this.#used;
  }

  /** The slot of a key: where it stands, or the free one where it would. */
  #slot(key: bigint): number {
    const mask = this.#places.length - 1;
    // The keys are hashes already: their low bits are as good as any.
    let slot = Number(key & BigInt(mask));
    while (this.#places[slot] >= 0 && this.#keys[slot] !== key) slot = (slot + 1) & mask;
    return slot;
  }

  /** The place of a key, or -1. */
  get(key: bigint): number {
    return this.#places[this.#slot(key)];
  }

  /** Sets the place (0 or more) of a key. */
  set(key: bigint, place: number): void {
    if (this.#used * 2 >= this.#places.length) this.#grow();
    const slot = this.#slot(key);
    if (this.#places[slot] < 0) this.#used++;
    this.#keys[slot] = key;
    this.#places[slot] = place;
  }

  #grow(): void {
    const keys = this.#keys;
    const places = this.#places;
    this.#keys = new BigUint64Array(keys.length * 2);
    this.#places = new Int32Array(keys.length * 2).fill(-1);
    for (let i = 0; i < keys.length; i++) {
      if (places[i] < 0) continue;
      const slot = this.#slot(keys[i]);
      this.#keys[slot] = keys[i];
      this.#places[slot] = places[i];
    }
  }
}
