/** What is open, and how the current recipe judges it: shared by the parts of the worker. */
import type { Profile } from '$lib/columns/types';
import type { Detected } from '$lib/health/types';
import type { Measured } from '$lib/recipe/measured';
import type { Plan } from '$lib/recipe/plan';
import type { Decision, Recipe } from '$lib/recipe/types';
import type { Mapping } from '$lib/record/types';
import type { Hash } from '$lib/text/hash';
import type { Charts, ChartCut } from './charts';
import type { InternalEvents } from './client';
import type { WorkerLike } from './embedding/seat';
import type { Dataset } from './dataset';
import type { Instructions } from './diversity/instructions';
import type { MeasureApi } from './measure-api';
import type { Member } from './pool';
import type { FieldSummary, Views } from './protocol';
import type { SetRunner } from './set-api';
import type { Storage } from './storage';
import type { Table } from './table';

/** What differs between the browser and tests. */
export interface Surroundings {
  spawn(): Member<MeasureApi>;
  /** Starts a worker that runs a transformer model. */
  spawnEmbedding(): WorkerLike;
  /** Where vectors are kept; null where there is no such place. */
  privateFiles: (() => Promise<FileSystemDirectoryHandle>) | null;
  /** Work that takes the whole set at once. */
  workOnSet: SetRunner;
  /** Measure workers at most. */
  workers: number;
  emit<K extends keyof InternalEvents>(name: K, value: InternalEvents[K]): void;
  storage: Storage | null;
  /** Removes what was made of data and kept: vectors, results over the whole set, fetched models. */
  forgetMade?(): Promise<void>;
  hash(): Promise<Hash>;
  /** parquet-wasm, started; for reading and writing. */
  parquet(): Promise<typeof import('parquet-wasm')>;
  /** A same-origin file. */
  fetch(url: string, signal: AbortSignal): Promise<{ name: string; blob: Blob }>;
}

/** A recipe judged over the table's rows. */
export interface Judged {
  recipe: Recipe;
  plan: Plan;
  decision: Decision;
  /** What it was judged by: the table has other values as soon as more records are measured. */
  measured: Measured;
  rows: number;
  cuts: ChartCut[];
  views: Views;
}

export interface Opened {
  dataset: Dataset;
  /** What detection says, and what is used. */
  detected: Mapping;
  mapping: Mapping;
  profile: Profile;
  table: Table;
  charts: Charts;
  findings: Detected[];
  /** Those of longer work, by id. */
  later: Map<string, Detected>;
  fields: FieldSummary[];
  judged: Judged | null;
  /** Records inside the lasso drawn last on the map. */
  marked: Int32Array | null;
  /** What the prompts ask for, once that was read. */
  instructions: Instructions | null;
  /** Ends everything that is done for this dataset. */
  life: AbortController;
  /** Where the bytes came from, for export's manifest. */
  sources: { name: string; blob: Blob }[];
}
