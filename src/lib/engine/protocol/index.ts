/** What the page may ask of the engine's worker, and what the worker says unasked. No rows cross but those on screen. */
import type { Inks, Viewport } from '$lib/clusters/map';
import type { Profile, Range } from '$lib/columns/types';
import type { Rejection } from '$lib/formats/types';
import type { AlikeStep, Recipe } from '$lib/recipe/types';
import type { Mapping } from '$lib/record/types';
import type { MapFrame, MapHit } from '../map';
import type { AgainstMatch, AgainstQuery, AgainstSummary, AlikeCurve, AlikeGroups } from './alike';
import type { DatasetSummary, OpenSource, Restorable } from './dataset';
import type { DiversityFigures, DiversitySummary } from './diversity';
import type { GroupList, Narrowed, Narrowing, OnTheLine, Preview, RecordPage, RecordQuery } from './records';
import type { ColourBy, EmbeddingState, KeptVectors, ModelRequest, NamedLegend, Nearest, SpaceSummary } from './space';
import type { DragIndex, Views } from './views';

export type * from './dataset';
export type * from './views';
export type * from './records';
export type * from './alike';
export type * from './space';
export type * from './diversity';

export type TaskName =
  | 'open'
  | 'columns'
  | 'tokens'
  | 'recipe'
  | 'export'
  | 'restore'
  | 'near'
  | 'against'
  | 'embed'
  | 'neighbours'
  | 'clusters'
  | 'project'
  | 'diversity';

export interface Progress {
  task: TaskName;
  done: number;
  total: number;
  /** Seconds; null while unknown. */
  left: number | null;
  finished: boolean;
}

export interface Notice {
  code: 'storage-full' | 'storage-blocked' | 'worker' | 'embedding-device';
  /** English; the page has its own words by code. */
  message: string;
}

/** Requests. Each may reject with an Error whose message is fit for the reader. */
export interface EngineApi {
  /** Resolves when the last byte was read and every cheap column is measured; events tell of the way. */
  open(sources: OpenSource[]): Promise<DatasetSummary>;
  setMapping(mapping: Mapping): Promise<DatasetSummary>;
  setProfile(profile: Profile): Promise<DatasetSummary>;
  /**
   * Resolves with the exact views of this recipe; a newer call makes an older one reject with `Superseded`. While a dataset is
   * being opened and nothing of it is read yet, the recipe is kept for it (its source maps the fields) and the call rejects so
   * too. The mapping follows the recipe's source; without one it stays as it is.
   */
  setRecipe(recipe: Recipe): Promise<Views>;
  /**
   * `column`: a column's id, or `near:{…}` and `semantic:{…}` with the step's body for such a step's threshold. `views`: those
   * that are on screen, and so in the index (column ids, `category:BY`); absent: all. `side`: the handle that
   * moves, the other end staying where it is; absent: the lower one. Only where no step compares records may the other move too.
   */
  beginDrag(column: string, views?: string[], side?: 'min' | 'max'): Promise<DragIndex>;
  /** While a handle is held, background work (measuring, counting tokens) waits; it goes on when the handle is let go. */
  hold(held: boolean): Promise<void>;
  records(query: RecordQuery): Promise<RecordPage>;
  /** Counts of the records that hold, in every view; the newest request wins. Null where there are no views yet. */
  narrow(query: Narrowing): Promise<Narrowed | null>;
  /** `column`: as for `beginDrag`. */
  onTheLine(column: string, at: number, side: 'min' | 'max', limit: number): Promise<OnTheLine>;
  preview(recipe: Recipe, step: number, limit: number): Promise<Preview>;
  /** Lengths by class or language: percentiles of a column per class. */
  byCategory(
    column: string,
    by: string,
  ): Promise<{ name: string; count: number; p05: number; p50: number; p95: number; max: number }[]>;
  /**
   * `exact`: records equal in all of `on` (roles or field names). `conflicts`: prompts that are equal but for case, white
   * space and width and carry different labels (`on` is not read). Of the whole dataset, whatever the recipe.
   */
  groups(kind: 'exact' | 'conflicts', on: string[], limit: number): Promise<GroupList>;
  /**
   * What a step that compares records would drop at each threshold, in its place in the current recipe; measures what it compares
   * where that is not known. Null while records come in, and where it asks for vectors that are not there.
   */
  alike(step: AlikeStep): Promise<AlikeCurve | null>;
  alikeGroups(step: AlikeStep, offset: number, limit: number): Promise<AlikeGroups | null>;
  /**
   * Reads another file and compares every record with it, as both came (a test set: contamination; an owned set: already have it).
   * Task `against`; also a finding, `contamination`, and the columns `against_similarity` and `against_overlap`. Null compares with the file
   * that is open again; `stored` is the one that was kept.
   */
  against(sources: OpenSource[] | null, on: string[]): Promise<AgainstSummary>;
  againstList(query: AgainstQuery): Promise<{ total: number; matches: AgainstMatch[] }>;
  forgetAgainst(): Promise<void>;
  /**
   * Vectors, neighbours, clusters and the map by the current recipe's `embedding`; `model` where that names a transformer. What is
   * known is not made again. Tasks `embed`, `neighbours`, `clusters`, `project` tell of it; cancelling any of them stops it, and
   * vectors embedded until then are kept.
   */
  makeSpace(model: ModelRequest | null): Promise<SpaceSummary>;
  /**
   * Vectors by a model for a step that compares records, of their texts as they are in its place in the current recipe; the recipe is
   * judged again then.
   */
  embedFor(step: AlikeStep, model: ModelRequest): Promise<void>;
  /** How many of the records' texts (these parts of them) have vectors kept from an earlier run. */
  keptVectors(on: string[], model: Pick<ModelRequest, 'spec' | 'dtype'>): Promise<KeptVectors>;
  /** Fields of the file that hold vectors: `embedding.model` may name them as `field:NAME`. */
  vectorFields(): Promise<string[]>;
  /** What was made; null before. */
  space(): Promise<SpaceSummary | null>;
  /** Embedding waits, or goes on. */
  pauseEmbedding(paused: boolean): Promise<void>;
  /** A picture of the map; `drag`: where the handle stands that is held (see beginDrag). Null before there is a map. */
  mapFrame(view: Viewport, inks: Inks, drag: Range | null): Promise<MapFrame | null>;
  mapHit(view: Viewport, x: number, y: number): Promise<MapHit | null>;
  /** Where a record stands on the map. */
  mapPlace(place: number): Promise<{ x: number; y: number } | null>;
  /** The records inside a polygon of pixels (x, y in turn): queries with `marked` mean them. Null marks none. */
  mapLasso(view: Viewport, polygon: number[] | null): Promise<number>;
  mapColour(by: ColourBy): Promise<NamedLegend>;
  /** Only these records stand out on the map, all others step back, until a handle is taken or null is given; the newest request wins. */
  mapPart(query: Narrowing | null): Promise<void>;
  /**
   * Makes `meaning:PHRASE` a column of the dataset: each record's distance to the phrase. The one before goes unless the recipe cuts by
   * it; so with an empty phrase.
   */
  searchMeaning(phrase: string, limit: number): Promise<Nearest>;
  /** Records like these (and like the phrase, where one is given), unlike those. */
  findLike(liked: number[], disliked: number[], limit: number, phrase: string | null): Promise<Nearest>;
  /**
   * Kinds of instructions before and after the recipe; `limit`: of that many records by draw. The first call reads the prompts
   * (task `diversity`), later ones only count. Null while records come in.
   */
  diversity(limit: number | null): Promise<DiversitySummary | null>;
  /** Figures of diversity before and after the recipe, about a second of work elsewhere; the newest request wins. */
  diversityFigures(): Promise<DiversityFigures | null>;
  column(id: string): Promise<Float32Array>;
  kept(): Promise<Uint8Array>;
  /** Text of a suggested recipe (what `siftbook init` writes). */
  suggest(): Promise<Recipe>;
  rejections(offset: number, limit: number): Promise<Rejection[]>;
  /** The files of the export: data per layout and split, ledger, manifest, recipe; `lost` records a layout could not hold. */
  exportFiles(recipe: Recipe, recipeText: string): Promise<{ name: string; blob: Blob; lost: number }[]>;
  /** Cancels the task in hand; what is measured stays. */
  cancel(task: TaskName): Promise<void>;
  /** Forgets what the browser keeps: dataset, recipe, vectors, maps, fetched models. What is open stays open. */
  forget(): Promise<void>;
  /** Keeps the recipe's text beside the stored dataset; the last one counts. Never rejects for want of storage. */
  saveRecipe(text: string): Promise<void>;
  /** What `open([{kind: 'stored'}])` would bring back; null where nothing is kept or storage is blocked. */
  restored(): Promise<Restorable | null>;
  /** Resolves when nothing is running: all columns measured, views of the newest recipe made, dataset stored. */
  idle(): Promise<void>;
}

export interface EngineEvents {
  embedding: EmbeddingState;
  /** Something the user should know that stops nothing (storage is full or blocked, a worker had to be replaced). */
  notice: Notice;
  progress: Progress;
  dataset: DatasetSummary;
  /** Views that changed without the page asking (rows or columns came in). */
  views: Views;
}
