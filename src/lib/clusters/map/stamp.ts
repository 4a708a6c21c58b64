/** A round point as the pixels it covers: offsets in the raster and how much of each is covered, in parts of `unit`. */
export interface Stamp {
  offsets: Int32Array;
  weights: Int32Array;
  /** The weight of a pixel that is covered whole. */
  unit: number;
}

const LARGEST = 12;
/** Pixels from the middle of the largest point to its outermost. */
export const REACH = Math.ceil((LARGEST - 1) / 2);
/** Pixels around the picture, so that points whose middle lies just outside need no bounds checked. */
export const MARGIN = 2 * REACH;
const UNIT = 16;
const SAMPLES = 8;
/** Share of the view that points would cover if none lay over another. */
const COVER = 0.25;
/** Pixels weighed in one drawing at most, so that it stays within a frame. */
const BUDGET = 3_000_000;

/**
 * Diameter in device pixels for `points` in view: 1 where there are very many, up to 6 CSS pixels where there are few, in halves.
 * `area` is the view's in CSS pixels.
 */
export function pointSize(points: number, area: number, ratio: number): number {
  if (points === 0) return 1;
  const wanted = Math.min(6, Math.max(1, Math.sqrt((COVER * area) / points))) * ratio;
  const size = Math.min(wanted, LARGEST, Math.sqrt(BUDGET / points) - 1);
  return Math.max(1, Math.floor(size * 2) / 2);
}

/** The pixels a disc of `diameter` around the middle of a pixel covers, in a raster `stride` pixels wide; edges are smooth. */
export function stampOf(diameter: number, stride: number): Stamp {
  if (diameter <= 1) return { offsets: Int32Array.of(0), weights: Int32Array.of(1), unit: 1 };
  const reach = Math.ceil((diameter - 1) / 2);
  const offsets: number[] = [];
  const weights: number[] = [];
  for (let dy = -reach; dy <= reach; dy++)
    for (let dx = -reach; dx <= reach; dx++) {
      let inside = 0;
      for (let i = 0; i < SAMPLES; i++)
        for (let j = 0; j < SAMPLES; j++) {
          const x = dx + (i + 0.5) / SAMPLES - 0.5;
          const y = dy + (j + 0.5) / SAMPLES - 0.5;
          if (4 * (x * x + y * y) <= diameter * diameter) inside++;
        }
      const weight = Math.round((inside * UNIT) / SAMPLES ** 2);
      if (weight === 0) continue;
      offsets.push(dy * stride + dx);
      weights.push(weight);
    }
  return { offsets: Int32Array.from(offsets), weights: Int32Array.from(weights), unit: UNIT };
}
