import type { Range, Unit } from '$lib/columns/types';
import { formatNumber } from '$lib/i18n/format';
import { t } from '$lib/i18n/locale.svelte';

/** A value in its column's unit, in the page's language: `10 characters`, `0.25`. */
export function valueText(value: number, unit: Unit): string {
  return t(`value.${unit}`, { n: value, v: formatNumber(value, 4) });
}

/** A value as it is spoken, its unit always with it; `max` is the greatest value there is. */
export function spokenText(value: number, unit: Unit, max = 1): string {
  const text = valueText(value, unit);
  return ['characters', 'words', 'tokens', 'turns', 'grade', 'rank'].includes(unit)
    ? text
    : `${text} (${unitText(unit, max)})`;
}

/** Name of a unit as it stands under a chart: `characters`, `share`; a ratio above 1 is no share. */
export function unitText(unit: Unit, max = 1): string {
  return t(unit === 'ratio' && max > 1 ? 'unit.quotient' : `unit.${unit}`);
}

/** A cut or a bar's range: `10 – 14 characters`, `≥ 10 characters`; `plain` leaves sign and unit out. */
export function rangeText(range: Range, unit: Unit | 'plain'): string {
  const show = (value: number) => formatNumber(value, 3);
  const { min, max } = range;
  if (unit === 'plain') return show(min ?? max ?? NaN);
  const last = max ?? min ?? 0;
  const text =
    min !== undefined && max !== undefined
      ? show(min) === show(max)
        ? show(min)
        : `${show(min)} – ${show(max)}`
      : min !== undefined
        ? `≥ ${show(min)}`
        : max !== undefined
          ? `≤ ${show(max)}`
          : t('hist.open');
  return t(`value.${unit}`, { n: last, v: text });
}

/** A cut in few signs: `≥ 10`, `≤ 0.25`, `< 0.8`, `3–10`. */
export function cutText(range: Range): string {
  const show = (value: number) => formatNumber(value, 3);
  if (range.below !== undefined)
    return `${range.min === undefined ? '' : `≥ ${show(range.min)}, `}< ${show(range.below)}`;
  if (range.min !== undefined && range.max !== undefined) return `${show(range.min)}–${show(range.max)}`;
  return range.min !== undefined ? `≥ ${show(range.min)}` : range.max !== undefined ? `≤ ${show(range.max)}` : '';
}
