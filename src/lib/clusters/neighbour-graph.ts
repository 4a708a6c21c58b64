import type { Neighbours } from './neighbours';

/** A symmetric weighted graph: edges of point i are `starts[i]` to `starts[i + 1] - 1`, to point `to[e]` with `weight[e]`. */
export interface NeighbourGraph {
  starts: Int32Array;
  to: Int32Array;
  weight: Float32Array;
}

/**
 * Who is whose neighbour: every neighbour of a point weighs the same, those of each other twice; all weights add up to 1. With 15
 * neighbours a point this does as well as affinities fitted to a perplexity (Böhm, Berens & Kobak 2022, section 4).
 * `most`: neighbours a point that count; the nearest.
 */
export function neighbourGraph({ k, ids }: Pick<Neighbours, 'k' | 'ids'>, most = k): NeighbourGraph {
  const used = Math.min(k, most);
  const points = ids.length / k;
  const counts = new Int32Array(points + 1);
  const knows = (point: number, other: number) => {
    for (let at = point * k; at < point * k + used; at++) if (ids[at] === other) return true;
    return false;
  };
  let all = 0;
  const each = (take: (from: number, to: number, mutual: boolean) => void) => {
    for (let point = 0; point < points; point++)
      for (let at = point * k; at < point * k + used && ids[at] >= 0; at++) {
        const mutual = knows(ids[at], point);
        take(point, ids[at], mutual);
        if (!mutual) take(ids[at], point, false);
      }
  };
  each((from, _, mutual) => {
    counts[from + 1]++;
    all += mutual ? 2 : 1;
  });
  for (let point = 0; point < points; point++) counts[point + 1] += counts[point];
  const next = counts.slice();
  const to = new Int32Array(counts[points]);
  const weight = new Float32Array(counts[points]);
  each((from, other, mutual) => {
    to[next[from]] = other;
    weight[next[from]++] = (mutual ? 2 : 1) / all;
  });
  return { starts: counts, to, weight };
}
