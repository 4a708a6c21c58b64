/** What the page may ask of the engine's worker, and what the worker says unasked. No rows cross but those on screen. */
import type { ColumnStats, Profile, PublishedCut, Range, Span } from '$lib/columns/types';
import type { Bounds, Inks, Viewport } from '$lib/clusters/map';
import type { Figure } from '$lib/diversity/diversity';
import type { SentenceType } from '$lib/diversity/sentence-type';
import type { InstructionSummary } from '$lib/diversity/summary';
import type { TaskType } from '$lib/diversity/task-rules';
import type { Dtype, ModelSpec } from '$lib/embedding/models';
import type { FormatInfo, Rejection } from '$lib/formats/types';
import type { Finding } from '$lib/health/types';
import type { Inside } from '$lib/record/inside';
import type { Mapping } from '$lib/record/types';
import type { AlikeStep, Recipe, StepCount } from '$lib/recipe/types';
import type { EmbedFigures } from './embedding/embed-all';
import type { Chosen } from './embedding/embedder';
import type { Device, ModelSource } from './embedding/protocol';
import type { MapFrame, MapHit, MapLegend } from './map';

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

/** How many records go at each threshold of a step that compares records. */
export interface AlikeCurve {
  /** Thresholds, ascending. */
  at: Float64Array;
  /** Records with a better twin of at least that similarity. */
  dropped: Uint32Array;
  /** Records that reach the step and have a text. */
  reach: number;
  /**
   * A threshold that suits these vectors: a distance below 0.13 × the median one to the nearest neighbour (Datalab's rule for near
   * duplicates). Null where neighbours are not known, or nothing is compared by vectors.
   */
  suggested: number | null;
}

/** Groups of records that are alike, largest first; in each the one that stays is first. */
export interface AlikeGroups {
  groups: number;
  largest: {
    size: number;
    /** At most 50. */
    members: {
      place: number;
      key: string;
      text: string;
      /** To its best better twin; null where it has none that is alike enough, and so stays. */
      similarity: number | null;
      twin: number;
    }[];
  }[];
}

/** What of the open dataset another file has too. */
export interface AgainstSummary {
  /** The other file (or files), and its records. */
  name: string;
  rows: number;
  /** Parts that are compared. */
  on: string[];
  /** Similarities, ascending, and how many records have a twin there of at least that. */
  at: Float64Array;
  matched: Uint32Array;
  /** Records that have a text. */
  reach: number;
  /** Records in which a text of the other file stands: at least the share `least` of its n-grams. */
  holds: number;
  least: number;
}

/** `near`: records alike from `at` on; `holds`: those in which a text of the other file stands. The greatest first. */
export interface AgainstQuery {
  kind: 'near' | 'holds';
  at: number;
  offset: number;
  limit: number;
}

export interface AgainstMatch {
  place: number;
  key: string;
  /** The similarity, or the share that stands in it. */
  value: number;
  text: string;
  /** Place, file and line of its twin there. */
  other: number;
  file: string;
  line: number;
  otherText: string;
}

/** A record before and after the text steps (normalise, redact), for their live preview. */
export interface Preview {
  changed: number;
  sampled: number;
  records: { place: number; field: string; before: string; after: string }[];
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

export type OpenSource = { kind: 'file'; file: File } | { kind: 'url'; url: string } | { kind: 'stored' };

export interface Notice {
  code: 'storage-full' | 'storage-blocked' | 'worker' | 'embedding-device';
  /** English; the page has its own words by code. */
  message: string;
}

/** What was kept in the browser's private file system at the last visit. */
export interface Restorable {
  name: string;
  bytes: number;
  recipeText: string | null;
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
   * Task `against`; also a finding, `contamination`.
   */
  against(sources: OpenSource[], on: string[]): Promise<AgainstSummary>;
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
  /** Forgets the stored dataset and recipe. */
  forget(): Promise<void>;
  /** Keeps the recipe's text beside the stored dataset; the last one counts. Never rejects for want of storage. */
  saveRecipe(text: string): Promise<void>;
  /** What `open([{kind: 'stored'}])` would bring back; null where nothing is kept or storage is blocked. */
  restored(): Promise<Restorable | null>;
  /** Resolves when nothing is running: all columns measured, views of the newest recipe made, dataset stored. */
  idle(): Promise<void>;
}

/** Distinct texts, and those of them whose vectors are kept. */
export interface KeptVectors {
  kept: number;
  texts: number;
}

/** Instructions of one kind; all parts must hold. `phrase`: a verb, or verb and object; `opening`: first words. */
export interface InstructionQuery {
  task?: TaskType;
  sentence?: SentenceType;
  phrase?: string[];
  opening?: string[];
}

export type { Branch } from '$lib/diversity/paths';
export type { Figure, FigureId } from '$lib/diversity/diversity';
export type { KindCount } from '$lib/diversity/summary';

/** What the prompts ask for, and how. */
export interface DiversitySummary extends InstructionSummary {
  /** Records read: all rows, or a sample of them. */
  read: number;
  rows: number;
}

export interface DiversityFigures {
  figures: Figure[];
  /** The vectors that distances are of; `sample`: the built-in model fitted to the sample alone. */
  vectors: { model: string; on: string[]; fitted: 'set' | 'sample' };
}

/** A transformer model as the page has chosen it. */
export interface ModelRequest {
  source: ModelSource;
  spec: ModelSpec;
  dtype: Dtype;
  /** Default: measured, fastest that is right. */
  device?: 'auto' | Device;
  /** Tries a software adapter, too (tests). */
  software?: boolean;
}

/** What the map is coloured by: `fate`, `split`, `category:BY`, `column:ID`; null: kept or dropped alone. */
export type ColourBy = string | null;

export interface NamedLegend {
  legend: MapLegend;
  /** Names of the classes by code; of `fate`: `kept`, then `step:N`. */
  names: string[];
}

/** A cluster; how many of its records are kept is in the category view `cluster`, under its id. */
export interface ClusterSummary {
  /** Its number, from 1, the largest first: its name in recipes. */
  id: string;
  /** Most telling words. */
  terms: string[];
  size: number;
  /** Middle on the map; NaN where none of it has a place. */
  x: number;
  y: number;
  /** The commonest label, and its share of the labelled records. */
  label: { name: string; share: number } | null;
  /** Its class where the map is coloured by `category:cluster`: clusters far apart share one. */
  colour: number;
  /** Its number among `groups`, from 0. */
  group: number;
  /** Mean distance of its records to their neighbours. */
  spread: number;
  /** Mean of the file's score. */
  quality: number | null;
}

/** What was made of vectors. */
export interface SpaceSummary {
  model: string;
  on: string[];
  rows: number;
  /** Records with a place on the map. */
  placed: number;
  dim: number;
  /** How the embedding went; null for the built-in one. */
  figures: EmbedFigures | null;
  bounds: Bounds | null;
  /** Of the vectors it was made of: equal to that of `clustersOf(recipe, mapping).from` while the recipe asks for the same. */
  signature: string;
  /** Clusters that were asked for; `suggested`: their number follows from the data. */
  k: number;
  suggested: boolean;
  clusters: ClusterSummary[];
  /** Clusters that are near one another, taken together; none where there are few clusters. */
  groups: { terms: string[]; size: number }[];
}

/** Records nearest to something, nearest first; `column` holds everyone's distance where it is one of the dataset's now. */
export interface Nearest {
  column: string | null;
  records: { place: number; distance: number }[];
}

/** How embedding stands: any of these may have changed. */
export interface EmbeddingState {
  /** Bytes of the model's files. */
  loading?: { loaded: number; total: number };
  /** The devices are being compared. */
  probing?: boolean;
  chosen?: Chosen;
  device?: string;
  textsPerSecond?: number;
  /** Records whose vector is there, of how many. */
  done?: number;
  of?: number;
  /** Seconds; null while unknown. */
  left?: number | null;
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
