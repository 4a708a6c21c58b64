import type { ColumnStats, PublishedCut, Range } from '$lib/columns/types';
import type { Finding } from '$lib/health/types';
import type { StepCount } from '$lib/recipe/types';

/** A linked histogram. `all` counts every record; `kept` those that every *other* cut keeps. Bins are half open but the last. */
export interface ColumnView {
  id: string;
  scale: 'linear' | 'log';
  edges: Float64Array;
  all: Uint32Array;
  kept: Uint32Array;
  /** Not measurable there (NaN). */
  missing: number;
  stats: ColumnStats;
  /** The recipe's cut on this column, with its step. */
  cut: (Range & { step: number }) | null;
  /** Records this cut alone drops of those that reach it from every other cut. */
  drops: number;
  published: PublishedCut | null;
  /** From the data itself: a robust percentile. */
  suggested: (Range & { reason: string }) | null;
}

/** Classes of a category (label, source, language …): `all` before, `kept` after every step but balance, `final` after all, copies counted. */
export interface CategoryView {
  by: string;
  names: string[];
  all: Uint32Array;
  kept: Uint32Array;
  final: Uint32Array;
  /** Of the final records, those in train, validation and test; absent where the recipe does not split. */
  splits?: [train: Uint32Array, validation: Uint32Array, test: Uint32Array];
}

/** Everything that changes when the recipe does. */
export interface Counts {
  rows: number;
  steps: StepCount[];
  kept: number;
  written: number;
  splits: { train: number; validation: number; test: number } | null;
  tokens: { before: number; after: number; estimated: boolean };
  effectiveClasses: { before: number; after: number } | null;
}

export interface Views {
  /** Id of the dataset they are of. */
  dataset: string;
  /** Grows with every change of table or recipe; older ones are thrown away. */
  version: number;
  counts: Counts;
  columns: ColumnView[];
  categories: CategoryView[];
  findings: Finding[];
  /** The worker's own milliseconds for these views; the page puts it into `siftbook:cut` as `detail.work`. */
  work: number;
}

/**
 * Answers for every position of one column's handles, about 500 of them, made on pointer-down and moved to the page.
 * Look it up with `lookupDrag` of `engine/drag.ts`, and let handles take only values of `snapDrag`: those are exact.
 * `table` has 2 × steps + 2 rows of prefix sums: row 2k + 1 counts the records with a value below `steps[k]`, row 2k + 2
 * those with a value up to and including it; a range is the difference of two rows.
 */
export interface DragIndex {
  column: string;
  /** Positions that are exact, ascending; the first is at or below every value, the last at or above. */
  steps: Float64Array;
  table: Uint32Array;
  width: number;
  /**
   * Where each linked view's bins begin in a row; entry `kept` is one cell: records all other cuts keep. Columns' entries
   * have their id, categories' `category:BY`. The dragged column itself is absent: its own bins do not change. One cell
   * `step:N` for each later step that drops records: how many it does, of those the dragged step keeps. One cell `reach`
   * where a step compares records: those that are inside and were no duplicates were there no cuts.
   */
  layout: { id: string; start: number; length: number }[];
  /** `width` cells: counts of records with no value in the dragged column (always inside). */
  missing: Uint32Array;
  /**
   * Tokens of the records that every cut keeps, as prefix sums over the same rows as `table`, and last those of records with
   * no value in the dragged column; null where the recipe repeats or leaves out records by balance. Look up by `lookupTokens`.
   */
  tokens: Float64Array | null;
  /** The upper end itself does not belong to the range: what lies at it is dropped. */
  below: boolean;
}
