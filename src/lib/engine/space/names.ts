/** What the clusters are about: their most telling words, and the label most of their records bear. */
import { cutTree, hierarchy } from '$lib/clusters/hierarchy';
import { clusterNames, countsOfGroups } from '$lib/clusters/names';
import { TermCounter } from '$lib/clusters/terms';
import type { Clusters } from '$lib/clusters/kmeans';
import type { Classes } from '$lib/recipe/measured';
import { loadSegmenter } from '$lib/text/segment';
import { breathe } from '../turns';

/** Texts a cluster that its name is made of. */
const READ = 500;
/** Texts read before others may have their turn. */
const TURN = 50;
/** Fewer clusters are taken in without grouping. */
const MANY = 8;

/**
 * The group of each cluster by Ward's tree, about as many groups as the root of their number, more where one would hold over half of the
 * records; null where there are few clusters.
 */
export function groupsOf(found: Clusters): Uint32Array | null {
  if (found.count < MANY) return null;
  const records = found.sizes.reduce((sum, size) => sum + size, 0);
  return cutTree(hierarchy(found), Math.round(1.2 * Math.sqrt(found.count)), records / 2);
}

/** The terms of each cluster, and of each group of clusters where there are any, most telling first. */
export async function termsOf(
  { ids, count }: Pick<Clusters, 'ids' | 'count'>,
  groups: Uint32Array | null,
  textOf: (place: number) => string,
  signal: AbortSignal,
): Promise<{ clusters: string[][]; groups: string[][] }> {
  await loadSegmenter();
  const counter = new TermCounter(count, READ);
  const read = new Uint32Array(count);
  let reads = 0;
  for (let place = 0; place < ids.length; place++) {
    const cluster = ids[place];
    if (cluster < 0 || read[cluster] >= READ) continue;
    read[cluster]++;
    counter.add(textOf(place), cluster);
    if (++reads % TURN === 0) await breathe(signal);
  }
  const counts = counter.counts();
  return {
    clusters: clusterNames(counts),
    groups: groups ? clusterNames(countsOfGroups(counts, groups, Math.max(...groups) + 1)) : [],
  };
}

/** The commonest label of each cluster and its share of the labelled records; null where none has one. */
export function topLabels(
  { ids, count }: Pick<Clusters, 'ids' | 'count'>,
  labels: Classes | null,
): ({ name: string; share: number } | null)[] {
  if (!labels) return Array<null>(count).fill(null);
  const tallies = Array.from({ length: count }, () => new Map<number, number>());
  const sums = new Uint32Array(count);
  for (let place = 0; place < ids.length; place++) {
    const code = labels.codes[place];
    if (ids[place] < 0 || code < 0) continue;
    sums[ids[place]]++;
    const tally = tallies[ids[place]];
    tally.set(code, (tally.get(code) ?? 0) + 1);
  }
  return tallies.map((tally, cluster) => {
    let best: [number, number] | null = null;
    for (const entry of tally)
      if (!best || entry[1] > best[1] || (entry[1] === best[1] && entry[0] < best[0])) best = entry;
    return best && { name: labels.names[best[0]], share: best[1] / sums[cluster] };
  });
}

/** Mean of a column over each cluster; NaN where it is nowhere measurable. */
export function clusterMeans({ ids, count }: Pick<Clusters, 'ids' | 'count'>, values: Float32Array): Float64Array {
  const sums = new Float64Array(count);
  const seen = new Uint32Array(count);
  for (let place = 0; place < ids.length; place++) {
    const value = values[place];
    if (ids[place] < 0 || value !== value) continue;
    sums[ids[place]] += value;
    seen[ids[place]]++;
  }
  return sums.map((sum, cluster) => sum / seen[cluster]);
}

/** Middle of each cluster on the map: the medians of its records' places; NaN where none has one. */
export function clusterCentres(
  { ids, count }: Pick<Clusters, 'ids' | 'count'>,
  x: Float32Array,
  y: Float32Array,
): { x: number; y: number }[] {
  const sizes = new Uint32Array(count);
  const placed = (place: number) => ids[place] >= 0 && x[place] === x[place];
  for (let place = 0; place < ids.length; place++) if (placed(place)) sizes[ids[place]]++;
  const xs = Array.from(sizes, (size) => new Float32Array(size));
  const ys = Array.from(sizes, (size) => new Float32Array(size));
  const next = new Uint32Array(count);
  for (let place = 0; place < ids.length; place++) {
    if (!placed(place)) continue;
    const at = next[ids[place]]++;
    xs[ids[place]][at] = x[place];
    ys[ids[place]][at] = y[place];
  }
  const middle = (values: Float32Array) => values.sort()[values.length >> 1] ?? NaN;
  return xs.map((values, cluster) => ({ x: middle(values), y: middle(ys[cluster]) }));
}

/**
 * A colour for each cluster, by number: the largest have one each, every further one takes the colour whose nearest bearer on the map is
 * farthest away, so that neighbours are told apart.
 */
export function clusterColours(centres: readonly { x: number; y: number }[], colours: number): number[] {
  const taken: number[] = [];
  for (const { x, y } of centres) {
    const nearest = new Float64Array(colours).fill(Infinity);
    taken.forEach((colour, other) => {
      const away = Math.hypot(centres[other].x - x, centres[other].y - y);
      if (!(away >= nearest[colour])) nearest[colour] = away;
    });
    let best = 0;
    for (let colour = 1; colour < colours; colour++) if (nearest[colour] > nearest[best]) best = colour;
    taken.push(best);
  }
  return taken;
}
