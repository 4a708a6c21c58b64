import type { BalanceStep } from '$lib/recipe/types';

export type Mode = NonNullable<BalanceStep['mode']>;
export const MODES: readonly Mode[] = ['natural', 'uniform', 'temperature', 'cap', 'per-class'];
/** One class above this share of what is kept is an alarm (Siftbook's column reference: labels). */
export const ALARM = 0.8;

/** The mode of a step, read from its keys where it names none. */
export function modeOf(step: BalanceStep): Mode {
  if (step.mode) return step.mode;
  if (step['per-class'] !== undefined) return 'per-class';
  if (step.cap !== undefined) return 'cap';
  return step.temperature !== undefined ? 'temperature' : 'natural';
}

/** The same step in another mode, with only the keys that go with it; numbers it needs are taken from the data. */
export function inMode(step: BalanceStep, mode: Mode, sizes: ArrayLike<number>): BalanceStep {
  const next: BalanceStep = { by: step.by, mode };
  const there = Array.from(sizes).filter((n) => n > 0);
  if (mode === 'temperature') next.temperature = step.temperature ?? 2;
  if (mode === 'cap') next.cap = step.cap ?? step['per-class'] ?? middle(there);
  if (mode === 'per-class') next['per-class'] = step['per-class'] ?? step.cap ?? middle(there);
  if (step.total !== undefined && mode !== 'cap' && mode !== 'per-class') next.total = step.total;
  if (step.over) next.over = true;
  return next;
}

/** Median of the sizes, the usual goal of a class: neither the head's nor the tail's. */
function middle(sizes: number[]): number {
  if (sizes.length === 0) return 1000;
  const sorted = [...sizes].sort((a, b) => a - b);
  return sorted[sorted.length >> 1];
}

/** The step with a target of its own for one class; null takes it back to the mode's. */
export function withTarget(step: BalanceStep, name: string, target: number | null): BalanceStep {
  const counts = { ...step.counts };
  if (target === null) delete counts[name];
  else counts[name] = target;
  const next = without(step, 'counts');
  return Object.keys(counts).length > 0 ? { ...next, counts } : next;
}

/** The largest class and the cap under which it no longer outweighs the others; null while none is above 80 %. */
export function alarm(sizes: ArrayLike<number>): { index: number; share: number; cap: number } | null {
  let total = 0;
  let index = -1;
  for (let i = 0; i < sizes.length; i++) {
    total += sizes[i];
    if (index < 0 || sizes[i] > sizes[index]) index = i;
  }
  if (index < 0 || sizes.length < 2 || sizes[index] <= ALARM * total) return null;
  const others = total - sizes[index];
  return { index, share: sizes[index] / total, cap: Math.max(1, Math.floor((ALARM / (1 - ALARM)) * others + 1e-9)) };
}

/** Whether a class of this category may be too large: that a set is in one language is no fault of it. */
export const warns = (by: string): boolean => by !== 'language';

/** A copy of the step without one of its keys. */
export function without(step: BalanceStep, key: Exclude<keyof BalanceStep, 'by'>): BalanceStep {
  const next = { ...step };
  delete next[key];
  return next;
}
