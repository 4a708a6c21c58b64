import type { ColumnStats, Unit } from '$lib/columns/types';

/** True where a column takes whole numbers only: a cut at 10 then keeps the whole bar of 10. Means have whole units but no whole values. */
export function isWhole(unit: Unit, stats: Pick<ColumnStats, 'min' | 'p25' | 'p50' | 'p75' | 'max'>): boolean {
  if (unit === 'ratio' || unit === 'grade' || unit === 'score') return false;
  // A median between two records may end in .5; anything finer is no count.
  const halves = (value: number) => !Number.isFinite(value) || Number.isInteger(value * 4);
  return (
    Number.isInteger(stats.max || 0) &&
    Number.isInteger(stats.min || 0) &&
    halves(stats.p25) &&
    halves(stats.p50) &&
    halves(stats.p75)
  );
}

/**
 * Position of values over bins drawn equally wide, whatever their edges (linear, logarithmic, with a bin of its own
 * for 0). `edges` ascend, one more than there are bins; positions run from 0 to 1.
 */
export class BinScale {
  readonly bins: number;
  readonly low: number;
  readonly high: number;

  constructor(
    readonly edges: Float64Array,
    readonly log: boolean,
    readonly whole: boolean,
  ) {
    this.bins = Math.max(1, edges.length - 1);
    this.low = edges[0];
    this.high = edges[edges.length - 1];
  }

  /** Does each bar stand for one whole number? */
  get single(): boolean {
    return this.whole && !this.log && this.high - this.low === this.bins;
  }

  /** Index of the bin that holds `value`, the first or last one for what lies outside. */
  bin(value: number): number {
    let low = 0;
    let high = this.bins - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.edges[middle] <= value) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** 0–1 along the axis. */
  position(value: number): number {
    if (!(value > this.low)) return 0;
    if (value >= this.high) return 1;
    const i = this.bin(value);
    const [a, b] = [this.edges[i], this.edges[i + 1]];
    const part = this.log && a > 0 ? Math.log(value / a) / Math.log(b / a) : (value - a) / (b - a);
    return (i + part) / this.bins;
  }

  /** The value at a position; the reverse of `position`. */
  value(position: number): number {
    const at = Math.max(0, Math.min(1, position)) * this.bins;
    const i = Math.min(this.bins - 1, Math.floor(at));
    const [a, b] = [this.edges[i], this.edges[i + 1]];
    return this.log && a > 0 ? a * (b / a) ** (at - i) : a + (b - a) * (at - i);
  }

  /** Where a value's label stands: under the middle of its bar where that is one number's own. */
  mark(value: number): number {
    return this.single ? (value - this.low + 0.5) / this.bins : this.position(value);
  }

  /** Where the line of a cut stands: a greatest whole number keeps its own bar, so its line is drawn behind it. */
  line(side: 'min' | 'max', value: number): number {
    return this.position(side === 'max' && this.whole ? Math.floor(value) + 1 : value);
  }

  /** The cut's value for a line at a position, rounded to what the pixels can tell apart. */
  cut(side: 'min' | 'max', position: number, pixels: number): number {
    const raw = this.value(position);
    const near = Math.abs(
      this.value(Math.min(1, position + 1 / pixels)) - this.value(Math.max(0, position - 1 / pixels)),
    );
    const step = this.whole ? Math.max(1, niceStep(near / 2)) : niceStep(near / 2);
    const value = round(raw, step);
    return side === 'max' && this.whole ? Math.max(Math.floor(this.low), value - (step === 1 ? 1 : 0)) : value;
  }

  /** One sensible step for the arrow keys from `value`: a hundredth of a linear axis, one in the second digit of a log one. */
  step(value: number): number {
    if (this.log)
      return Math.max(this.whole ? 1 : 1e-6, 10 ** (Math.floor(Math.log10(Math.max(Math.abs(value), 1))) - 1));
    const step = niceStep((this.high - this.low) / 100);
    return this.whole ? Math.max(1, step) : step;
  }

  /** Values worth a label, ascending: powers and their halves on a log axis, round steps otherwise. */
  ticks(count: number): number[] {
    if (!(this.high > this.low)) return [this.low];
    if (!this.log) return linearTicks(this.low, this.high - Number(this.single), count, this.whole);
    const first = Math.max(this.low, 1);
    const all: number[] = this.low <= 0 ? [0] : [];
    const decades = Math.log10(this.high / first);
    const parts = decades <= 1.2 ? [1, 2, 5] : decades <= 2.2 && count >= 6 ? [1, 3] : [1];
    for (let power = Math.floor(Math.log10(first)); power <= Math.log10(this.high) + 1e-9; power++)
      for (const part of parts) {
        const value = part * 10 ** power;
        if (value >= first - 1e-9 && value <= this.high + 1e-9) all.push(value);
      }
    return all;
  }
}

function linearTicks(low: number, high: number, count: number, whole: boolean): number[] {
  let step = niceStep((high - low) / Math.max(1, count));
  if ((high - low) / step > count * 1.25) step = niceStep(step * 1.5);
  if (whole) step = Math.max(1, step);
  const ticks: number[] = [];
  for (let k = Math.ceil(low / step - 1e-9); k * step <= high + step * 1e-9; k++) ticks.push(round(k * step, step));
  return ticks;
}

/** The greatest of 1, 2, 5 × 10ⁿ not above `size` by more than rounding. */
export function niceStep(size: number): number {
  if (!(size > 0) || !Number.isFinite(size)) return 1;
  const power = 10 ** Math.floor(Math.log10(size));
  const lead = size / power;
  return (lead >= 7.5 ? 10 : lead >= 3.5 ? 5 : lead >= 1.5 ? 2 : 1) * power;
}

/** `value` on the grid of `step`, without the tail of binary fractions. */
export function round(value: number, step: number): number {
  const places = Math.max(0, Math.min(12, -Math.floor(Math.log10(step) + 1e-9)));
  return Number((Math.round(value / step) * step).toFixed(places));
}
