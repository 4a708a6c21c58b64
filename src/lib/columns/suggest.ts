import type { Column, ColumnStats, Profile, PublishedCut, Range } from './types';

/** A cut that the data itself suggests. The reason is a message key. */
export interface SuggestedCut extends Range {
  reason: string;
}

/** The published cut of a column for this profile; null where none is published or none fits. */
export function publishedCut(column: Column, profile: Profile): PublishedCut | null {
  if (column.applies && !column.applies(profile)) return null;
  return column.published?.(profile) ?? null;
}

function outward(value: number, up: boolean, whole: boolean): number {
  if (value === 0) return 0;
  const size = 10 ** (Math.floor(Math.log10(Math.abs(value))) - 2);
  const step = whole ? Math.max(1, size) : size;
  const at = value / step;
  return Number(((up ? Math.ceil(at - 1e-6) : Math.floor(at + 1e-6)) * step).toPrecision(6));
}

/**
 * A cut from the data: for a finding, its records; for a column whose `bad` side is known, the 99th (1st) percentile on that side,
 * rounded outward, if the data goes on beyond it. Null where the data suggests nothing. Never applied by itself.
 */
export function suggestedCut(column: Column, stats: ColumnStats, profile: Profile): SuggestedCut | null {
  if (!stats.count || (column.applies && !column.applies(profile))) return null;
  if (column.severity !== undefined)
    return column.severity >= 2 && stats.max > 0 ? { max: 0, reason: 'suggest.finding' } : null;
  if (!column.bad) return null;
  const whole = [stats.min, stats.max, stats.p50 * 4].every(Number.isInteger) && stats.max > 1;
  const cut: Range = {};
  if (column.bad !== 'low') {
    const max = outward(stats.p99, true, whole);
    // Where 99 % are 0 the rest is rare, but not for that at fault.
    if (stats.max > max && max > 0) cut.max = max;
  }
  if (column.bad !== 'high') {
    const min = outward(stats.p01, false, whole);
    if (stats.min < min) cut.min = min;
  }
  const sides = Object.keys(cut).length;
  if (!sides) return null;
  const reason =
    sides === 2 ? 'suggest.both-tails' : cut.max !== undefined ? 'suggest.upper-tail' : 'suggest.lower-tail';
  return { ...cut, reason };
}
