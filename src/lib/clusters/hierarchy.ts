import type { Clusters } from './kmeans';

/** One step of a tree: nodes `a` < `b` become node `leaves + index of the step`. Leaves are 0 to leaves − 1. */
export interface Merge {
  a: number;
  b: number;
  distance: number;
  /** Records below. */
  size: number;
}

/**
 * Agglomerative tree of the clusters' centroids by Ward's criterion (Ward 1963, updated as Lance & Williams 1967): always the two whose
 * union adds least to the squared distances within, with every centroid as heavy as its records. Distances are SciPy's for equal sizes of
 * 1. Time grows with the cube of the clusters: for up to some hundreds.
 */
export function hierarchy({ count, sizes, centroids }: Pick<Clusters, 'count' | 'sizes' | 'centroids'>): Merge[] {
  const dim = count ? centroids.length / count : 0;
  // Squared Ward distances, 2 nm / (n + m) ‖x − y‖².
  const squared = Array.from({ length: count }, () => new Float64Array(count));
  for (let i = 0; i < count; i++)
    for (let j = 0; j < i; j++) {
      let sum = 0;
      for (let d = 0; d < dim; d++) sum += (centroids[i * dim + d] - centroids[j * dim + d]) ** 2;
      squared[i][j] = squared[j][i] = (2 * sizes[i] * sizes[j] * sum) / (sizes[i] + sizes[j]);
    }
  const node = Int32Array.from({ length: count }, (_, i) => i);
  const weight = Float64Array.from(sizes);
  const alive = Array.from({ length: count }, (_, i) => i);
  const merges: Merge[] = [];
  while (alive.length > 1) {
    let [p, q] = [alive[0], alive[1]];
    for (const i of alive) for (const j of alive) if (i < j && squared[i][j] < squared[p][q]) [p, q] = [i, j];
    const least = squared[p][q];
    for (const o of alive) {
      if (o === p || o === q) continue;
      const all = weight[p] + weight[q] + weight[o];
      squared[p][o] = squared[o][p] =
        ((weight[p] + weight[o]) * squared[p][o] + (weight[q] + weight[o]) * squared[q][o] - weight[o] * least) / all;
    }
    weight[p] += weight[q];
    merges.push({
      a: Math.min(node[p], node[q]),
      b: Math.max(node[p], node[q]),
      distance: Math.sqrt(least),
      size: weight[p],
    });
    node[p] = count + merges.length - 1;
    alive.splice(alive.indexOf(q), 1);
  }
  return merges;
}

/**
 * The tree cut into `groups` groups: the group of each leaf, numbered in order of its first leaf. A group of more than `most` records is cut
 * deeper, into up to twice as many groups in all; one leaf is never cut.
 */
export function cutTree(merges: readonly Merge[], groups: number, most = Infinity): Uint32Array {
  const leaves = merges.length + 1;
  const roots = new Set([leaves + merges.length - 1]);
  const split = (node: number) => {
    roots.delete(node);
    roots.add(merges[node - leaves].a).add(merges[node - leaves].b);
  };
  while (roots.size < Math.min(groups, leaves)) split(Math.max(...roots));
  while (roots.size < 2 * groups) {
    const large = [...roots].find((node) => node >= leaves && merges[node - leaves].size > most);
    if (large === undefined) break;
    split(large);
  }
  const root = Int32Array.from({ length: leaves + merges.length }, (_, node) => (roots.has(node) ? node : -1));
  for (let m = merges.length - 1; m >= 0; m--)
    for (const child of [merges[m].a, merges[m].b]) if (root[child] < 0) root[child] = root[leaves + m];
  const numbers = new Map<number, number>();
  return Uint32Array.from({ length: leaves }, (_, leaf) => {
    const number = numbers.get(root[leaf]) ?? numbers.size;
    numbers.set(root[leaf], number);
    return number;
  });
}
