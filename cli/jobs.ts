import type { Vocabulary } from '$lib/columns/vocabulary';
import type { Batch, Mapping } from '$lib/record/types';
import type { HealthMeasures } from '$lib/health/measures';
import type { BatchMeasures } from '$lib/recipe/measure';
import type { SparseRows } from '$lib/embedding/rows';
import type { Recipe } from '$lib/recipe/types';
import type { ShingleSets, ShingleSettings } from '$lib/text/shingles';

/** What every thread is told when it starts. */
export interface Setup {
  /** Tokens will be counted: the vocabulary follows, in memory that all threads share. */
  tokens: boolean;
}

/** What a thread is sent: the vocabulary once where tokens are counted, and jobs. */
export type Message = { vocabulary: Vocabulary } | { id: number; job: Job };

/** Columns, health and keys of a batch. */
export interface ProfileJob {
  kind: 'profile';
  batch: Batch;
  mapping: Mapping;
  /** Columns measured record by record; `field:NAME` for numeric fields. */
  columns: string[];
  /** Hash the records, for their keys. */
  keys: boolean;
  /** Hash what findings compare. */
  health: boolean;
  /** Shingle sets of the records, too. */
  near?: { on: string[]; settings: ShingleSettings } | null;
  /** Terms of the records' texts over these fields, too. */
  terms?: string[] | null;
}

/** What a recipe needs of a batch. The thread compiles the recipe itself: judges are functions and cannot be sent. */
export interface RecipeJob {
  kind: 'recipe';
  batch: Batch;
  mapping: Mapping;
  recipe: Recipe;
}

/** Shingle sets of each record's text over these fields. */
export interface ShinglesJob {
  kind: 'shingles';
  batch: Batch;
  mapping: Mapping;
  on: string[];
  settings: ShingleSettings;
}

export type Job = ProfileJob | RecipeJob | ShinglesJob;

export interface ProfileAnswer {
  kind: 'profile';
  rows: number;
  first: number;
  columns: Record<string, Float32Array>;
  health: HealthMeasures | null;
  keys: BigUint64Array | null;
  shingles: ShingleSets | null;
  terms: SparseRows | null;
  lines: Uint32Array;
  file: number;
}
export interface RecipeAnswer {
  kind: 'recipe';
  measures: BatchMeasures;
  lines: Uint32Array;
}
export interface ShinglesAnswer {
  kind: 'shingles';
  sets: ShingleSets;
  lines: Uint32Array;
}
export type JobAnswer = ProfileAnswer | RecipeAnswer | ShinglesAnswer;
