import type { FuzzyGraph } from './fuzzy-graph';
import { Random } from './random';
import type { Steps } from './steps';

/** Settings of the layout; names as in umap-learn. */
export interface LayoutOptions {
  seed: number;
  epochs: number;
  /** The curve 1 / (1 + a d^2b) that stands for similarity in the plane. */
  a: number;
  b: number;
  /** Points pushed away for each edge that pulls. */
  negatives: number;
  learningRate: number;
  repulsion: number;
}

/**
 * Moves points so that edges of the graph are short and other pairs far apart: stochastic gradient descent on the cross entropy with
 * negative sampling (McInnes, Healy & Melville 2018, section 3.2). `positions`, rows × 2, are changed in place. One thread, one stream of
 * random numbers: the same seed gives the same picture. Yields the share of epochs done.
 */
export function* layout(positions: Float32Array, graph: FuzzyGraph, options: LayoutOptions): Steps<void> {
  const { seed, epochs, a, b, negatives, learningRate, repulsion } = options;
  const points = positions.length / 2;
  const random = new Random(seed, 0x736764);
  const pull = byDistance((d2) => (-2 * a * b * d2 ** (b - 1)) / (1 + a * d2 ** b));
  const push = byDistance((d2) => (2 * repulsion * b) / ((0.001 + d2) * (1 + a * d2 ** b)));
  const float = new Float32Array(1);
  const bits = { float, int: new Int32Array(float.buffer) };
  const { head, tail, period } = edgesBySource(graph, epochs);
  const edges = head.length;
  const due = period.slice();
  const negativeDue = Float32Array.from(period, (p) => p / negatives);
  for (let epoch = 0; epoch < epochs; epoch++) {
    const rate = learningRate * (1 - epoch / epochs);
    for (let e = 0; e < edges; e++) {
      if (due[e] > epoch) continue;
      const i = 2 * head[e];
      const j = 2 * tail[e];
      let dx = positions[i] - positions[j];
      let dy = positions[i + 1] - positions[j + 1];
      let d2 = dx * dx + dy * dy;
      if (d2 > 0) {
        bits.float[0] = d2;
        const factor = pull[bits.int[0] >> SHIFT];
        const x = clip(factor * dx) * rate;
        const y = clip(factor * dy) * rate;
        positions[i] += x;
        positions[i + 1] += y;
        positions[j] -= x;
        positions[j + 1] -= y;
      }
      due[e] += period[e];
      const gap = period[e] / negatives;
      const count = Math.floor((epoch - negativeDue[e]) / gap) + 1;
      for (let n = 0; n < count; n++) {
        const k = 2 * Math.floor((random.next() / 0x100000000) * points);
        if (k === i) continue;
        dx = positions[i] - positions[k];
        dy = positions[i + 1] - positions[k + 1];
        d2 = dx * dx + dy * dy;
        if (d2 === 0) continue;
        bits.float[0] = d2;
        const factor = push[bits.int[0] >> SHIFT];
        positions[i] += clip(factor * dx) * rate;
        positions[i + 1] += clip(factor * dy) * rate;
      }
      if (count > 0) negativeDue[e] += count * gap;
    }
    yield (epoch + 1) / epochs;
  }
}

/** A float's bits without these lowest ones are its place in the tables: steps of 1/256 of the number's own size. */
const SHIFT = 15;

/** A function of a positive float32, at the middle of each step; powers are dear where a million are asked for every epoch. */
function byDistance(value: (d2: number) => number): Float64Array {
  const bits = new Int32Array(1);
  const float = new Float32Array(bits.buffer);
  const out = new Float64Array(0x7f800000 >> SHIFT);
  for (let i = 0; i < out.length; i++) {
    bits[0] = (i << SHIFT) | (1 << (SHIFT - 1));
    out[i] = value(float[0]);
  }
  return out;
}

function clip(value: number): number {
  return value > 4 ? 4 : value < -4 ? -4 : value;
}

/** Edges in order of their source, so that its position stays in the cache; those too weak to be drawn once are left out. */
function edgesBySource({ head, tail, weight }: FuzzyGraph, epochs: number) {
  let most = 0;
  for (const w of weight) if (w > most) most = w;
  const kept: number[] = [];
  for (let e = 0; e < head.length; e++) if (weight[e] * epochs >= most) kept.push(e);
  const order = Int32Array.from(kept).sort((x, y) => head[x] - head[y] || x - y);
  return {
    head: Int32Array.from(order, (e) => head[e]),
    tail: Int32Array.from(order, (e) => tail[e]),
    period: Float32Array.from(order, (e) => most / weight[e]),
  };
}
