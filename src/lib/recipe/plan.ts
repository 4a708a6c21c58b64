import type { Mapping } from '$lib/record/types';
import type { ShingleSettings } from '$lib/text/shingles';
import type { Recipe, StepKind } from './types';
import { Planner } from './planner';
import { definitionOf, stepOf } from './steps';
import type { Judge, TextRewrite } from './steps/definition';

/** The records' texts after the first `index` rewriting steps (normalise, redact); stage 0 is as they came. */
export interface Stage {
  index: number;
  /** Equal signatures mean equal texts: what is measured at a stage may be kept under it. */
  signature: string;
  /** All rewrites up to here, in order. */
  rewrites: TextRewrite[];
}

/** Something to be measured of every record. */
export interface Need {
  /** Equal signatures mean equal measures. */
  signature: string;
  stage: number;
  /** Signature of the same at stage 0, on the records as they came. */
  base: string;
  /** Measured only where the steps so far have rewritten the record: elsewhere `base` holds, which the collector must find. */
  sparse?: boolean;
}

/** A column of numbers to be measured at a stage. */
export interface ColumnNeed extends Need {
  /** A column's id, or `field:NAME` for a numeric field of the file. */
  column: string;
  /** What a column over the whole set follows from; null for columns measured record by record. */
  derived: Derived | null;
}

/** Columns that are not measured but follow from what is known of the whole set. */
export type Derived =
  | { from: 'groups'; groups: GroupNeed }
  | { from: 'pairs'; pairs: PairsNeed; prefer: Preference }
  | { from: 'outliers'; neighbours: NeighboursNeed }
  | { from: 'disagreement'; neighbours: NeighboursNeed; labels: ClassNeed }
  | { from: 'clusters'; clusters: ClustersNeed }
  | { from: 'meaning'; meaning: MeaningNeed }
  | { from: 'against'; against: AgainstNeed | OverlapNeed };

/** What a text is made into before the whole set is looked at. */
export interface TextNeed extends Need {
  /** `prompt`, `response`, `system` or field names; their texts stand one below the other. */
  on: string[];
  /** How it is cut into shingles; null: its terms, for TF-IDF. */
  shingles: ShingleSettings | null;
  /** A field whose vectors are taken as they are; then no text is read. */
  field?: string;
}

/** A vector per record. */
export interface VectorsNeed extends Need {
  on: string[];
  /** `tfidf` is built in, `field:NAME` are the file's own; any other model's vectors are made elsewhere and handed over. */
  model: string;
  /** What the built-in model is fitted to, or the field that holds the vectors. */
  terms: TextNeed | null;
}

/** All pairs of records that are alike at `floor` or above: by their shingles, or by their vectors. */
export interface PairsNeed extends Need {
  kind: 'pairs';
  from: TextNeed | VectorsNeed;
  floor: number;
  /** Who goes first where too many texts are alike to compare all of them with all: every one is then compared with the best. */
  prefer: ColumnNeed[];
}

/** The records nearest to each record. */
export interface NeighboursNeed extends Need {
  kind: 'neighbours';
  from: VectorsNeed;
  k: number;
}

/** The cluster of each record. */
export interface ClustersNeed extends Need {
  kind: 'clusters';
  from: VectorsNeed;
  /** How many; null: as many as suit the data, or as tight ones as `at`. */
  k: number | null;
  /** The least cosine to a cluster's leader; null: clusters are those of k-means. */
  at: number | null;
}

/** How far each record is from a phrase. */
export interface MeaningNeed extends Need {
  kind: 'meaning';
  from: VectorsNeed;
  phrase: string;
}

/** Another dataset as it came, and which of its texts count. */
export interface OtherNeed {
  files: readonly string[];
  on: string[];
}

/** How alike each record is, as it came, to a record of another dataset. */
export interface AgainstNeed extends Need {
  kind: 'against';
  from: TextNeed;
  other: OtherNeed;
  floor: number;
}

/** How much of a text of another dataset stands in each record as it came, in whichever of the parts `on`. */
export interface OverlapNeed extends Need {
  kind: 'overlap';
  /** Read while the work is done: texts are not held. */
  from: Need & { on: string[]; terms?: undefined };
  other: OtherNeed;
}

/** Something known of the whole set at once, which cannot be measured record by record. */
export type SetNeed = PairsNeed | NeighboursNeed | ClustersNeed | MeaningNeed | AgainstNeed | OverlapNeed;

/** Who of two alike records stays: the greater in the first column in which they differ, then the one that stands first. */
export interface Preference {
  columns: ColumnNeed[];
  /** Keys of records that go before all others, in this order. */
  keys: readonly string[];
}

/** 64-bit hashes whose equality groups records; 0 = in no group. */
export interface GroupNeed extends Need {
  /** `prompt`, `response`, `system`, `label`, or field names. */
  on: string[];
  /** Relabelling done before, where `on` holds the label. */
  merges: Record<string, string>[];
  /** Records of which every part is missing belong to no group (a split's field); else they are equals. */
  skipEmpty: boolean;
  /** Groups are not of equals, but of records that near-duplicates join, directly or by way of others. Not measured: it follows. */
  near?: { pairs: PairsNeed; at: number };
}

/** A category per record. What is measured is the whole label path as it came; levels and merges act on its dictionary. */
export interface ClassNeed extends Need {
  /** `label`, `source`, `annotator`, `language`, `task_type`, `sentence_type`, `cluster` (which is not measured but follows from the set), or a field's name. */
  by: string;
  /** Levels of the label path to keep; null = all. */
  level: number | null;
  merges: Record<string, string>[];
}

/** A draw per record, from its key or from its group's hash. */
export interface DrawNeed {
  seed: number;
  kind: string;
  group: GroupNeed | null;
}

export interface PlannedStep {
  index: number;
  kind: StepKind;
  /** The stage its columns are measured at. */
  stage: number;
  /** Absent for steps that only rewrite: they drop nothing. */
  judge: Judge | null;
}

/** A recipe made ready: what must be measured where, and how each step judges. */
export interface Plan {
  recipe: Recipe;
  stages: Stage[];
  steps: PlannedStep[];
  columns: ColumnNeed[];
  groups: GroupNeed[];
  classes: ClassNeed[];
  /** Columns that follow from groups or from the whole set. */
  derived: ColumnNeed[];
  sets: SetNeed[];
  /** What the sets ask of texts. */
  texts: TextNeed[];
  /** Relabelling in order; applied to a record's label after the last stage's rewrites. */
  merges: Record<string, string>[];
}

/** What is to be measured; a plan is one, and a caller may ask for less than a plan. */
export type Needs = Pick<Plan, 'stages' | 'columns' | 'groups' | 'classes'> & { texts?: TextNeed[] };

/** The needs with those made sparse of which `has` says that they are known at stage 0: what no step rewrites is not measured again. */
export function sparseNeeds<N extends Pick<Needs, 'columns' | 'groups' | 'classes'>>(
  needs: N,
  has: (base: ColumnNeed | GroupNeed | ClassNeed) => boolean,
): N {
  const sparse = <T extends ColumnNeed | GroupNeed | ClassNeed>(need: T): T =>
    need.stage > 0 && has({ ...need, stage: 0, signature: need.base }) ? { ...need, sparse: true } : need;
  return {
    ...needs,
    columns: needs.columns.map(sparse),
    groups: needs.groups.map(sparse),
    classes: needs.classes.map(sparse),
  };
}

/** What must be measured of texts before these sets can be made; what is `known` by its signature asks for nothing. */
export function textsFor(sets: readonly SetNeed[], known: { includes(signature: string): boolean }): TextNeed[] {
  const texts = sets
    .filter(({ signature }) => !known.includes(signature))
    .flatMap(({ from }): TextNeed[] => {
      if ('shingles' in from) return [from];
      return from.terms && !known.includes(from.signature) ? [from.terms] : [];
    })
    .filter(({ signature }) => !known.includes(signature));
  return texts.filter((text, i) => texts.findIndex((one) => one.signature === text.signature) === i);
}

/** Makes a valid recipe ready to measure and decide. Equal needs of several steps are listed once. */
export function compile(recipe: Recipe, mapping: Mapping): Plan {
  const planner = new Planner(recipe, mapping);
  const steps = recipe.steps.map((step, index): PlannedStep => {
    const { kind, body } = stepOf(step);
    const judge = definitionOf(kind).plan(body, planner) ?? null;
    return { index, kind, stage: planner.stage, judge };
  });
  const { stages, columns, groups, classes, derived, sets, merges } = planner;
  return { recipe, stages, steps, columns, groups, classes, derived, sets, texts: textsFor(sets, []), merges };
}
