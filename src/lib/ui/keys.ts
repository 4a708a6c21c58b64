/** A slider for its keys: where it stands, its step and its ends. */
export interface Keyed {
  at: number;
  step: number;
  low: number;
  high: number;
}

/** Where a key takes a slider: arrows go by a step (ten with Shift), Page keys by ten, Home and End to its ends; null for others. */
export function keyTo({ key, shiftKey }: { key: string; shiftKey: boolean }, slider: Keyed): number | null {
  const { at, step, low, high } = slider;
  const by = shiftKey ? step * 10 : step;
  const to: Record<string, number> = {
    ArrowRight: at + by,
    ArrowUp: at + by,
    ArrowLeft: at - by,
    ArrowDown: at - by,
    PageUp: at + step * 10,
    PageDown: at - step * 10,
    Home: low,
    End: high,
  };
  return Object.hasOwn(to, key) ? Math.max(low, Math.min(high, to[key])) : null;
}
