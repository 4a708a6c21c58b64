import { EdgeList } from '../duplicates/edge-list';
import type { Edges } from '../duplicates/edges';
import type { NearPairs } from '../duplicates/near-pairs';
import type { Vectors } from '../embedding/types';
import { distinctVectors } from './distinct';
import { tiles } from './exact-neighbours';
import { distinctLists, EXACT_UP_TO, type NeighbourOptions } from './neighbours';
import { pairsFromLists } from './pairs-from-lists';
import { part, type Steps } from './steps';

/** Pairs of alike vectors: NearPairs of distinct vectors in place of shingle sets, cosines in place of Jaccard similarities. */
export interface SemanticPairs extends NearPairs {
  /** The lowest similarity of which all pairs found are there: the one asked for, or a higher one where there were too many pairs. */
  floor: number;
}

export interface SemanticOptions extends NeighbourOptions {
  /** The lowest cosine a threshold may be moved to; above 0, at most 1. */
  floor: number;
  /** Most edges kept (twelve bytes each); the floor rises where there are more. 2²⁴ unless given. */
  most?: number;
  /** Neighbours in the lists from which pairs are found above `exactUpTo`. */
  k?: number;
}

/** Edges at or above a floor that rises when they become too many. */
export class CappedEdges {
  private edges = new EdgeList();
  private readonly sets: number;
  private readonly most: number;
  floor: number;

  constructor(sets: number, floor: number, most: number) {
    this.sets = sets;
    this.floor = floor;
    this.most = most;
  }

  add(a: number, b: number, value: number): void {
    if (!(value >= this.floor)) return;
    this.edges.add(a, b, value > 1 ? 1 : value);
    if (this.edges.size >= 2 * this.most) this.cap();
  }

  /** Each pair once, and where they are too many the most similar ones: all of one similarity stay, or none. */
  private cap(): Edges {
    const { a, b, similarity } = this.edges.sorted(this.sets);
    let keep = similarity.length;
    if (keep > this.most) {
      const order = similarity.slice().sort();
      const out = order[order.length - this.most - 1];
      let at = order.length - this.most;
      while (at < order.length && order[at] === out) at++;
      // Where everything left is equal (to 1), nothing can be set apart.
      if (at < order.length) {
        this.floor = order[at];
        keep = order.length - at;
      }
    }
    if (keep < similarity.length) {
      this.edges = new EdgeList();
      for (let e = 0; e < similarity.length; e++)
        if (similarity[e] >= this.floor) this.edges.add(a[e], b[e], similarity[e]);
      return this.edges.sorted(this.sets);
    }
    const edges = new EdgeList();
    for (let e = 0; e < keep; e++) edges.add(a[e], b[e], similarity[e]);
    this.edges = edges;
    return { a, b, similarity };
  }

  /** The edges in order of (a, b). */
  finish(): Edges {
    return this.cap();
  }
}

/**
 * Pairs of records whose vectors have a cosine of at least `floor`; equal vectors share a set and count as similarity 1. All pairs up to
 * 20,000 distinct vectors; above, those the neighbour graph leads to (recall in tests/bench/clusters.bench.ts).
 * @throws RangeError where the floor is not above 0 and at most 1
 */
export function* semanticPairs(vectors: Vectors, options: SemanticOptions): Steps<SemanticPairs> {
  const { floor, most = 1 << 24, k = 20, ...search } = options;
  if (!(floor > 0 && floor <= 1)) throw new RangeError(`floor is ${floor}: expected a cosine above 0, at most 1`);
  const distinct = distinctVectors(vectors);
  const { set, sets, first } = distinct;
  // Cosines are float32: a floor of 0.9 takes in a cosine that is 0.9 as nearly as it can be.
  const edges = new CappedEdges(sets, Math.fround(floor), most);
  if (sets <= (search.exactUpTo ?? EXACT_UP_TO))
    yield* tiles(vectors, first, ({ a, countA, b, countB, out, pitch }) => {
      for (let i = 0; i < countA; i++)
        for (let j = a === b ? i + 1 : 0, at = i * pitch; j < countB; j++)
          if (out[at + j] >= edges.floor) edges.add(a + i, b + j, out[at + j]);
    });
  else {
    const lists = yield* part(distinctLists(vectors, distinct, k, search), 0, 0.8);
    yield* part(pairsFromLists(vectors, first, lists, edges), 0.8, 1);
  }
  return { set: set as Uint32Array<ArrayBuffer>, sets, edges: edges.finish(), thinned: 0, floor: edges.floor };
}
