import type { Finding } from '$lib/health/types';
import { formatShare, type Lang } from './format';
import { translate } from './index';

/** What a finding says, with its numbers; `rows` is the number of records its count is a share of. */
export function findingMessage(lang: Lang, { id, count, detail }: Finding, rows: number): string {
  const where = detail.where ? translate(lang, `finding.${id}.where`, { where: detail.where }) : '';
  return translate(lang, `finding.${id}.message`, { ...detail, count, share: formatShare(count / rows), where });
}

/** The same as plain ASCII spaces and commas, for a terminal or a log. */
export function plain(text: string): string {
  return text
    .replace(/\u2009/g, ',')
    .replace(/[\u202f\u00a0]/g, ' ')
    .replace(/\u2212/g, '-');
}
