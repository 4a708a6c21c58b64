import type { Vectors } from '../embedding/types';
import type { NearestLists } from './nearest-lists';
import type { CappedEdges } from './pairs';
import { BlockProducts } from './products';
import type { Steps } from './steps';

const BLOCK = 128;

/**
 * Adds to `edges` the pairs that neighbour lists lead to: each list's own, and where a list ends before the floor is reached, the
 * neighbours of those found so far, as long as they are similar enough themselves. `points` are the rows of the vectors.
 */
export function* pairsFromLists(
  { dim, values }: Vectors,
  points: Uint32Array,
  lists: NearestLists,
  edges: CappedEdges,
): Steps<void> {
  const { rows, k, ids, similarity, worst } = lists;
  const products = new BlockProducts(dim, 1, BLOCK);
  const seen = new Int32Array(rows).fill(-1);
  const back = reversed(lists);
  let open: number[] = [];
  for (let row = 0; row < rows; row++) {
    if ((row & 1023) === 1023) yield row / rows;
    for (let i = row * k; i < row * k + k && ids[i] >= 0; i++) edges.add(row, ids[i], similarity[i]);
    if (worst[row] < edges.floor) continue;
    seen[row] = row;
    open = [];
    for (let i = row * k; i < row * k + k; i++) {
      seen[ids[i]] = row;
      open.push(ids[i]);
    }
    products.put(0, 0, values, points[row]);
    let batch: number[] = [];
    const compare = () => {
      for (let j = 0; j < batch.length; j++) products.put(1, j, values, points[batch[j]]);
      products.multiply(1, batch.length);
      for (let j = 0; j < batch.length; j++)
        if (products.out[j] >= edges.floor) {
          edges.add(row, batch[j], products.out[j]);
          open.push(batch[j]);
        }
      batch = [];
    };
    const visit = (id: number) => {
      if (id < 0 || seen[id] === row) return;
      seen[id] = row;
      batch.push(id);
      if (batch.length === BLOCK) compare();
    };
    while (open.length) {
      const from = open.pop()!;
      for (let i = from * k; i < from * k + k; i++) visit(ids[i]);
      for (let i = back.starts[from]; i < back.starts[from + 1]; i++) visit(back.ids[i]);
      if (!open.length && batch.length) compare();
    }
  }
}

/** Which lists each point stands in. */
function reversed({ rows, k, ids }: NearestLists): { starts: Uint32Array; ids: Int32Array } {
  const starts = new Uint32Array(rows + 1);
  for (const id of ids) if (id >= 0) starts[id + 1]++;
  for (let i = 0; i < rows; i++) starts[i + 1] += starts[i];
  const out = new Int32Array(starts[rows]);
  const next = starts.slice();
  for (let i = 0; i < ids.length; i++) if (ids[i] >= 0) out[next[ids[i]]++] = Math.floor(i / k);
  return { starts, ids: out };
}
