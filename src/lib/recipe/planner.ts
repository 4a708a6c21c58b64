import type { Mapping } from '$lib/record/types';
import {
  AGAINST_COLUMNS,
  AGAINST_ON,
  AGAINST_WHOLE,
  clusterClasses,
  MEANING_PREFIX,
  NEAR_DEFAULT,
  NEAR_FLOOR,
  nearSettings,
  NEIGHBOURS,
  SEMANTIC_DEFAULT,
  SEMANTIC_FLOOR,
  TFIDF,
  vectorField,
  type NearBody,
  type SemanticBody,
} from './alike';
import type {
  AgainstNeed,
  ClassNeed,
  ClustersNeed,
  ColumnNeed,
  Derived,
  DrawNeed,
  GroupNeed,
  MeaningNeed,
  Need,
  NeighboursNeed,
  OtherNeed,
  OverlapNeed,
  PairsNeed,
  Preference,
  SetNeed,
  Stage,
  VectorsNeed,
} from './plan';
import type { TextRewrite } from './steps/definition';
import { EXACT_FIELDS } from './steps/exact';
import { FIELD_PREFIX } from './steps/cut';
import { categoryColumns, READ_CATEGORIES } from './category';
import { touches } from './touches';
import type { ClusterChoice, EmbeddingSettings, Recipe } from './types';

/** Collects what the steps need while a recipe is compiled. */
export class Planner {
  readonly stages: Stage[] = [{ index: 0, signature: '', rewrites: [] }];
  readonly columns: ColumnNeed[] = [];
  readonly groups: GroupNeed[] = [];
  readonly classes: ClassNeed[] = [];
  readonly derived: ColumnNeed[] = [];
  readonly sets: SetNeed[] = [];
  merges: Record<string, string>[] = [];
  readonly seed: number;
  readonly #embedding: Required<Pick<EmbeddingSettings, 'model' | 'on'>> & {
    clusters: ClusterChoice | null;
  };

  readonly #other: OtherNeed;

  constructor(
    recipe: Recipe,
    readonly mapping: Mapping,
  ) {
    this.seed = recipe.seed;
    const { model = TFIDF, on = SEMANTIC_DEFAULT.on, clusters = null } = recipe.embedding ?? {};
    this.#embedding = { model, on, clusters };
    const { files = [], on: compared = AGAINST_ON } = recipe.against ?? {};
    this.#other = { files, on: [compared].flat() };
  }

  /** The stage that the step being planned stands at. */
  get stage(): number {
    return this.stages.length - 1;
  }

  /** Texts are rewritten from here on. */
  rewrite(rewrite: TextRewrite): void {
    const last = this.stages[this.stage];
    this.stages.push({
      index: this.stages.length,
      signature: last.signature + rewrite.signature + '\n',
      rewrites: [...last.rewrites, rewrite],
    });
  }

  /** Labels are merged from here on. */
  merge(merges: Record<string, string>): void {
    this.merges = [...this.merges, merges];
  }

  /** A column's values as they are here. */
  column(column: string): ColumnNeed {
    if (column === 'exact_rank') {
      const groups = this.group([...EXACT_FIELDS]);
      return this.#derived(column, groups, { from: 'groups', groups });
    }
    if (column === 'near_similarity' || column === 'semantic_similarity') {
      const prefer = this.preference();
      const pairs = column === 'near_similarity' ? this.near(NEAR_DEFAULT, prefer) : this.semantic(this.#embedding);
      return this.#derived(column, pairs, { from: 'pairs', pairs, prefer });
    }
    if (column === 'outlier_distance') {
      const neighbours = this.neighbours();
      return this.#derived(column, neighbours, { from: 'outliers', neighbours });
    }
    if (column === 'neighbour_disagreement') {
      const neighbours = this.neighbours();
      const labels = this.category('label');
      return this.#derived(column, neighbours, { from: 'disagreement', neighbours, labels });
    }
    if (column === 'cluster') {
      const clusters = this.clusters();
      return this.#derived(column, clusters, { from: 'clusters', clusters });
    }
    if (AGAINST_COLUMNS.includes(column)) {
      const against = column === 'against_similarity' ? this.against() : this.overlap();
      return this.#derived(column, against, { from: 'against', against });
    }
    if (column.startsWith(MEANING_PREFIX)) {
      const meaning = this.meaning(column.slice(MEANING_PREFIX.length));
      return this.#derived(column, meaning, { from: 'meaning', meaning });
    }
    const field = column.startsWith(FIELD_PREFIX) ? column.slice(FIELD_PREFIX.length) : null;
    const stage = this.#stageOf(field === null ? ['prompt', 'response', 'system'] : [field]);
    return once(this.columns, { ...this.#sign(stage, 'column', column), column, derived: null });
  }

  /** Groups of records that are equal in these parts. */
  group(on: string[], skipEmpty = false): GroupNeed {
    const merges = on.includes('label') ? this.merges : [];
    const stage = this.#stageOf(on);
    return once(this.groups, { ...this.#sign(stage, 'group', on, skipEmpty, merges), on, merges, skipEmpty });
  }

  /** Groups of near-duplicate prompts, as the column `near_similarity` and a fresh step `near` compare them. */
  nearGroup(): GroupNeed {
    const { on, at } = NEAR_DEFAULT;
    const pairs = this.near(NEAR_DEFAULT, this.preference());
    const { signature, base, stage } = pairs;
    // The threshold is always the same one, so what follows from the pairs is known by their signature.
    return { signature, base, stage, on, merges: [], skipEmpty: true, near: { pairs, at } };
  }

  /** `by` as a recipe writes it: `label`, `label:1`, `source`, `language`, a field. */
  category(by: string): ClassNeed {
    const level = /^label:([1-9]\d*)$/.exec(by);
    const measured = level ? 'label' : by;
    if (by === 'cluster') {
      const { signature, base, stage } = this.clusters();
      const signed = { signature: clusterClasses(signature), base: clusterClasses(base), stage };
      return once(this.classes, { ...signed, by, level: null, merges: [] });
    }
    const ofTexts = categoryColumns(measured) !== null || READ_CATEGORIES.includes(measured);
    const stage = this.#stageOf(ofTexts ? ['prompt', 'response', 'system'] : [measured]);
    const need: ClassNeed = {
      ...this.#sign(stage, 'class', measured),
      by: measured,
      level: level ? Number(level[1]) : null,
      merges: measured === 'label' ? this.merges : [],
    };
    once(this.classes, need);
    return need;
  }

  draw(kind: string, group: GroupNeed | null = null): DrawNeed {
    return { seed: this.seed, kind, group };
  }

  /** Pairs of records whose texts have many shingles in common. */
  near(body: NearBody, { columns }: Preference): PairsNeed {
    const settings = nearSettings(body);
    const stage = this.#stageOf(body.on);
    const from = { ...this.#sign(stage, 'shingles', body.on, settings), on: body.on, shingles: settings };
    const floor = NEAR_FLOOR;
    const prefer = columns.map(({ signature }) => signature);
    const signed = this.#sign(stage, 'near', body.on, settings, prefer);
    return this.#set({ ...signed, kind: 'pairs', from, floor, prefer: columns });
  }

  /** Pairs of records whose vectors point the same way. */
  semantic(body: SemanticBody): PairsNeed {
    const from = this.vector(body);
    const floor = SEMANTIC_FLOOR;
    return this.#set({
      ...this.#sign(from.stage, 'semantic', from.on, from.model),
      kind: 'pairs',
      from,
      floor,
      prefer: [],
    });
  }

  /** The records nearest to each in the recipe's vectors. */
  neighbours(): NeighboursNeed {
    const from = this.vector(this.#embedding);
    const k = NEIGHBOURS;
    return this.#set({ ...this.#sign(from.stage, 'neighbours', from.on, from.model, k), kind: 'neighbours', from, k });
  }

  /** Clusters of the recipe's vectors. */
  clusters(): ClustersNeed {
    const from = this.vector(this.#embedding);
    const { clusters } = this.#embedding;
    const signed = this.#sign(from.stage, 'clusters', from.on, from.model, clusters);
    const [k, at] = typeof clusters === 'object' ? [null, clusters?.at ?? null] : [clusters, null];
    return this.#set({ ...signed, kind: 'clusters', from, k, at });
  }

  /** Distance of the recipe's vectors to that of a phrase. */
  meaning(phrase: string): MeaningNeed {
    const from = this.vector(this.#embedding);
    return this.#set({
      ...this.#sign(from.stage, 'meaning', from.on, from.model, phrase),
      kind: 'meaning',
      from,
      phrase,
    });
  }

  /** Likeness of the records as they came to those of the recipe's other files. */
  against(): AgainstNeed {
    const other = this.#other;
    const settings = nearSettings({ on: other.on });
    const from = { ...this.#sign(0, 'shingles', other.on, settings), on: other.on, shingles: settings };
    const signed = this.#sign(0, 'against', other, settings);
    return this.#set({ ...signed, kind: 'against', from, other, floor: NEAR_FLOOR });
  }

  /** Texts of the recipe's other files inside the records as they came. */
  overlap(): OverlapNeed {
    const other = this.#other;
    const on = [...new Set([...other.on, ...AGAINST_WHOLE])];
    const from = { ...this.#sign(0, 'whole', on), on };
    return this.#set({ ...this.#sign(0, 'overlap', other), kind: 'overlap', from, other });
  }

  /** A vector per record, of these texts by this model. */
  vector({ on, model = TFIDF }: SemanticBody): VectorsNeed {
    const parts = Array.isArray(on) ? on : [on];
    const field = vectorField(model);
    // Vectors of the file are of the records as they came: no step rewrites them.
    if (field !== null) {
      const terms = { ...this.#sign(0, 'field-vectors', field), on: [field], shingles: null, field };
      return { ...this.#sign(0, 'vectors', model), on: parts, model, terms };
    }
    const stage = this.#stageOf(parts);
    const sign = (kind: string, ...more: unknown[]) => this.#sign(stage, kind, parts, ...more);
    const terms = model === TFIDF ? { ...sign('terms'), on: parts, shingles: null } : null;
    return { ...sign('vectors', model), on: parts, model, terms };
  }

  /** Who of alike records stays: by these columns (default: the first score of the file, then the length), then by place. */
  preference(columns?: readonly string[], keys: readonly string[] = []): Preference {
    const score = this.mapping.scores.slice(0, 1).map((name) => FIELD_PREFIX + name);
    return { columns: (columns ?? [...score, 'total_chars']).map((column) => this.column(column)), keys };
  }

  #set<S extends SetNeed>(need: S): S {
    return once(this.sets as S[], need);
  }

  #derived(column: string, { signature, base, stage }: Need, derived: Derived): ColumnNeed {
    const signed = { signature: `${column} ${signature}`, base: `${column} ${base}`, stage };
    return once(this.derived, { ...signed, column, derived });
  }

  /** The first stage from which on these parts stay as they are here: what is measured there serves here. */
  #stageOf(parts: readonly string[]): number {
    const rewrites = this.stages[this.stage].rewrites;
    for (let stage = rewrites.length; stage > 0; stage--)
      if (touches(rewrites[stage - 1].on, parts, this.mapping)) return stage;
    return 0;
  }

  #sign(stage: number, ...parts: unknown[]): Need {
    const [signature, base] = [stage, 0].map((at) => JSON.stringify([...parts, this.stages[at].signature]));
    return { signature, base, stage };
  }
}

function once<T extends { signature: string }>(list: T[], item: T): T {
  const known = list.find((other) => other.signature === item.signature);
  if (known) return known;
  list.push(item);
  return item;
}
