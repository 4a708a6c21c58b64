import { sortedOrder } from '$lib/text/radix';

/** A bucket of up to so many sets has all its pairs compared, … */
const FULL = 256;
/** … and one of up to so many, too, */
const LARGE = 1024;
/** until so many pairs were compared in such: an edge takes twelve bytes. */
const MOST = 1 << 21;
/** In any other one each set is compared with so many of the best ranked … */
const PIVOTS = 32;
/** … so many that follow it in the order of the next band's keys … */
const WINDOW = 32;
/** … and so many ranked right before it, */
const BEFORE = 8;
/** until it has so many edges. */
const ENOUGH = 256;
/** From then on it is compared with so many of the best ranked only, and with the one right before it. */
const FEW = 4;
const STEP = 1 << 16;

/**
 * Pairs of sets that share a band's key, each compared in the first band that brings it together.
 *
 * A bucket of m sets has m²/2 pairs. Where thousands of texts come from one template, that is too many to keep. Each is then compared
 * with the 32 best ranked of the bucket, so that a better twin is found where there is one; with the eight ranked right before it, so
 * that one is found, too, where a cut has taken the best away; and with the 32 behind it in the order of the next band's key: those that
 * agree in a second band too, the most similar ones, stand side by side there, and every band brings another order. Such sets are counted
 * in `thinned`; work and edges stay linear in them. Who has a better twin at a threshold was as by comparing everything in all templates
 * tried under the rank given; of those left by a cut that takes a third away or more, best ranked first, up to three in two thousand
 * missed theirs (tests/duplicates/template.test.ts). Under a rank of other columns the pairs are to be made again.
 */
export class Buckets {
  thinned = 0;
  readonly #thin: Uint8Array;
  readonly #edges: Uint16Array;
  /** Pairs in larger buckets that may still be compared. */
  #left = MOST;

  /**
   * @param keys one a set and band, row by row; written over
   * @param rank of each set, 0 best; null: by number
   */
  constructor(
    readonly keys: Uint32Array,
    readonly sets: number,
    readonly bands: number,
    readonly rank: Uint32Array | null,
  ) {
    this.#thin = new Uint8Array(sets);
    this.#edges = new Uint16Array(sets);
  }

  /** Goes through one band, in order; `compare` tells whether the two are a pair. Yields the share done. */
  *pairs(band: number, compare: (a: number, b: number) => boolean): Generator<number> {
    const { keys, bands, sets } = this;
    const own = new Uint32Array(sets);
    for (let s = 0; s < sets; s++) own[s] = keys[s * bands + band];
    const order = sortedOrder(own);
    let work = 0;
    for (let from = 0; from < sets;) {
      const key = own[order[from]];
      let to = from + 1;
      while (to < sets && own[order[to]] === key) to++;
      const size = to - from;
      if (size > 1 && (size <= FULL || (size <= LARGE && this.#left > 0))) {
        let compared = 0;
        for (let i = from; i < to; i++)
          for (let k = i + 1; k < to; k++) {
            if (this.#met(order[i], order[k], band)) continue;
            compared++;
            if (compare(order[i], order[k])) this.#edge(order[i], order[k]);
          }
        if (size > FULL) this.#left -= compared;
        work += size * size;
      } else if (size > FULL) {
        this.#sample(order.slice(from, to), band, compare);
        work += size * (PIVOTS + WINDOW);
      }
      from = to;
      if (work > STEP) {
        work = 0;
        yield from / sets;
      }
    }
    yield 1;
  }

  /** Whether an earlier band has brought the two together. */
  #met(a: number, b: number, band: number): boolean {
    const { keys, bands } = this;
    const atA = a * bands;
    const atB = b * bands;
    for (let i = 0; i < band; i++) if (keys[atA + i] === keys[atB + i]) return true;
    return false;
  }

  #edge(a: number, b: number): void {
    if (this.#edges[a] < ENOUGH) this.#edges[a]++;
    if (this.#edges[b] < ENOUGH) this.#edges[b]++;
  }

  #sample(members: Uint32Array, band: number, compare: (a: number, b: number) => boolean): void {
    const { keys, bands, rank } = this;
    const edges = this.#edges;
    const next = (band + 1) % bands;
    for (const s of members)
      if (this.#thin[s] === 0) {
        this.#thin[s] = 1;
        this.thinned++;
      }
    const ranked = rank === null ? members.slice() : members.slice().sort((a, b) => rank[a] - rank[b]);
    members.sort((a, b) => keys[a * bands + next] - keys[b * bands + next] || a - b);
    for (let i = 0; i < members.length; i++) {
      const s = members[i];
      if (edges[s] < ENOUGH)
        for (let k = i + 1; k < Math.min(members.length, i + 1 + WINDOW); k++)
          if (!this.#met(s, members[k], band) && compare(s, members[k])) this.#edge(s, members[k]);
    }
    for (let i = 1; i < ranked.length; i++) {
      const s = ranked[i];
      const full = edges[s] >= ENOUGH;
      const pivots = Math.min(i, full && i >= PIVOTS ? FEW : PIVOTS);
      const meet = (other: number) => {
        if (!this.#met(s, other, band) && compare(s, other)) this.#edge(s, other);
      };
      for (let k = 0; k < pivots; k++) meet(ranked[k]);
      for (let k = Math.max(pivots, i - (full ? 1 : BEFORE)); k < i; k++) meet(ranked[k]);
    }
    // Not all of these have met: later bands must not take their common key for a meeting.
    for (const s of members) keys[s * bands + band] = s;
  }
}
