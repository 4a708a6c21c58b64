/** The recipe: an ordered list of steps, each one key, and what a run of it yields. */

export type UnicodeForm = 'NFC' | 'NFKC' | 'NFD' | 'NFKD';
/** Texts a step works on: mapped roles, or field names of the file. */
export type Where = string[];

export interface NormaliseStep {
  unicode?: UnicodeForm;
  strip?: ('control' | 'zero-width' | 'bidi' | 'html' | 'emoji' | 'urls')[];
  collapse?: ('spaces' | 'newlines')[];
  /** Full-width letters, digits and signs to plain ones; Chinese punctuation stays. */
  'full-width'?: boolean;
  on?: Where;
}
export interface RedactStep {
  /** Span kinds: email phone id-card-cn bank-card ip iban ssn-us secret. */
  kinds: string[];
  /** `{kind}` stands for the kind. Default `[{kind}]`. */
  with?: string;
  on?: Where;
}
export interface CutStep {
  column: string;
  min?: number;
  max?: number;
  /** Values are kept below this: an upper end that does not belong to the range. In place of `max`. */
  below?: number;
}
export interface ExactStep {
  /** `prompt`, `response`, `label`, `system` or field names. Of each group the first in the file stays. */
  on: Where;
}
/**
 * Differences between texts that need not count: upper and lower case; full-width letters, digits and signs; everything that is no
 * letter or digit; which number it is.
 */
export type Likeness = 'case' | 'width' | 'punctuation' | 'numbers';
export interface NearStep {
  /** `prompt`, `response`, `system` or field names; their texts together are compared. */
  on: Where;
  /** Records with a better twin of this Jaccard similarity or above are dropped. */
  at: number;
  /** Words in a shingle of text without Han. */
  words?: number;
  /** Characters in a shingle of Han text. */
  chars?: number;
  /** Differences that do not count. Default: case, width, punctuation. */
  ignore?: Likeness[];
  /** Columns whose greater value stays, the first that tells two apart counts. Default: the file's score, then the length. */
  prefer?: string[];
  /** Keys of records that stay before all others. */
  keep?: string[];
}
export interface SemanticStep {
  on: string | Where;
  /** `tfidf` (built in, the default) or the id of an embedding model. */
  model?: string;
  /** Records with a better twin of this cosine similarity or above are dropped. */
  at: number;
  prefer?: string[];
  keep?: string[];
}
export interface RelabelStep {
  /** Old path (levels joined by `/`) → new path. */
  merge: Record<string, string>;
}
export interface BalanceStep {
  /** `label`, `label:1` (first level only), `source`, `language`, or a field name. */
  by: string;
  mode?: 'natural' | 'uniform' | 'temperature' | 'cap' | 'per-class';
  /** p ∝ n^(1/T). */
  temperature?: number;
  cap?: number;
  'per-class'?: number;
  /** Target of single classes, over the mode. */
  counts?: Record<string, number>;
  /** Whole epoch size for uniform and temperature; default: what is there. */
  total?: number;
  /** Over-sampling: classes short of their target are repeated. Default false. */
  over?: boolean;
}
export interface SplitStep {
  train: number;
  validation?: number;
  test?: number;
  stratify?: string;
  /** Records of one group never straddle: `exact` (equal prompts, the default), `near` (near-duplicates too), `none`, or a field name. */
  group?: string;
}
export type Step =
  | { normalise: NormaliseStep }
  | { redact: RedactStep }
  | { cut: CutStep }
  | { exact: ExactStep }
  | { near: NearStep }
  | { semantic: SemanticStep }
  | { relabel: RelabelStep }
  | { balance: BalanceStep }
  | { split: SplitStep };
/** A step that compares records and keeps the best of those that are alike. */
export type AlikeStep = { near: NearStep } | { semantic: SemanticStep };
export type StepKind = 'normalise' | 'redact' | 'cut' | 'exact' | 'near' | 'semantic' | 'relabel' | 'balance' | 'split';

/** How many clusters, or how alike their records are to the one that leads. */
export type ClusterChoice = number | { at: number };

/** The vectors that columns over meaning follow from (`outlier_distance`, `neighbour_disagreement`, `cluster`, `meaning:…`). */
export interface EmbeddingSettings {
  /** `tfidf` (built in, the default) or the id of an embedding model. */
  model?: string;
  /** Texts that are embedded together. Default: the prompt. */
  on?: string | Where;
  /** So many clusters of k-means, or as tight ones as a cosine to a record that leads; default: as many as suit the data. */
  clusters?: ClusterChoice;
}

/** Other files that `against_similarity` and `against_overlap` compare with: a test set, or data there is already. */
export interface AgainstSettings {
  /** Names without folders; where the files stand is the run's affair. */
  files: string[];
  /** Texts that are compared. Default: the prompt. */
  on?: string | Where;
}

export interface ExportTarget {
  layout: string;
  dir?: string;
}
export interface RecipeSource {
  /** Layout name; default detected. */
  format?: string;
  map?: Record<string, string | string[]>;
}
export interface Recipe {
  siftbook: 1;
  seed: number;
  source?: RecipeSource;
  embedding?: EmbeddingSettings;
  against?: AgainstSettings;
  steps: Step[];
  export?: ExportTarget[];
}

/** The seed of a recipe that is begun, suggested or by hand; a recipe that names none has 0. */
export const FIRST_SEED = 7;

/** A fault in a recipe's text; lines and columns are 1-based. */
export interface RecipeProblem {
  line: number;
  column: number;
  /** In English; other languages use `code` (`recipe.problem.CODE`) and `values`. */
  message: string;
  code?: string;
  values?: Record<string, string | number>;
}

/** Records in = kept + dropped, at every step. */
export interface StepCount {
  index: number;
  step: StepKind;
  in: number;
  kept: number;
  dropped: number;
}

export const KEPT = 0xffff;
export const SPLITS = ['train', 'validation', 'test'] as const;

/** Where every record went. */
export interface Decision {
  /** Per record: index of the first step that dropped it, or KEPT. */
  fate: Uint16Array;
  /** Per record: times it is written (0 when dropped; above 1 only by over-sampling). */
  copies: Uint16Array;
  /** Per record: index into SPLITS, or 255 where there is no split or the record was dropped. */
  split: Uint8Array;
  steps: StepCount[];
  /** Records kept, and records written (with copies), in all and per split. */
  kept: number;
  written: number;
  splits: { train: number; validation: number; test: number } | null;
}
