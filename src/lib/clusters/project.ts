import type { Vectors } from '../embedding/types';
import { distinctVectors, NONE, type Distinct } from './distinct';
import { LAYOUT, layout } from './layout';
import { neighbourGraph } from './neighbour-graph';
import { distinctLists, type DistinctNeighbours } from './neighbours';
import { placeBySample } from './place';
import { principalPlane } from './principal';
import { Random } from './random';
import { part, type Steps } from './steps';

export interface ProjectOptions {
  seed?: number;
  /** Neighbours a point: more shows the whole, fewer the detail. */
  k?: number;
  /** Distinct vectors that are all laid out; of more, a sample is. */
  most?: number;
  /** Points of that sample; the rest are placed by these. */
  sample?: number;
  /** The neighbours that `neighbours` found among the distinct vectors, where they are known; a sample needs its own. */
  near?: DistinctNeighbours | null;
  /** Told of every step; the function given makes the map as it is then. */
  growing?: (places: () => Float32Array) => void;
}

export const PROJECT = { seed: 1, k: 15, most: 100_000, sample: 50_000 } as const;
/** No more neighbours a point than a third of the points: where everyone is a neighbour, all fall together. */
const PART = 3;
/** Half the width of the principal components' plane, from which points move. */
const EXTENT = 3;

/**
 * The map: every record's place in the plane, rows × 2, NaN for a record without a vector. t-SNE by cosine with 15 neighbours a point and
 * mild exaggeration (see layout), begun from the first two principal components (Kobak & Berens 2019), which keep the large shape and
 * make the picture the same each time. Equal vectors share a place. Above `most` distinct vectors a seeded sample is laid out and every
 * other record stands amid its nearest of them. The same seed gives the same picture. Can be left at any step.
 */
export function* project(vectors: Vectors, options: ProjectOptions = {}): Steps<Float32Array> {
  const { seed, k, most, sample, near, growing } = { ...PROJECT, ...options };
  const { dim, values } = vectors;
  const distinct = distinctVectors(vectors);
  const { sets, first } = distinct;
  const sampled = sets > most;
  const chosen = sampled
    ? new Random(seed, 0x6d6170).choose(sets, sample).sort()
    : Uint32Array.from({ length: sets }, (_, s) => s);
  const points = chosen.map((s) => first[s]);
  const compact: Vectors = { rows: points.length, dim, values: new Float32Array(points.length * dim) };
  points.forEach((row, i) => compact.values.set(values.subarray(row * dim, (row + 1) * dim), i * dim));
  const end = sampled ? 0.7 : 1;
  const known = near && !sampled ? near : null;
  const begun = known ? 0 : 0.6 * end;
  const lists =
    known ??
    (yield* part(distinctLists(vectors, { ...distinct, sets: points.length, first: points }, k, { seed }), 0, begun));
  const plane = principalPlane(compact, EXTENT, seed);
  // Points on one spot (all of them where there is one direction only) would never part.
  const random = new Random(seed, 0x6a6974);
  for (let i = 0; i < plane.length; i++) plane[i] += (random.unit() - 0.5) * 1e-3 * EXTENT;
  const some = () => {
    if (!sampled) return ofRecords(distinct, plane);
    const places = new Float32Array(sets * 2).fill(NaN);
    chosen.forEach((s, i) => places.set(plane.subarray(2 * i, 2 * i + 2), 2 * s));
    return ofRecords(distinct, places);
  };
  const laying = layout(plane, neighbourGraph(lists, Math.ceil(points.length / PART)), LAYOUT);
  for (let step = laying.next(); !step.done; step = laying.next()) {
    growing?.(some);
    yield begun + (end - begun) * step.value;
  }
  if (!sampled) return ofRecords(distinct, plane);
  return ofRecords(distinct, yield* part(placeBySample(vectors, first, chosen, compact, plane), end, 1));
}

/** From places of distinct vectors to places of records. */
function ofRecords({ set }: Distinct, places: Float32Array): Float32Array {
  const out = new Float32Array(set.length * 2).fill(NaN);
  for (let row = 0; row < set.length; row++) {
    if (set[row] === NONE) continue;
    out[2 * row] = places[2 * set[row]];
    out[2 * row + 1] = places[2 * set[row] + 1];
  }
  return out;
}
