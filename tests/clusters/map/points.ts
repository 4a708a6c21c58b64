import type { Inks, Rgb } from '$lib/clusters/map';

/** A small seeded generator (mulberry32), for tests only. */
export function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Points in clumps, some on top of each other, some without a place. */
export function clumps(rows: number, seed: number): { x: Float32Array; y: Float32Array } {
  const random = generator(seed);
  const x = new Float32Array(rows);
  const y = new Float32Array(rows);
  for (let i = 0; i < rows; i++) {
    const clump = Math.floor(random() * 5);
    x[i] = clump * 3 + random() * random() * 4 - 7;
    y[i] = (clump % 2) * 5 + random() * 3;
    if (i > 0 && random() < 0.1) [x[i], y[i]] = [x[i - 1], y[i - 1]];
    if (random() < 0.05) x[i] = NaN;
    if (random() < 0.01) y[i] = Infinity;
  }
  return { x, y };
}

const grey = (v: number): Rgb => [v, v, v];
export const inks: Inks = {
  kept: [10, 20, 30],
  dropped: [200, 100, 50],
  categories: [
    [255, 0, 0],
    [0, 255, 0],
    [0, 0, 255],
    ...Array.from({ length: 9 }, (_, i): Rgb => [90 + i, 3 * i, 250 - i]),
  ],
  other: grey(120),
  none: grey(180),
  ramp: [grey(0), [100, 50, 0], grey(250)],
};
