import { neighbourDisagreement, outlierDistance } from '$lib/clusters/isolation';
import type { Clusters } from '$lib/clusters/kmeans';
import type { FoundNeighbours } from '$lib/clusters/neighbours';
import { exactRank } from '$lib/duplicates/exact';
import { groupsOf, type Groups } from '$lib/duplicates/groups';
import { bestBetter, rankOrder } from '$lib/duplicates/near';
import { nearGroups } from '$lib/duplicates/near-groups';
import type { NearPairs } from '$lib/duplicates/near-pairs';
import type { Lsa } from '$lib/embedding/lsa';
import type { Vectors } from '$lib/embedding/types';
import { keyText, occurrences } from '$lib/record/key';
import { drawOrder, draws, drawSeed } from '$lib/sampling/draw';
import { clusterClasses } from './alike';
import { runFailure } from './messages';
import type {
  AgainstNeed,
  ClassNeed,
  ClustersNeed,
  ColumnNeed,
  Derived,
  DrawNeed,
  GroupNeed,
  Need,
  NeighboursNeed,
  OverlapNeed,
  PairsNeed,
  Preference,
  TextNeed,
  VectorsNeed,
} from './plan';
import type { TextMeasures } from './texts';

/** A category per record: `codes` index `names` (order of first appearance), -1 = none. */
export interface Classes {
  codes: Int32Array;
  names: string[];
}

/** What another dataset has of each record: how much (NaN without text), and which of its records; -1 where none. */
export interface Matches {
  value: Float32Array;
  match: Int32Array;
}

/**
 * What is known of a whole dataset, kept by signature, with what follows from it (groups, draws, draw orders) made when first
 * asked for. It belongs to one dataset under one mapping; a change of either needs a new one. The recipe's run fills it
 * through `Collector`, the engine with the columns it has.
 */
export class Measured {
  readonly rows: number;
  readonly #columns = new Map<string, Float32Array>();
  readonly #hashes = new Map<string, BigUint64Array>();
  readonly #groups = new Map<string, Groups>();
  readonly #classes = new Map<string, Classes>();
  readonly #texts = new Map<string, TextMeasures>();
  readonly #vectors = new Map<string, { vectors: Vectors; lsa: Lsa | null }>();
  readonly #pairs = new Map<string, NearPairs>();
  readonly #neighbours = new Map<string, FoundNeighbours>();
  readonly #clusters = new Map<string, Clusters>();
  readonly #matches = new Map<string, Matches>();
  readonly #ranks = new Map<string, Uint32Array>();
  readonly #draws = new Map<string, Uint32Array>();
  readonly #orders = new Map<string, Uint32Array>();
  #occurrences: Uint32Array | null = null;

  /** `keys`: each record's 64-bit hash, by place. */
  constructor(readonly keys: BigUint64Array) {
    this.rows = keys.length;
  }

  setColumn(signature: string, values: Float32Array): void {
    this.#columns.set(signature, this.#fits(values));
  }
  setGroup(signature: string, hashes: BigUint64Array): void {
    this.#hashes.set(signature, this.#fits(hashes));
  }
  setClasses(signature: string, classes: Classes): void {
    this.#fits(classes.codes);
    this.#classes.set(signature, classes);
  }

  setText(signature: string, text: TextMeasures): void {
    this.#texts.set(signature, text);
  }
  /** `lsa`: the built-in model that made them. */
  setVectors(signature: string, vectors: Vectors, lsa: Lsa | null = null): void {
    this.#fits({ length: vectors.rows });
    this.#vectors.set(signature, { vectors, lsa });
  }
  setPairs(signature: string, pairs: NearPairs): void {
    this.#fits(pairs.set);
    this.#pairs.set(signature, pairs);
  }

  setNeighbours(signature: string, neighbours: FoundNeighbours): void {
    this.#neighbours.set(signature, neighbours);
  }
  /** Clusters are classes too: numbered from 1, the largest first. */
  setClusters(signature: string, clusters: Clusters): void {
    this.#fits(clusters.ids);
    this.#clusters.set(signature, clusters);
    const names = Array.from({ length: clusters.count }, (_, i) => String(i + 1));
    this.setClasses(clusterClasses(signature), { codes: clusters.ids, names });
  }

  /** What another dataset has of the records. */
  setMatches(signature: string, matches: Matches): void {
    this.#fits(matches.value);
    this.#matches.set(signature, matches);
  }

  /** Another dataset is compared with, or none. */
  forgetMatches(): void {
    for (const signature of this.#matches.keys())
      for (const column of this.#columns.keys()) if (column.endsWith(` ${signature}`)) this.#columns.delete(column);
    this.#matches.clear();
  }

  /** Is what this need asks for already here? */
  has({ signature }: Pick<Need, 'signature'>): boolean {
    return this.#maps.some((map) => map.has(signature));
  }

  /** Are a column's values here, or what they follow from? */
  knows(need: ColumnNeed): boolean {
    const { derived } = need;
    if (!derived || this.has(need)) return this.has(need);
    switch (derived.from) {
      case 'groups':
        return this.has(derived.groups);
      case 'pairs':
        return this.has(derived.pairs) && derived.prefer.columns.every((column) => this.knows(column));
      case 'outliers':
        return this.has(derived.neighbours);
      case 'disagreement':
        return this.has(derived.neighbours) && this.has(derived.labels);
      case 'clusters':
        return this.has(derived.clusters);
      case 'meaning':
        return this.has(derived.meaning);
      case 'against':
        return this.has(derived.against);
    }
  }

  get #maps(): Map<string, unknown>[] {
    return [
      this.#columns,
      this.#hashes,
      this.#classes,
      this.#texts,
      this.#vectors,
      this.#pairs,
      this.#neighbours,
      this.#clusters,
      this.#matches,
    ];
  }

  /** Forgets everything whose signature is not in use any more. */
  keepOnly(signatures: ReadonlySet<string>): void {
    // Clusters and the classes that they are go together.
    const wanted = new Set([...signatures].flatMap((signature) => [signature, clusterClasses(signature)]));
    for (const map of [...this.#maps, this.#groups])
      for (const key of map.keys()) if (!wanted.has(key.split('\u0000')[0])) map.delete(key);
    for (const map of [this.#draws, this.#orders])
      for (const key of map.keys())
        if (!signatures.has(key.split('\u0000')[1]) && !key.endsWith('\u0000')) map.delete(key);
  }

  get occurrences(): Uint32Array {
    return (this.#occurrences ??= occurrences(this.keys));
  }

  /** The record's key: sixteen hexadecimal digits and the occurrence number. */
  key(place: number): string {
    return keyText(this.keys[place], this.occurrences[place]);
  }

  column(need: ColumnNeed): Float32Array {
    const { derived } = need;
    if (derived) return memo(this.#columns, need.signature, () => this.#derive(derived));
    return got(this.#columns.get(need.signature), need.column);
  }

  #derive(derived: Derived): Float32Array {
    switch (derived.from) {
      case 'groups':
        return exactRank(this.groups(derived.groups));
      case 'pairs':
        return bestBetter(this.pairs(derived.pairs), this.rank(derived.prefer), null).similarity;
      case 'outliers':
        return outlierDistance(this.neighbours(derived.neighbours));
      case 'disagreement':
        return neighbourDisagreement(this.neighbours(derived.neighbours), this.classes(derived.labels).codes);
      case 'clusters':
        return clusterColumn(this.clusters(derived.clusters));
      case 'against':
        return this.matches(derived.against).value;
      case 'meaning':
        return got(this.#columns.get(derived.meaning.signature), derived.meaning.phrase);
    }
  }

  /**
   * What texts were made into. It is gone from here afterwards, so that its memory can go to who works with it; where `more`
   * will be made of it, that is a copy.
   */
  takeText(need: TextNeed, more = false): TextMeasures {
    const text = got(this.#texts.get(need.signature), need.on.join(', '));
    if (more) return structuredClone(text);
    this.#texts.delete(need.signature);
    return text;
  }

  vectors(need: VectorsNeed): Vectors {
    return got(this.#vectors.get(need.signature), need.model).vectors;
  }

  /** The built-in model as it was fitted; null where the vectors are another's. */
  lsa(need: VectorsNeed): Lsa | null {
    return got(this.#vectors.get(need.signature), need.model).lsa;
  }

  pairs(need: PairsNeed): NearPairs {
    return got(this.#pairs.get(need.signature), need.from.on.join(', '));
  }

  neighbours(need: NeighboursNeed): FoundNeighbours {
    return got(this.#neighbours.get(need.signature), need.from.model);
  }

  clusters(need: ClustersNeed): Clusters {
    return got(this.#clusters.get(need.signature), need.from.model);
  }

  /** @throws Error where the other dataset was not there to compare with */
  matches({ signature, other }: AgainstNeed | OverlapNeed): Matches {
    const found = this.#matches.get(signature);
    if (!found) throw runFailure('recipe.run.no-other', { name: other.files.join(', ') });
    return found;
  }

  /** Each record's place in the order of who stays, 0 the first. */
  rank({ columns, keys }: Preference): Uint32Array {
    const signature = JSON.stringify([columns.map(({ signature }) => signature), keys]);
    return memo(this.#ranks, signature, () => {
      const values = columns.map((need) => this.column(need));
      return rankOrder(keys.length > 0 ? [this.#firstOf(keys), ...values] : values, this.rows);
    });
  }

  /** Greater the earlier a record's key stands in the list. */
  #firstOf(keys: readonly string[]): Float32Array {
    const out = new Float32Array(this.rows);
    const wanted = new Map(keys.map((key, i) => [key, keys.length - i]));
    for (let place = 0; place < out.length; place++) out[place] = wanted.get(this.key(place)) ?? 0;
    return out;
  }

  groups(need: GroupNeed): Groups {
    return memo(this.#groups, need.signature, () => groupsOf(this.hashes(need)));
  }

  /** The hashes that groups are made of. */
  hashes(need: GroupNeed): BigUint64Array {
    const { near } = need;
    if (near) return memo(this.#hashes, need.signature, () => leastKeys(this.keys, this.pairs(near.pairs), near.at));
    return got(this.#hashes.get(need.signature), need.on.join(', '));
  }

  /** Classes as they were measured. */
  rawClasses(need: ClassNeed): Classes {
    return got(this.#classes.get(need.signature), need.by);
  }

  /** Group numbers in which every record that is in no group has one of its own. */
  memberships(need: GroupNeed): Uint32Array {
    const hashes = this.hashes(need);
    const { ids, count } = this.groups(need);
    const lone = ungrouped(hashes);
    if (lone.length === 0) return ids;
    const out = ids.slice();
    lone.forEach((place, i) => (out[place] = count + i));
    return out;
  }

  /** Classes after relabelling and cutting the path to its first levels. */
  classes(need: ClassNeed): Classes {
    const raw = this.rawClasses(need);
    if (need.level === null && need.merges.length === 0) return raw;
    const signature = `${need.signature}\u0000${need.level}\u0000${JSON.stringify(need.merges)}`;
    return memo(this.#classes, signature, () => {
      const renamed = raw.names.map((name) => firstLevels(relabelled(name, need.merges), need.level));
      const names = [...new Set(renamed)];
      const codeOf = new Map(names.map((name, code) => [name, code]));
      const table = renamed.map((name) => codeOf.get(name)!);
      const codes = new Int32Array(this.rows);
      for (let i = 0; i < codes.length; i++) codes[i] = raw.codes[i] < 0 ? -1 : table[raw.codes[i]];
      return { codes, names };
    });
  }

  /** A draw per record: of its group's hash, or of its own key where it is in no group. */
  draws(need: DrawNeed): Uint32Array {
    return memo(this.#draws, drawSignature(need), () => {
      const seed = drawSeed(need.seed, need.kind);
      if (need.group === null) return draws(this.keys, this.occurrences, seed);
      const hashes = this.hashes(need.group);
      const out = draws(hashes, null, seed);
      const lone = ungrouped(hashes);
      if (lone.length > 0) {
        const own = draws(this.keys, this.occurrences, seed);
        for (const place of lone) out[place] = own[place];
      }
      return out;
    });
  }

  /** All places by draw, equal draws by place. */
  order(need: DrawNeed): Uint32Array {
    return memo(this.#orders, drawSignature(need), () => drawOrder(this.draws(need)));
  }

  #fits<T extends { length: number }>(values: T): T {
    if (values.length !== this.rows) throw new Error(`expected ${this.rows} values, got ${values.length}`);
    return values;
  }
}

/**
 * Per record the least key among those that near-duplicates at `at` or above join it to; its own where there are none. So a group's hash
 * depends on its records alone, and equal records are in one group even where they have no text.
 */
function leastKeys(keys: BigUint64Array, pairs: NearPairs, at: number): BigUint64Array {
  const out = keys.slice();
  const { count, offsets, places } = nearGroups(pairs, at);
  for (let group = 0; group < count; group++) {
    const members = places.subarray(offsets[group], offsets[group + 1]);
    let least = keys[members[0]];
    for (const place of members) if (keys[place] < least) least = keys[place];
    for (const place of members) out[place] = least;
  }
  return out;
}

/** Places whose hash is 0. */
function ungrouped(hashes: BigUint64Array): number[] {
  const words = new Uint32Array(hashes.buffer, hashes.byteOffset, hashes.length * 2);
  const places: number[] = [];
  for (let i = 0; i < hashes.length; i++) if (words[2 * i] === 0 && words[2 * i + 1] === 0) places.push(i);
  return places;
}

/** A label path after relabelling: each step's merges in turn, whole paths only. */
export function relabelled(path: string, merges: readonly Record<string, string>[]): string {
  for (const merge of merges) if (Object.hasOwn(merge, path)) path = merge[path];
  return path;
}

function firstLevels(path: string, level: number | null): string {
  return level === null ? path : path.split('/').slice(0, level).join('/');
}

function drawSignature(need: DrawNeed): string {
  return `${need.seed}/${need.kind}\u0000${need.group?.signature ?? ''}`;
}

function memo<T>(map: Map<string, T>, key: string, make: () => T): T {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}

function got<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw runFailure('recipe.run.not-measured', { name });
  return value;
}

/** Clusters by the numbers recipes know them by, from 1; NaN for records in none. */
export function clusterColumn({ ids }: Pick<Clusters, 'ids'>): Float32Array {
  return Float32Array.from(ids, (id) => (id < 0 ? NaN : id + 1));
}
