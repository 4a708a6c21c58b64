import type { FigureId } from '$lib/engine/protocol';

/** From this share on a figure that falls is marked: below, samples of 500 differ by chance. */
export const MARK = 0.05;

/** Change of a figure as a share of what it was; null where that says nothing. */
export function changeOf(before: number, after: number): number | null {
  return Number.isFinite(before) && Number.isFinite(after) && before !== 0 ? (after - before) / before : null;
}

/** Does the recipe lower diversity by this figure? Self-BLEU rises as diversity falls. */
export function costs(id: FigureId | 'pairs', change: number | null): boolean {
  return change !== null && (id === 'self_bleu' ? change : -change) > MARK;
}
