import type { NeighbourGraph } from './neighbour-graph';
import { Repulsion } from './repulsion';
import type { Steps } from './steps';

export interface LayoutOptions {
  /** Steps in turn, and how many times stronger than t-SNE's the pull of neighbours is in them. */
  phases: readonly { steps: number; exaggeration: number }[];
  /** Share of a point's last step that it takes again. */
  momentum: number;
}

/**
 * Neighbours are brought together first, then let apart. On 10,000 prompts of Alpaca (MiniLM) trustworthiness is 0.971
 * (tests/bench/layout.bench.ts).
 */
export const LAYOUT: LayoutOptions = {
  phases: [
    { steps: 50, exaggeration: 12 },
    { steps: 250, exaggeration: 1.3 },
  ],
  momentum: 0.8,
};

/** The longest a point moves in a step. */
const LONGEST = 5;

/**
 * Moves points so that those joined in the graph are near and others far: t-SNE (van der Maaten & Hinton 2008) with all pairs' repulsion on
 * a grid, a rate of points / exaggeration (Belkina et al. 2019), gains a coordinate (Jacobs 1988), and lasting mild exaggeration, half
 * way from t-SNE to UMAP (Böhm, Berens & Kobak 2022). `positions`, x and y of each point, are changed in place. Nothing in it is drawn
 * by lot. Yields the share of steps done.
 */
export function* layout(
  positions: Float32Array,
  graph: NeighbourGraph,
  { phases, momentum }: LayoutOptions = LAYOUT,
): Steps<void> {
  const points = positions.length / 2;
  const repulsion = new Repulsion();
  const push = new Float32Array(points * 2);
  const pull = new Float32Array(points * 2);
  const step = new Float32Array(points * 2);
  const gains = new Float32Array(points * 2).fill(1);
  const all = phases.reduce((sum, phase) => sum + phase.steps, 0);
  let done = 0;
  for (const { steps, exaggeration } of phases) {
    const rate = points / exaggeration;
    for (let s = 0; s < steps; s++) {
      const sum = Math.max(repulsion.of(positions, push), Number.MIN_VALUE);
      attract(positions, graph, pull);
      for (let i = 0; i < step.length; i++) {
        const gradient = exaggeration * pull[i] - push[i] / sum;
        gains[i] = gradient > 0 === step[i] > 0 ? Math.max(0.01, gains[i] * 0.8) : gains[i] + 0.2;
        step[i] = momentum * step[i] - rate * gains[i] * gradient;
      }
      move(positions, step);
      yield ++done / all;
    }
  }
}

/** Each point's pull away from its neighbours' places: the sum of weight · w · (yᵢ − yⱼ). */
function attract(positions: Float32Array, { starts, to, weight }: NeighbourGraph, pull: Float32Array): void {
  for (let i = 0; i < positions.length; i += 2) {
    const x = positions[i];
    const y = positions[i + 1];
    let pullX = 0;
    let pullY = 0;
    for (let e = starts[i >> 1], end = starts[(i >> 1) + 1]; e < end; e++) {
      const j = 2 * to[e];
      const dx = x - positions[j];
      const dy = y - positions[j + 1];
      const w = weight[e] / (1 + dx * dx + dy * dy);
      pullX += w * dx;
      pullY += w * dy;
    }
    pull[i] = pullX;
    pull[i + 1] = pullY;
  }
}

/** Every point by its step, none by more than LONGEST, and the whole back to the middle. */
function move(positions: Float32Array, step: Float32Array): void {
  let meanX = 0;
  let meanY = 0;
  for (let i = 0; i < step.length; i += 2) {
    const length = Math.sqrt(step[i] * step[i] + step[i + 1] * step[i + 1]);
    if (length > LONGEST) {
      step[i] *= LONGEST / length;
      step[i + 1] *= LONGEST / length;
    }
    meanX += positions[i] += step[i];
    meanY += positions[i + 1] += step[i + 1];
  }
  meanX /= step.length / 2;
  meanY /= step.length / 2;
  for (let i = 0; i < step.length; i += 2) {
    positions[i] -= meanX;
    positions[i + 1] -= meanY;
  }
}
