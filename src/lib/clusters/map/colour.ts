import { sortFloats } from '../../text/radix';

/** Red, green and blue, 0–255. */
export type Rgb = readonly [number, number, number];

/** The theme's colours. What is dropped is drawn in `dropped` whatever the rest is coloured by. */
export interface Inks {
  kept: Rgb;
  dropped: Rgb;
  /** One a class, most frequent class first; `CLASSES` are used. */
  categories: readonly Rgb[];
  /** All further classes. */
  other: Rgb;
  /** No class, or not measurable. */
  none: Rgb;
  /** Colours from low to high, at even distances. */
  ramp: readonly Rgb[];
}

/** Classes with a colour of their own. */
export const CLASSES = 12;
const STEPS = 255;
/** How far a colour that steps back goes towards the ink of what has none. */
const PALE = 0.45;

/** What points are coloured by: a byte a record, an entry of `paletteOf`'s table. */
export interface Tints {
  kind: 'categories' | 'values';
  bytes: Uint8Array;
  /** Entries of the palette that step back. */
  pale?: readonly number[];
}

/** A class with a colour of its own, in order of the palette. */
export interface ShownClass {
  code: number;
  count: number;
}

/**
 * Colours by a category: the most frequent classes have one each (of equally frequent ones the lower code), the rest share one.
 * @param codes one a record, -1 or anything below 0 for none.
 * @param among counts only records with a byte other than 0 (default: all).
 */
export function categoryTints(
  codes: Int32Array,
  among?: Uint8Array,
): { tints: Tints; shown: ShownClass[]; other: ShownClass[]; none: number } {
  const counts = new Map<number, number>();
  let none = 0;
  for (let i = 0; i < codes.length; i++) {
    if (among && !among[i]) continue;
    if (codes[i] < 0) none++;
    else counts.set(codes[i], (counts.get(codes[i]) ?? 0) + 1);
  }
  const ranked = [...counts]
    .map(([code, count]) => ({ code, count }))
    .sort((a, b) => b.count - a.count || a.code - b.code);
  const shown = ranked.slice(0, CLASSES);
  const tint = new Map(shown.map(({ code }, i) => [code, i]));
  const bytes = new Uint8Array(codes.length);
  for (let i = 0; i < codes.length; i++) bytes[i] = codes[i] < 0 ? CLASSES + 1 : (tint.get(codes[i]) ?? CLASSES);
  return { tints: { kind: 'categories', bytes }, shown, other: ranked.slice(CLASSES), none };
}

/** Colours by a measured number, even steps from the 1st to the 99th percentile (or of their logarithms, where both are positive). */
export function valueTints(
  values: Float32Array,
  scale: 'linear' | 'log' = 'linear',
): { tints: Tints; low: number; high: number } {
  const known = sortFloats(values.filter((value) => Number.isFinite(value)));
  const at = (share: number) => (known.length ? known[Math.round(share * (known.length - 1))] : 0);
  const [low, high] = [at(0.01), at(0.99)];
  const log = scale === 'log' && low >= 0 && high > 0;
  const place = (value: number) => (log ? Math.log1p(value) : value);
  const [from, to] = [place(low), place(high)];
  const bytes = new Uint8Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    const share = to > from ? (place(Math.max(low, Math.min(high, value))) - from) / (to - from) : 0.5;
    bytes[i] = value === value ? Math.round(share * (STEPS - 1)) : STEPS;
  }
  return { tints: { kind: 'values', bytes }, low, high };
}

/** Red, green and blue of each tint in turn; those of `pale` step back. */
export function paletteOf(kind: Tints['kind'], inks: Inks, pale: readonly number[] = []): Uint8Array {
  const colours: Rgb[] =
    kind === 'categories'
      ? [...Array.from({ length: CLASSES }, (_, i) => inks.categories[i] ?? inks.other), inks.other, inks.none]
      : [...Array.from({ length: STEPS }, (_, i) => between(inks.ramp, i / (STEPS - 1))), inks.none];
  for (const tint of pale) colours[tint] = between([colours[tint], inks.none], PALE);
  return Uint8Array.from(colours.flat());
}

/** The colour at `share` (0–1) of a row of colours. */
export function between(ramp: readonly Rgb[], share: number): Rgb {
  const at = share * (ramp.length - 1);
  const low = Math.min(ramp.length - 2, Math.floor(at));
  if (low < 0) return ramp[0];
  const part = at - low;
  const mix = (i: 0 | 1 | 2) => Math.round(ramp[low][i] * (1 - part) + ramp[low + 1][i] * part);
  return [mix(0), mix(1), mix(2)];
}
