/** Similarity in a place of a list that is still empty: below any cosine. */
export const EMPTY = -2;

/** For each of `rows` points the k most similar found so far, nearest first, equal ones by number. */
export class NearestLists {
  readonly rows: number;
  readonly k: number;
  readonly ids: Int32Array;
  readonly similarity: Float32Array;
  /** Similarity of each list's last place: what is below it need not be offered. */
  readonly worst: Float32Array;
  /** 1 where an entry was added since it was last cleared. */
  readonly fresh: Uint8Array;

  constructor(rows: number, k: number) {
    this.rows = rows;
    this.k = k;
    this.ids = new Int32Array(rows * k).fill(-1);
    this.similarity = new Float32Array(rows * k).fill(EMPTY);
    this.worst = new Float32Array(rows).fill(EMPTY);
    this.fresh = new Uint8Array(rows * k);
  }

  /** Takes `id` into the list of `row` where it belongs there; false where it does not, or is there already. */
  offer(row: number, id: number, value: number): boolean {
    const { ids, similarity, fresh } = this;
    const start = row * this.k;
    const last = start + this.k - 1;
    const s = value > 1 ? 1 : value;
    if (s < similarity[last] || (s === similarity[last] && ids[last] <= id)) return false;
    let at = last;
    while (at > start && (similarity[at - 1] < s || (similarity[at - 1] === s && ids[at - 1] > id))) at--;
    // A pair's similarity is always the same number, so an entry for `id` could only stand just before.
    if (at > start && ids[at - 1] === id) return false;
    for (let i = last; i > at; i--) {
      ids[i] = ids[i - 1];
      similarity[i] = similarity[i - 1];
      fresh[i] = fresh[i - 1];
    }
    ids[at] = id;
    similarity[at] = s;
    fresh[at] = 1;
    this.worst[row] = similarity[last];
    return true;
  }

  /** The first k entries of each list. */
  trim(k: number): NearestLists {
    if (k >= this.k) return this;
    const out = new NearestLists(this.rows, k);
    for (let row = 0; row < this.rows; row++) {
      const from = row * this.k;
      out.ids.set(this.ids.subarray(from, from + k), row * k);
      out.similarity.set(this.similarity.subarray(from, from + k), row * k);
      out.worst[row] = out.similarity[row * k + k - 1];
    }
    return out;
  }
}
