import type { DatasetSummary, Views } from '$lib/engine/protocol';
import { formatBytes, formatCompact, formatCount, formatNumber, formatShare, type Lang } from '$lib/i18n/format';

/** Names that prose may quote, beside `finding.ID`, `median.COLUMN` and `class.NAME`. */
export const QUOTABLE = [
  'name',
  'rows',
  'kept',
  'dropped',
  'share',
  'written',
  'tokens',
  'bytes',
  'classes',
  'train',
  'validation',
  'test',
  'steps',
] as const;

/** The text of a quoted number as things stand; null where there is no such number. `kept` is the live count. */
export function quote(
  name: string,
  dataset: DatasetSummary | null,
  views: Views | null,
  kept: number,
  lang: Lang,
): string | null {
  if (!views || !dataset) return null;
  const { counts } = views;
  switch (name) {
    case 'name':
      return dataset.name;
    case 'rows':
      return formatCount(counts.rows);
    case 'kept':
      return formatCount(kept);
    case 'dropped':
      return formatCount(counts.rows - kept);
    case 'share':
      return formatShare(kept / Math.max(1, counts.rows));
    case 'written':
      return formatCount(counts.written);
    case 'tokens':
      return formatCompact(counts.tokens.after, lang);
    case 'bytes':
      return formatBytes(dataset.bytes);
    case 'classes':
      return counts.effectiveClasses ? formatNumber(counts.effectiveClasses.after) : null;
    case 'train':
    case 'validation':
    case 'test':
      return counts.splits ? formatCount(counts.splits[name]) : null;
    case 'steps':
      return formatCount(counts.steps.length);
  }
  if (name.startsWith('finding.')) {
    const finding = views.findings.find((f) => f.id === name.slice(8));
    return formatCount(finding?.remaining ?? 0);
  }
  if (name.startsWith('median.')) {
    const view = views.columns.find((column) => column.id === name.slice(7));
    return view ? formatNumber(view.stats.p50) : null;
  }
  if (name.startsWith('class.')) {
    const view = views.categories.find((category) => category.by === 'label');
    const at = view?.names.indexOf(name.slice(6)) ?? -1;
    return view && at >= 0 ? formatCount(view.final[at]) : null;
  }
  return null;
}
