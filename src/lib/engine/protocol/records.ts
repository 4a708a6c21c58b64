import type { Range, Span } from '$lib/columns/types';
import type { InstructionQuery } from './diversity';

/**
 * Which records are asked for. Within a lane the newest request wins (the older rejects with `Superseded`); requests by
 * `places` never overtake each other.
 */
export interface RecordQuery {
  /** Independent lists name a lane each, so that they do not overtake each other. Default: the inspector's. */
  lane?: string;
  /** All of the narrowing parts must hold. */
  fate?: 'kept' | 'dropped';
  /** Dropped by this step. */
  step?: number;
  column?: { id: string } & Range;
  category?: { by: string; name: string };
  finding?: string;
  instruction?: InstructionQuery;
  /** Substring of the raw text, case-insensitive for Latin. */
  search?: string;
  places?: number[];
  /** Those inside the lasso drawn last on the map. */
  marked?: boolean;
  /** `line`: nearest to the cut `at` on `column` first kept side then dropped side; else by place. */
  order?: 'place' | 'column' | 'descending';
  offset: number;
  limit: number;
}

/** The parts of a query that say which records are meant. */
export type Narrowing = Pick<
  RecordQuery,
  'fate' | 'step' | 'column' | 'category' | 'finding' | 'instruction' | 'search' | 'places' | 'marked'
>;

/** What every linked view shows of the records pointed at. */
export interface Narrowed {
  /** Records that hold, and those of them that every cut keeps. */
  total: number;
  kept: number;
  /** Columns by id, categories as `category:BY`; `all` and `kept` as in `ColumnView`. */
  views: { id: string; all: Uint32Array; kept: Uint32Array }[];
}

export interface InspectedRecord {
  place: number;
  key: string;
  file: string;
  line: number;
  prompt: string;
  response: string | null;
  system: string;
  turns: { role: string; text: string }[];
  label: string | null;
  source: string | null;
  /** The record as JSON text, digits as they came. */
  json: string;
  spans: Span[];
  findings: string[];
  /** Step that dropped it, its column, value and cut, and the better twin where it has one; null when kept. */
  fate: {
    step: number;
    column: string | null;
    value: number | null;
    cut: (Range & { below?: number }) | null;
    twin?: number;
  } | null;
  copies: number;
  split: string | null;
  columns: Record<string, number | null>;
}

export interface RecordPage {
  total: number;
  records: InspectedRecord[];
}

/** Records on a line: just kept (nearest first) and just dropped. */
export interface OnTheLine {
  kept: { place: number; value: number }[];
  dropped: { place: number; value: number }[];
}

/** Groups of records that belong together, largest first. */
export interface GroupList {
  /** Groups of more than one record, and records beyond the first of each. */
  groups: number;
  extra: number;
  largest: {
    size: number;
    /** The first places, ascending; at most 20. */
    places: number[];
    /** What the group shares, shortened to 200 characters. */
    text: string;
    /** Labels of its records with their counts, most frequent first. */
    labels: { name: string; count: number }[];
  }[];
}

/** A record before and after the text steps (normalise, redact), for their live preview. */
export interface Preview {
  changed: number;
  sampled: number;
  records: { place: number; field: string; before: string; after: string }[];
}
