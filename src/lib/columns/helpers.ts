import type { Text } from '$lib/text/text';
import type { Column, Profile, PublishedCut } from './types';
import type { Subject } from './subject';

/** True for a dataset in Chinese. */
export const isChinese = (p: Profile) => p.language === 'zh';
/** True for a dataset in English. */
export const isEnglish = (p: Profile) => p.language === 'en';

/** A published cut that holds whatever the kind, with one value for Chinese (null: none) and one for other languages. */
export function byLanguage(
  side: 'min' | 'max',
  other: number | null,
  zh: number | null,
  source: string,
  zhSource = 'FineWeb-2 cmn_Hani',
): (profile: Profile) => PublishedCut | null {
  return (profile) => {
    if (profile.kind !== 'chat') return null;
    if (isChinese(profile)) return zh === null ? null : { [side]: zh, source: zhSource };
    return other === null || profile.language === 'mixed' ? null : { [side]: other, source };
  };
}

/** A column of the main text that is not measurable where that is empty. */
export function ofMain(
  column: Omit<Column, 'cost' | 'measure' | 'unit'> & { unit?: Column['unit'] },
  measure: (text: Text, subject: Subject) => number,
): Column {
  return { unit: 'ratio', cost: 'cheap', ...column, measure: (s) => (s.main.length ? measure(s.main, s) : NaN) };
}
