import type { Profile } from '$lib/columns/types';
import type { FormatInfo, Rejection } from '$lib/formats/types';
import type { Inside } from '$lib/record/inside';
import type { Mapping } from '$lib/record/types';

export interface FieldSummary {
  name: string;
  type: string;
  empty: number;
  distinct: number;
  /** A few values, shortened. */
  examples: string[];
  /** What its objects hold and a mapping may name. */
  inside: Inside[];
}

/** What was opened. `complete` is false while bytes still come in. */
export interface DatasetSummary {
  id: string;
  name: string;
  files: { name: string; bytes: number; format: FormatInfo; rows: number }[];
  bytes: number;
  rows: number;
  complete: boolean;
  fields: FieldSummary[];
  mapping: Mapping;
  /** What detection says of the first records, whatever the recipe or the user maps. */
  detected: Mapping;
  profile: Profile;
  rejected: { count: number; first: Rejection[] };
  /** Columns measured (or being measured) on this dataset, in order of the list. */
  columns: ColumnInfo[];
}

export interface ColumnInfo {
  id: string;
  ready: boolean;
  /** 0–1 while it is measured; an estimate is shown until then (tokens). */
  estimated: boolean;
}

export type OpenSource = { kind: 'file'; file: File } | { kind: 'url'; url: string } | { kind: 'stored' };

/** What was kept in the browser's private file system at the last visit. */
export interface Restorable {
  name: string;
  bytes: number;
  recipeText: string | null;
}
