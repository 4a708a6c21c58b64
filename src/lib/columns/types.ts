/** What a column is. Each lives in a file of its own and is listed in `index.ts`. */
import type { Subject } from './subject';

export type Language = 'zh' | 'en' | 'mixed' | 'other';
export type Kind = 'chat' | 'classification' | 'code';
/** What published cuts depend on. Detected per dataset, shown, changeable. */
export interface Profile {
  language: Language;
  kind: Kind;
}

/** A range that is kept; an absent end is open. Both ends belong to the range. */
export interface Range {
  min?: number;
  max?: number;
  /** An upper end that does not belong to the range itself; stands in place of `max`. */
  below?: number;
}

export type Unit =
  'characters' | 'words' | 'tokens' | 'turns' | 'ratio' | 'count' | 'grade' | 'flag' | 'code' | 'rank' | 'score';

export type Group =
  | 'length'
  | 'characters'
  | 'repetition'
  | 'words'
  | 'lines'
  | 'language'
  | 'instruction'
  | 'personal'
  | 'duplicates'
  | 'meaning'
  | 'field';

/** A stretch of a text worth pointing at; offsets in UTF-16 units of that text. */
export interface Span {
  field: 'prompt' | 'response' | 'system';
  start: number;
  end: number;
  /** `email`, `id-card-cn`, `secret`, `html`, `placeholder-response`, … */
  kind: string;
  text: string;
}

/** A cut that somebody published, and who. */
export interface PublishedCut extends Range {
  /** The tool or paper that publishes it. */
  source: string;
}

/** One number per record. NaN = not measurable there; a range cut never drops such a record. */
export interface Column {
  id: string;
  unit: Unit;
  group: Group;
  /** `cheap` ones are measured at once; `tokens` ones later; `set` ones need the whole dataset (ranks). */
  cost: 'cheap' | 'tokens' | 'set';
  /** Where definition or default comes from (paper or tool). */
  source: string;
  /** False where the column means nothing for that language (reading grade of Chinese). Default: always. */
  applies?(profile: Profile): boolean;
  /** The published cut where one fits the profile. */
  published?(profile: Profile): PublishedCut | null;
  /** On which side of the data the doubtful records lie: there a cut may be suggested from the data. */
  bad?: 'high' | 'low' | 'both';
  /** A 0/1 column that is a finding when it is 1 (its id with hyphens); 3 = spoils training, 2 = harms, 1 = worth a look. */
  severity?: 1 | 2 | 3;
  /** `code` columns: the dictionary its numbers index. */
  dictionary?: readonly string[];
  /** Absent for `set` columns. Must not depend on anything but the subject. */
  measure?(subject: Subject): number;
  /** The stretches of text that made `measure` say so. */
  spans?(subject: Subject): Span[];
}

/** Order statistics of a column over the records where it is measurable. */
export interface ColumnStats {
  count: number;
  missing: number;
  min: number;
  p01: number;
  p05: number;
  p25: number;
  p50: number;
  p75: number;
  p95: number;
  p99: number;
  max: number;
  mean: number;
}
