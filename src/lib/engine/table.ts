/** Everything measured of a dataset under one mapping: base columns, keys, and what recipes asked for beyond them. */
import { columnById, tokenColumns } from '$lib/columns';
import { meaningColumn } from '$lib/columns/meaning';
import { scoreColumn } from '$lib/columns/score';
import type { Column } from '$lib/columns/types';
import { HealthCollector } from '$lib/health/collector';
import { FieldCollector, type FieldFacts } from '$lib/health/fields';
import { flagColumns } from '$lib/health/summary';
import { Gather } from '$lib/health/gather';
import type { Coded } from '$lib/health/types';
import type { Mapping } from '$lib/record/types';
import { MEANING_PREFIX } from '$lib/recipe/alike';
import { Measured } from '$lib/recipe/measured';
import { categoryColumns } from '$lib/recipe/category';
import type { ClassNeed, ColumnNeed } from '$lib/recipe/plan';
import { baseIds, type BaseMeasures } from './measure';
import { baseCategory, baseColumn } from './needs';
import { engineFailure } from './messages';
import { columnFailure } from '$lib/columns/messages';

const NONE = new BigUint64Array(0);

/** A column's definition; `field:NAME` ones are made. */
export function definitionOf(id: string): Column {
  const column = id.startsWith('field:')
    ? scoreColumn(id.slice('field:'.length))
    : id.startsWith(MEANING_PREFIX)
      ? meaningColumn(id)
      : columnById(id);
  if (!column) throw columnFailure('columns.unknown', { id });
  return column;
}

export class Table {
  /** Records measured so far, from place 0 without a gap. */
  rows = 0;
  /** Token columns hold estimates. */
  estimated = true;
  readonly ids: string[];
  readonly health: HealthCollector;
  readonly #keys = new Gather<BigUint64Array>((length) => new BigUint64Array(length));
  /** Signatures of the base columns, by id. */
  readonly #signatures: Map<string, string>;
  readonly #waiting = new Map<number, BaseMeasures>();
  #measured: Measured | null = null;
  /** Null once the whole dataset was summed up: the values seen take 8 bytes each. */
  #fields: FieldCollector | null = new FieldCollector();
  #facts: FieldFacts[] = [];
  /** Columns over the whole set, which come when everything else is measured. */
  readonly #ofSet = new Map<string, Float32Array>();
  readonly #read = new Map<string, Coded>();
  #versions = new Map<string, number>();
  #version = 1;

  constructor(readonly mapping: Mapping) {
    this.ids = baseIds(mapping);
    this.health = new HealthCollector(mapping, flagColumns(this.ids));
    this.#signatures = new Map(this.ids.map((id) => [id, baseColumn(id, mapping).signature]));
  }

  /** Is this column of the recipe the one that was measured at opening? */
  isBase(need: ColumnNeed): boolean {
    return this.#signatures.get(need.column) === need.signature;
  }

  /** Takes the first pass over a slice; slices may come in any order and count once all before them are there. */
  accept(measures: BaseMeasures): void {
    this.#waiting.set(measures.first, measures);
    for (let next = this.#waiting.get(this.rows); next; next = this.#waiting.get(this.rows)) {
      this.#waiting.delete(this.rows);
      // Prompts as they stand count in the command line's profile only.
      this.health.add({ ...next, asked: NONE, fields: [] });
      this.#fields?.add(next.rows, next.fields);
      this.#keys.add(next.first, next.keys);
      this.rows += next.rows;
      this.#measured = null;
      this.#version++;
    }
  }

  /** The fields as counted so far; `last`: no more records will come. */
  fields(last: boolean): FieldFacts[] {
    if (this.#fields) this.#facts = this.#fields.facts();
    if (last) this.#fields = null;
    return this.#facts;
  }

  /** Does this column hold estimates still? */
  estimates(id: string): boolean {
    return this.estimated && tokenColumns.some((column) => column.id === id);
  }

  /** Exact values in place of estimates. */
  acceptTokens(first: number, columns: Float32Array[]): void {
    tokenColumns.forEach(({ id }, i) => this.health.addColumn(id, first, columns[i]));
  }

  /** All token columns are exact now. */
  finishTokens(): void {
    this.estimated = false;
    this.#version++;
    for (const { id } of tokenColumns) {
      this.#versions.set(id, this.#version);
      this.#measured?.setColumn(this.#signatures.get(id)!, this.base(id));
    }
  }

  /** Grows whenever the column's values change. */
  version(id: string): string {
    return `${this.rows}/${this.#versions.get(id) ?? 0}`;
  }

  /** A column of the records as they came. */
  base(id: string): Float32Array {
    const values = this.#ofSet.get(id) ?? this.health.column(id);
    if (!values) throw engineFailure('engine.not-measured', { id });
    return values.length === this.rows ? values : values.subarray(0, this.rows);
  }

  /** A column over the whole set, from now on one of the dataset's. */
  setOfSet(id: string, values: Float32Array, signature: string): void {
    if (!this.has(id)) this.ids.push(id);
    this.#ofSet.set(id, values);
    this.#signatures.set(id, signature);
    this.#versions.set(id, ++this.#version);
  }

  /** A category that follows from more than the first pass, from now on one of the dataset's. */
  setCategory(by: string, classes: Coded): void {
    this.#read.set(by, classes);
  }

  /** A column over the whole set goes. */
  dropOfSet(id: string): void {
    if (!this.#ofSet.delete(id)) return;
    this.ids.splice(this.ids.indexOf(id), 1);
    this.#signatures.delete(id);
  }

  has(id: string): boolean {
    return this.ids.includes(id);
  }

  /** What recipes judge by, for the records measured so far. Base columns are put in by `prepare`. */
  get measured(): Measured {
    return (this.#measured ??= new Measured(this.#keys.join(this.rows)));
  }

  /** Hands a base column to `measured` if that is what the need means. */
  offerColumn(need: ColumnNeed): boolean {
    if (!this.isBase(need)) return false;
    this.measured.setColumn(need.signature, this.base(need.column));
    return true;
  }

  /** Hands a category known from the first pass to `measured` if that is what the need means. */
  offerClasses(need: ClassNeed): boolean {
    if (need.signature !== baseCategory(need.by, this.mapping).signature) return false;
    const coded = this.#coded(need.by);
    if (!coded) return false;
    this.measured.setClasses(need.signature, coded);
    return true;
  }

  /** Categories the records have: label (and its first level where it is a path), source, annotator, language. */
  categories(): string[] {
    const { labels, sources, annotators } = this.health;
    const found: string[] = [];
    if (labels && labels.names.length > 0) {
      found.push('label');
      const firsts = new Set(labels.names.map((name) => name.split('/', 1)[0]));
      if (firsts.size < labels.names.length) found.push('label:1');
    }
    if (sources && sources.names.length > 0) found.push('source');
    if (annotators && annotators.names.length > 0) found.push('annotator');
    if (this.#ofSet.has('cluster')) found.push('cluster');
    if (categoryColumns('language')?.ids.some((id) => this.has(id))) found.push('language');
    found.push(...this.#read.keys());
    return found;
  }

  #coded(by: string): Coded | null {
    const { labels, sources, annotators } = this.health;
    if (by === 'label') return labels;
    if (by === 'source') return sources;
    if (by === 'annotator') return annotators;
    if (this.#read.has(by)) return this.#read.get(by)!;
    const columns = categoryColumns(by);
    const ids = columns?.ids.filter((id) => this.has(id)) ?? [];
    if (!columns || ids.length === 0) return null;
    return codedColumns(
      ids.map((id) => this.base(id)),
      columns.dictionary,
    );
  }
}

/** Dictionary columns as a category, the first that is measurable counts; names in order of first appearance. */
function codedColumns(columns: readonly Float32Array[], dictionary: readonly string[]): Coded {
  const names: string[] = [];
  const table = new Int32Array(dictionary.length).fill(-1);
  const codes = new Int32Array(columns[0].length).fill(-1);
  for (let row = 0; row < codes.length; row++) {
    let value = NaN;
    for (let c = 0; c < columns.length && value !== value; c++) value = columns[c][row];
    if (!(value >= 0 && value < table.length)) continue;
    if (table[value] < 0) {
      table[value] = names.length;
      names.push(dictionary[value]);
    }
    codes[row] = table[value];
  }
  return { codes, names };
}
