import { sharedShingles, type ShingleSets } from '$lib/text/shingles';
import { Buckets } from './buckets';
import { EdgeList } from './edge-list';
import type { Edges } from './edges';
import { distinctSets } from './sets';
import { bandingFor, bandKeys, sketch, VALUES } from './sketch';

/**
 * Near-duplicates of a dataset. Records with equal shingle sets share a set, so thousands of equal texts cost nothing; edges join
 * distinct sets. All pairs of records follow: those of one set at similarity 1, and those of two joined sets at the edge's.
 */
export interface NearPairs {
  /** Number of each record's shingle set; NO_SET (0xffffffff) where it has no text. */
  set: Uint32Array<ArrayBuffer>;
  /** How many sets there are. */
  sets: number;
  /** `a` and `b` are numbers of sets, a < b; exact Jaccard similarities from the floor up to below 1. */
  edges: Edges;
  /** Sets of which not every pair was compared, because too many others lay in one bucket with them; 0 as a rule. */
  thinned: number;
}

export interface NearSettings {
  /** The lowest similarity a threshold may be moved to; above 0, at most 1. */
  floor: number;
  /** Seed of the signatures. */
  seed?: number;
  /** Rank of each record (0 best): in buckets too large to compare everything, everything is compared with the best. Default: place. */
  rank?: Uint32Array | null;
  /** Rows from here on are another dataset: only pairs across are looked for (equal sets share a number all the same). */
  split?: number;
}

/** Share of the work behind the signatures. */
const SIGNED = 0.4;
/** Work between two reports. */
const STEP = 1 << 14;

/**
 * Pairs of shingle sets with a Jaccard similarity of at least `floor`: signatures, banding, and the exact similarity of every candidate.
 * Each step yields the share that is done. Depends on nothing but sets, settings and seed.
 * @throws RangeError where the floor is not above 0 and at most 1
 */
export function* nearSteps(shingles: ShingleSets, settings: NearSettings): Generator<number, NearPairs> {
  const { floor, seed = 0, rank = null, split } = settings;
  if (!(floor > 0 && floor <= 1)) throw new RangeError(`floor is ${floor}: expected a similarity above 0, at most 1`);
  const { set, first } = distinctSets(shingles);
  const sets = first.length;
  yield SIGNED / 4;
  const { offsets, hashes } = shingles;
  const banding = bandingFor(floor);
  const { bands } = banding;
  const keys = new Uint32Array(sets * bands);
  const signature = new Uint32Array(VALUES);
  for (let s = 0; s < sets; s++) {
    const row = first[s];
    sketch(hashes, offsets[row], offsets[row + 1], seed, signature);
    bandKeys(signature, banding, keys, s * bands);
    if (s % STEP === STEP - 1) yield SIGNED * (0.25 + (0.75 * s) / sets);
  }
  const edges = new EdgeList();
  const sides = split === undefined ? null : sidesOf(set, sets, split);
  const compare = (a: number, b: number): boolean => {
    if (sides !== null && (sides[a] | sides[b]) !== 3) return false;
    const rowA = first[a];
    const rowB = first[b];
    const sizeA = offsets[rowA + 1] - offsets[rowA];
    const sizeB = offsets[rowB + 1] - offsets[rowB];
    if (sizeA < floor * sizeB || sizeB < floor * sizeA) return false;
    // A hair below, so that rounding never costs a pair that lies on the floor.
    const least = Math.ceil((floor / (1 + floor)) * (sizeA + sizeB) - 1e-6);
    const shared = sharedShingles(shingles, rowA, rowB, least);
    if (shared < 0) return false;
    const similarity = shared / (sizeA + sizeB - shared);
    if (similarity < floor) return false;
    edges.add(a, b, similarity);
    return true;
  };
  const buckets = new Buckets(keys, sets, bands, rank === null ? null : bestRanks(set, sets, rank));
  for (let band = 0; band < bands; band++)
    for (const share of buckets.pairs(band, compare)) yield SIGNED + ((1 - SIGNED) * (band + share)) / bands;
  return { set, sets, edges: edges.sorted(sets), thinned: buckets.thinned };
}

/** `nearSteps` in one go; `progress` gets shares from 0 to 1. */
export function nearPairs(
  shingles: ShingleSets,
  settings: NearSettings,
  progress?: (share: number) => void,
): NearPairs {
  const steps = nearSteps(shingles, settings);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    progress?.(value);
  }
}

/** Best rank within each set. */
function bestRanks(set: Uint32Array, sets: number, rank: Uint32Array): Uint32Array {
  const best = new Uint32Array(sets).fill(0xffffffff);
  for (let i = 0; i < set.length; i++) if (set[i] < sets && rank[i] < best[set[i]]) best[set[i]] = rank[i];
  return best;
}

/** Per set: 1 where it has records before `split`, 2 where it has some from there on. */
function sidesOf(set: Uint32Array, sets: number, split: number): Uint8Array {
  const sides = new Uint8Array(sets);
  for (let i = 0; i < set.length; i++) if (set[i] < sets) sides[set[i]] |= i < split ? 1 : 2;
  return sides;
}
