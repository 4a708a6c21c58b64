/** Steps of opacity. */
export const LEVELS = 64;
const MOST = 65535;

/** Opacity by density: a table from the weight on a pixel to a step, and each step's opacity. */
export interface Tone {
  /** Step of a weight; the last entry stands for all above. Step 0 is nothing at all. */
  levels: Uint8Array;
  /** Opacity of a step, 0–1. */
  alpha: Float32Array;
}

/** Weights of the pixels that hold something: how often each occurs, up to 65,535 (the last one: that or more). */
export function weightHistogram(weights: Uint32Array): Uint32Array {
  const counts = new Uint32Array(MOST + 1);
  for (let p = 0; p < weights.length; p++) if (weights[p] > 0) counts[weights[p] < MOST ? weights[p] : MOST]++;
  return counts;
}

/**
 * Opacity grows with the logarithm of density between one point and the 99th percentile of pixels that hold any, so that a few
 * crowded pixels do not pale all others. Where no two points meet, one alone is nearly opaque. Less than a point (its smooth edge) is in proportion.
 * @param histogram of `weightHistogram`, over all records: a cut does not change the scale.
 * @param unit weight of one point.
 * @param faint opacity of one point where pixels hold hundreds.
 */
export function toneOf(histogram: Uint32Array, unit: number, faint: number): Tone {
  let total = 0;
  for (let w = unit; w < histogram.length; w++) total += histogram[w];
  let most = unit;
  for (let w = unit, below = 0; w < histogram.length; w++) {
    below += histogram[w];
    if (below >= total * 0.99) {
      most = w;
      break;
    }
  }
  const spread = Math.log(most / unit);
  const single = faint + (0.9 - faint) / (1 + spread);
  const levels = new Uint8Array(most + 1);
  for (let w = 1; w <= most; w++) {
    const share = w <= unit ? (single * w) / unit : single + ((1 - single) * Math.log(w / unit)) / spread;
    levels[w] = Math.max(1, Math.min(LEVELS - 1, Math.round(share * (LEVELS - 1))));
  }
  return { levels, alpha: Float32Array.from({ length: LEVELS }, (_, level) => level / (LEVELS - 1)) };
}
