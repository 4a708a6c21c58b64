import type { Vectors } from '../embedding/types';
import { NearestLists } from './nearest-lists';
import { pivotLeaves } from './pivot-forest';
import { BlockProducts } from './products';
import { Random } from './random';
import type { Steps } from './steps';

/** Settings of the approximate search; the defaults are the bench's choice. */
export interface DescentOptions {
  seed: number;
  /** Trees whose leaves make the first lists. */
  trees: number;
  /** New and old candidates each that a point joins in a round. */
  candidates: number;
  rounds: number;
  /** Lists are kept this many times longer than asked for while they are searched. */
  wider: number;
  /** Ends when a round changes less than this share of all entries. */
  delta: number;
}
export const DESCENT: DescentOptions = { seed: 1, trees: 6, candidates: 20, rounds: 8, wider: 1.5, delta: 0.002 };

/** For each point up to `size` candidates, chosen evenly from all that are offered (reservoir sampling). */
class Reservoirs {
  readonly ids: Int32Array;
  readonly counts: Int32Array;
  private readonly size: number;
  constructor(rows: number, size: number) {
    this.size = size;
    this.ids = new Int32Array(rows * size);
    this.counts = new Int32Array(rows);
  }
  add(row: number, id: number, random: Random): void {
    const seen = this.counts[row]++;
    const at = seen < this.size ? seen : random.below(seen + 1);
    if (at < this.size) this.ids[row * this.size + at] = id;
  }
}

/** Compares all pairs of the block's first `fresh` points with its first `count`; returns how many entries changed. */
function join(lists: NearestLists, members: Int32Array, fresh: number, count: number, products: BlockProducts): number {
  const { worst } = lists;
  const { out, pitch } = products;
  products.multiply(fresh, count, true);
  let changed = 0;
  for (let i = 0; i < fresh; i++) {
    const row = members[i];
    for (let j = i + 1, at = i * pitch; j < count; j++) {
      const value = out[at + j];
      const other = members[j];
      if (row === other) continue;
      if (value >= worst[row] && lists.offer(row, other, value)) changed++;
      if (value >= worst[other] && lists.offer(other, row, value)) changed++;
    }
  }
  return changed;
}

/**
 * The k most similar of each point, nearly all of them: NN-descent (Dong, Moses & Li 2011: a neighbour's neighbours are likely
 * neighbours), begun from the leaves of a forest as PyNNDescent does. The same seed gives the same lists.
 * They are `wider` than wanted, less sure at their ends.
 */
export function* descentLists(
  vectors: Vectors,
  points: Uint32Array,
  wanted: number,
  options: Partial<DescentOptions> = {},
): Steps<NearestLists> {
  const { seed, trees, candidates, rounds, wider, delta } = { ...DESCENT, ...options };
  const k = Math.max(wanted, Math.min(points.length - 1, Math.ceil(wanted * wider)));
  const { dim, values } = vectors;
  const n = points.length;
  const lists = new NearestLists(n, k);
  const random = new Random(seed, 0x6e6e64);
  const FOREST = 0.4;
  const leafProducts = new BlockProducts(dim, LEAF, LEAF);
  for (let tree = 0; tree < trees; tree++)
    for (const { leaf, share } of pivotLeaves(vectors, points, LEAF, random)) {
      for (let i = 0; i < leaf.length; i++) leafProducts.put(0, i, values, points[leaf[i]]);
      join(lists, leaf, leaf.length, leaf.length, leafProducts);
      if (share >= 0) yield (FOREST * (tree + share)) / trees;
    }

  const products = new BlockProducts(dim, 2 * candidates, 2 * candidates);
  const members = new Int32Array(2 * candidates);
  for (let round = 0; round < rounds; round++) {
    const share = (done: number) => FOREST + ((1 - FOREST) * (round + done)) / rounds;
    const fresh = new Reservoirs(n, candidates);
    const old = new Reservoirs(n, candidates);
    for (let row = 0, at = 0; row < n; row++)
      for (const end = at + k; at < end; at++) {
        const id = lists.ids[at];
        if (id < 0) continue;
        const to = lists.fresh[at] ? fresh : old;
        to.add(row, id, random);
        to.add(id, row, random);
      }
    for (let row = 0; row < n; row++) {
      const taken = fresh.ids.subarray(row * candidates, row * candidates + Math.min(candidates, fresh.counts[row]));
      for (let at = row * k; at < row * k + k; at++)
        if (lists.fresh[at] && taken.includes(lists.ids[at])) lists.fresh[at] = 0;
    }
    yield share(0.1);
    let changed = 0;
    for (let row = 0; row < n; row++) {
      const news = Math.min(candidates, fresh.counts[row]);
      const olds = Math.min(candidates, old.counts[row]);
      let count = 0;
      const from = row * candidates;
      for (let i = 0; i < news; i++) members[count++] = fresh.ids[from + i];
      for (let i = 0; i < olds; i++) members[count++] = old.ids[from + i];
      if (news) {
        for (let i = 0; i < count; i++) products.put(0, i, values, points[members[i]]);
        changed += join(lists, members, news, count, products);
      }
      if ((row & 1023) === 1023) yield share(0.1 + (0.9 * row) / n);
    }
    if (changed <= delta * n * k) break;
  }
  return lists;
}

/** Most points of a leaf, all pairs of which are compared. */
const LEAF = 64;
