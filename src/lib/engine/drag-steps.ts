/** The positions that a handle may take while it is dragged. */

/** As many positions as a handle's track has pixels, about. */
export const POSITIONS = 500;

/**
 * Positions a handle may take on an axis that gives every bin of `edges` the same width: each bin is divided evenly, whole
 * columns at whole numbers, others at decimals of two digits more than the bin's own width needs. The first is at or below
 * `min`, the last at or above `max`. `always`: values that must be among them (the cut as it stands, published cuts).
 */
export function dragSteps(
  edges: Float64Array,
  min: number,
  max: number,
  whole: boolean,
  always: readonly number[] = [],
  positions = POSITIONS,
): Float64Array {
  const steps = new Set<number>(always.filter((value) => Number.isFinite(value)));
  const bins = edges.length - 1;
  // Bins have round widths; so have their parts, and a handle let go leaves a round number in the recipe.
  const parts = [1, 2, 5, 10, 20, 50].find((n) => n * bins >= 0.7 * positions) ?? 100;
  for (let bin = 0; bin < bins; bin++) {
    const size = (edges[bin + 1] - edges[bin]) / parts;
    for (let part = 0; part <= parts; part++) {
      const value = edges[bin] + part * size;
      steps.add(whole ? Math.round(value) : rounded(value, size, Math.round));
    }
  }
  if (min === min) {
    const size = (edges[bins] - edges[0]) / positions;
    if (min < edges[0]) steps.add(whole ? Math.floor(min) : rounded(min, size, Math.floor));
    if (max > edges[bins]) steps.add(whole ? Math.ceil(max) : rounded(max, size, Math.ceil));
  }
  // Positions that are one float32 would tell apart what a cut does not.
  return Float64Array.from(steps)
    .sort()
    .filter((value, i, all) => i === 0 || Math.fround(value) > Math.fround(all[i - 1]));
}

/** To the decimals that tell steps of `size` apart with a digit to spare. */
function rounded(value: number, size: number, round: (value: number) => number): number {
  const digits = Math.min(15, Math.max(0, 1 - Math.floor(Math.log10(size))));
  return Number((round(Number((value * 10 ** digits).toPrecision(15))) / 10 ** digits).toFixed(digits));
}
