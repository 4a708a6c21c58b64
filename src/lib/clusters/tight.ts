import type { Vectors } from '../embedding/types';
import { distinctVectors, NONE } from './distinct';
import type { Clusters } from './kmeans';
import { leaderClusters } from './leader';
import { semanticPairs } from './pairs';
import { part, type Steps } from './steps';

/** Inner products ahead up to which an exact pass is worth its time: less than a minute of one processor. */
const MOST = 1.5e9;

/**
 * Clusters as tight as a threshold, by the leader algorithm (Hartigan 1975) over the records as they stand: each joins the most similar
 * leader at `at` or above (on a tie the earlier one), or becomes a leader itself. A record that nothing joins is in no cluster (−1):
 * most records of real data are alone at a high threshold, and a class each would say nothing. Clusters are numbered by size, the
 * largest first, equal ones by their first record; `centroids` are the leaders.
 *
 * Leaders are compared with every record while what is surely ahead takes at most 1.5 · 10⁹ products (77,000 records at any threshold).
 * Above, a record's leaders are looked for among the pairs that the neighbour graph leads to (see semanticPairs; recall in
 * tests/bench/clusters.bench.ts): one that is not found there founds a cluster more.
 * @throws RangeError where `at` is not above 0 and at most 1
 */
export function* tightClusters(vectors: Vectors, at: number, most = MOST): Steps<Clusters> {
  if (!(at > 0 && at <= 1)) throw new RangeError(`at is ${at}: expected a cosine above 0, at most 1`);
  const { rows, dim, values } = vectors;
  const { set, sets, first } = distinctVectors(vectors);
  const led = (yield* part(exactLeaders(vectors, at, first, most), 0, 1)) ?? (yield* graphLeaders(vectors, at, sets));
  const size = new Uint32Array(sets);
  for (const s of set) if (s !== NONE) size[led.leader[s]]++;
  // Sets are numbered in order of their first records, and a leader stands before those that join it.
  const order = Array.from(size.keys())
    .filter((s) => size[s] > 1)
    .sort((a, b) => size[b] - size[a] || a - b);
  const number = new Int32Array(sets).fill(-1);
  order.forEach((s, i) => (number[s] = i));
  const ids = new Int32Array(rows).fill(-1);
  const similarity = new Float32Array(rows).fill(NaN);
  for (let row = 0; row < rows; row++) {
    const s = set[row];
    if (s === NONE || number[led.leader[s]] < 0) continue;
    ids[row] = number[led.leader[s]];
    similarity[row] = led.similarity[s];
  }
  const centroids = new Float32Array(order.length * dim);
  order.forEach((s, i) => centroids.set(values.subarray(first[s] * dim, (first[s] + 1) * dim), i * dim));
  return {
    ids,
    count: order.length,
    k: order.length,
    sizes: Uint32Array.from(order, (s) => size[s]),
    centroids,
    similarity,
  };
}

/** The leader of each distinct vector (its own number where it leads) and the cosine to it. */
interface Led {
  leader: Uint32Array;
  similarity: Float32Array;
}

/** Every record against every leader; null where that is too much. */
function* exactLeaders(vectors: Vectors, at: number, first: Uint32Array, most: number): Steps<Led | null> {
  const found = yield* leaderClusters(vectors, at, first, most);
  if (!found) return null;
  const setOf = new Map(Array.from(first, (row, s) => [row, s]));
  const sets = Uint32Array.from(found.leaders, (row) => setOf.get(row)!);
  return {
    leader: Uint32Array.from(first, (row) => sets[found.ids[row]]),
    similarity: Float32Array.from(first, (row) => found.similarity[row]),
  };
}

/** Every record against those leaders with which it makes a pair. */
function* graphLeaders(vectors: Vectors, at: number, sets: number): Steps<Led> {
  const { edges } = yield* semanticPairs(vectors, { floor: at });
  const leader = Uint32Array.from({ length: sets }, (_, s) => s);
  const similarity = new Float32Array(sets).fill(1);
  // In order of (a, b): what comes before a has told by then whether a leads.
  for (let e = 0; e < edges.a.length; e++) {
    const [a, b, value] = [edges.a[e], edges.b[e], edges.similarity[e]];
    if (leader[a] !== a || (leader[b] !== b && similarity[b] >= value)) continue;
    leader[b] = a;
    similarity[b] = value;
  }
  return { leader, similarity };
}
