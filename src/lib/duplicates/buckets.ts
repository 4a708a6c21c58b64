import { sortedOrder } from '$lib/text/radix';

/** A bucket of up to so many sets has all its pairs compared. */
const FULL = 256;
/** In a larger one each set is compared with so many of the best ranked … */
const PIVOTS = 32;
/** … and so many that follow it in the order of the next band's keys, */
const WINDOW = 32;
/** until it has so many edges. */
const ENOUGH = 256;
/** From then on it is compared with so many of the best ranked only. */
const FEW = 4;
const STEP = 1 << 16;

/**
 * Pairs of sets that share a band's key, each compared in the first band that brings it together.
 *
 * A bucket of m sets has m²/2 pairs. Above 256 sets (thousands of texts from one template) each is compared with the 32 best ranked of
 * the bucket, so that a better twin is found where there is one, and with the 32 behind it in the order of the next band's key: those
 * that agree in a second band too, the most similar ones, stand side by side there, and every band brings another order. Such sets are
 * counted in `thinned`; work and edges stay linear in them. Under another rank than the one given, a few in a hundred of such a
 * bucket may miss their better twins: then the pairs are to be made again with that rank.
 */
export class Buckets {
  thinned = 0;
  readonly #thin: Uint8Array;
  readonly #edges: Uint16Array;

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
      if (size > 1 && size <= FULL) {
        for (let i = from; i < to; i++)
          for (let k = i + 1; k < to; k++)
            if (!this.#met(order[i], order[k], band) && compare(order[i], order[k])) this.#edge(order[i], order[k]);
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
    const best = rank === null ? members.slice(0, PIVOTS) : smallest(members, rank);
    members.sort((a, b) => keys[a * bands + next] - keys[b * bands + next] || a - b);
    for (let i = 0; i < members.length; i++) {
      const s = members[i];
      if (edges[s] < ENOUGH)
        for (let k = i + 1; k < Math.min(members.length, i + 1 + WINDOW); k++)
          if (!this.#met(s, members[k], band) && compare(s, members[k])) this.#edge(s, members[k]);
      const own = best.indexOf(s);
      const pivots = own >= 0 ? own : edges[s] < ENOUGH ? best.length : FEW;
      for (let k = 0; k < pivots; k++) if (!this.#met(s, best[k], band) && compare(s, best[k])) this.#edge(s, best[k]);
    }
    // Not all of these have met: later bands must not take their common key for a meeting.
    for (const s of members) keys[s * bands + band] = s;
  }
}

/** The members of the best ranks, PIVOTS at most. */
function smallest(members: Uint32Array, rank: Uint32Array): Uint32Array {
  return members
    .slice()
    .sort((a, b) => rank[a] - rank[b])
    .slice(0, PIVOTS);
}
