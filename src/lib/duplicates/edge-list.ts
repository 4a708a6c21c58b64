import type { Edges } from './edges';

/** Edges as they are found, in any order; a pair may come twice. */
export class EdgeList {
  #a = new Uint32Array(1024);
  #b = new Uint32Array(1024);
  #similarity = new Float32Array(1024);
  size = 0;

  add(a: number, b: number, similarity: number): void {
    if (this.size === this.#a.length) this.#grow();
    this.#a[this.size] = a < b ? a : b;
    this.#b[this.size] = a < b ? b : a;
    this.#similarity[this.size++] = similarity;
  }

  #grow(): void {
    const length = this.size * 2;
    const a = new Uint32Array(length);
    const b = new Uint32Array(length);
    const similarity = new Float32Array(length);
    a.set(this.#a);
    b.set(this.#b);
    similarity.set(this.#similarity);
    this.#a = a;
    this.#b = b;
    this.#similarity = similarity;
  }

  /** In order of (a, b), each pair once. @param ends one above the greatest number of an end */
  sorted(ends: number): Edges {
    const byB = counted(this.#b, null, this.size, ends);
    const order = counted(this.#a, byB, this.size, ends);
    const a = new Uint32Array(this.size);
    const b = new Uint32Array(this.size);
    const similarity = new Float32Array(this.size);
    let n = 0;
    for (const e of order) {
      if (n > 0 && a[n - 1] === this.#a[e] && b[n - 1] === this.#b[e]) continue;
      a[n] = this.#a[e];
      b[n] = this.#b[e];
      similarity[n++] = this.#similarity[e];
    }
    return { a: a.slice(0, n), b: b.slice(0, n), similarity: similarity.slice(0, n) };
  }
}

/** Places sorted by `values` (below `bound`), equal ones in the order given: a counting sort. */
function counted(values: Uint32Array, order: Uint32Array | null, n: number, bound: number): Uint32Array {
  const starts = new Uint32Array(bound + 1);
  for (let i = 0; i < n; i++) starts[values[i] + 1]++;
  for (let k = 0; k < bound; k++) starts[k + 1] += starts[k];
  const out = new Uint32Array(n);
  for (let i = 0; i < n; i++) {
    const place = order === null ? i : order[i];
    out[starts[values[place]]++] = place;
  }
  return out;
}
