import type { Bounds } from '$lib/clusters/map';
import type { Dtype, ModelSpec } from '$lib/embedding/models';
import type { EmbedFigures } from '../embedding/embed-all';
import type { Chosen } from '../embedding/embedder';
import type { Device, ModelSource } from '../embedding/protocol';
import type { MapLegend } from '../map';

/** Distinct texts, and those of them whose vectors are kept. */
export interface KeptVectors {
  kept: number;
  texts: number;
}

/** A transformer model as the page has chosen it. */
export interface ModelRequest {
  /** Null: its files are not at hand, only what was kept of it. */
  source: ModelSource | null;
  /** Nothing is embedded: `makeSpace` fails with `engine.embed-not-kept` where a vector is missing. */
  keptOnly?: boolean;
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
  /** The least cosine to a cluster's leader; null where so many clusters were asked for. */
  at: number | null;
  /** A cosine at which half of the records have a neighbour; null where none has one. */
  tight: number | null;
  /** Clusters beyond those in `clusters`, all smaller, and their records. */
  more: { clusters: number; records: number };
  /** Records in no cluster: nothing joins them, or they have no vector. */
  alone: number;
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
  /** The first map of the dataset while it grows: `mapFrame` draws it as it is now. Another picture, another object; null: it is done. */
  sketch?: { bounds: Bounds } | null;
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
