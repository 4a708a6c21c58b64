import type { Range } from '$lib/columns/types';
import type { Mapping } from '$lib/record/types';

/** What cures a finding, in the shape of a recipe's step (health does not know recipe). */
export type Cure =
  | { cut: { column: string } & Range }
  /** Several at once. */
  | { cuts: ({ column: string } & Range)[] }
  | { exact: { on: string[] } }
  | { near: { on: string[]; at: number } }
  | { semantic: { on: string | string[]; model?: string; at: number } }
  | { redact: { kinds: string[] } }
  | { normalise: { strip: ('control' | 'zero-width' | 'bidi' | 'html')[] } }
  | { balance: { by: string; cap?: number; mode?: 'cap' } };

/** Something wrong with the data, named as in the surface's list (`empty-response`, `exact-duplicates`, …). */
export interface Finding {
  id: string;
  severity: 1 | 2 | 3;
  /** Records; prompts for label-conflicts and disagreement; classes for class-majority, long-tail and drift. */
  count: number;
  /** The same, among the records the recipe still keeps. */
  remaining: number;
  /** Three places to show. */
  examples: number[];
  /** The step that cures it; null where only a look helps. */
  cut: Cure | null;
  /** Numbers for the message (a class's name and share, …). */
  detail: Record<string, string | number>;
}

/** A finding with the records it is about, and how many of them a selection of records leaves. */
export interface Detected extends Omit<Finding, 'remaining'> {
  /** Per record: 1 where it takes part. */
  places: Uint8Array;
  /** `count` among the records of which `kept` is not 0. */
  remainingOf(kept: Uint8Array): number;
}

/** A category per record: `codes` index `names` (order of first appearance), −1 = none. */
export interface Coded {
  codes: Int32Array;
  names: string[];
}

/** All that findings need to know of a dataset, one entry per record, by place. Hashes of 0 stand for "has none". */
export interface HealthSet {
  rows: number;
  mapping: Mapping;
  /** Values of a column, or null where it was not measured. */
  column(id: string): Float32Array | null;
  /** Hash of the mapped fields as they stand in the file, an absent one unlike an empty one. */
  content: BigUint64Array;
  /** Names of those fields. */
  contentFields: string[];
  /** Hash of the prompt, compared without regard to case, white space and width; 0 where it is empty. */
  prompts: BigUint64Array;
  /** Hash of the response, the empty one included; 0 where the layout has none. */
  responses: BigUint64Array;
  labels: Coded | null;
  sources: Coded | null;
  annotators: Coded | null;
  /** Milliseconds since 1970 (UTC where the file names no zone), NaN where unknown. */
  times: Float64Array | null;
}
