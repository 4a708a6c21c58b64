/** The samples that figures of diversity are measured on: their words and vectors, gathered here, compared elsewhere. */
import { firstKept, keptMean, SAMPLE, type Figure } from '$lib/diversity/diversity';
import { WordNumbers } from '$lib/diversity/texts';
import { termRows } from '$lib/embedding/features';
import { project, type Lsa } from '$lib/embedding/lsa';
import type { Vectors } from '$lib/embedding/types';
import { viewOf } from '$lib/record/view';
import { TFIDF } from '$lib/recipe/alike';
import type { VectorsNeed } from '$lib/recipe/plan';
import type { DiversityJob, SetWorker } from '$lib/recipe/sets';
import { loadSegmenter } from '$lib/text/segment';
import type { DiversityFigures } from '../protocol';
import type { Opened } from '../state';
import { DRAW } from './instructions';

/** Vectors of every record, and what they are of. */
export interface Placed {
  need: VectorsNeed;
  vectors: Vectors;
}

/** Answers of samples that are remembered. */
const REMEMBERED = 32;

export class Samples {
  readonly #opened: Opened;
  readonly #order: Uint32Array;
  readonly #numbers = new WordNumbers();
  readonly #words = new Map<number, Int32Array>();
  readonly #known = new Map<string, Figure[]>();
  /** The built-in model fitted to the first sample of all records, for where the set has no vectors. */
  #lsa: Lsa | null = null;
  readonly #projected = new Map<number, Float32Array>();

  constructor(opened: Opened) {
    this.#opened = opened;
    this.#order = opened.table.measured.order(DRAW);
  }

  /** Figures that take every record. */
  whole(kept: Uint8Array): Figure[] {
    const { table } = this.#opened;
    if (!table.has('lexical_diversity')) return [];
    const values = table.base('lexical_diversity');
    const [before, after] = [keptMean(values, null), keptMean(values, kept)];
    const records = { before: before.count, after: after.count };
    return [{ id: 'mtld', before: before.mean, after: after.mean, records, sampled: false }];
  }

  /** Figures of samples of all and of the kept, measured by `work` where these samples are new. */
  async figures(
    kept: Uint8Array,
    space: Placed | null,
    work: SetWorker,
    signal: AbortSignal,
  ): Promise<DiversityFigures> {
    await loadSegmenter();
    signal.throwIfAborted();
    const order = this.#order;
    const spoken = (place: number) => this.#wordsOf(place).length > 0;
    const sample = (mask: Uint8Array | null, usable: (place: number) => boolean) =>
      firstKept(order, mask, SAMPLE, usable);
    const all = sample(null, spoken);
    const texts = [...all, ...sample(kept, spoken)];
    if (!space) await this.#fit(all, work);
    const vector = space ? (place: number) => rowOf(space.vectors, place) : (place: number) => this.#vectorOf(place);
    const placed = (place: number) =>
      space ? vector(place).some((value) => value !== 0) : this.#lsa !== null && spoken(place);
    const vectors = [...sample(null, placed), ...sample(kept, placed)];
    const places = this.#inOrder(new Set([...texts, ...vectors]));
    const left = Uint8Array.from(places, (place) => kept[place]);
    const of: DiversityFigures['vectors'] = space
      ? { model: space.need.model, on: space.need.on, fitted: 'set' }
      : { model: TFIDF, on: ['prompt'], fitted: 'sample' };
    const key = `${space?.need.signature ?? ''}/${places.join()}/${left.join('')}`;
    let figures = this.#known.get(key);
    if (!figures) {
      const dim = space?.vectors.dim ?? this.#lsa?.dim ?? 0;
      const values = new Float32Array(places.length * dim);
      if (dim > 0) places.forEach((place, i) => values.set(vector(place), i * dim));
      const words = Array.from(places, (place) => this.#wordsOf(place));
      const job: DiversityJob = { kind: 'diversity', words, vectors: dim > 0 ? { dim, values } : null, kept: left };
      figures = await work(job);
      if (this.#known.size >= REMEMBERED) this.#known.delete(this.#known.keys().next().value!);
      this.#known.set(key, figures);
    }
    return { figures, vectors: of };
  }

  /** These places in the order of their draws. */
  #inOrder(wanted: ReadonlySet<number>): Uint32Array {
    const out = new Uint32Array(wanted.size);
    for (let i = 0, n = 0; n < out.length; i++) if (wanted.has(this.#order[i])) out[n++] = this.#order[i];
    return out;
  }

  #text(place: number): string {
    const { dataset, mapping, table } = this.#opened;
    // Known at once, so that a file without prompts is not read through.
    if (table.has('prompt_chars') && !(table.base('prompt_chars')[place] > 0)) return '';
    const { batch, row } = dataset.at(place);
    return viewOf(batch, row, mapping).prompt;
  }

  #wordsOf(place: number): Int32Array {
    let words = this.#words.get(place);
    if (!words) {
      words = this.#numbers.of(this.#text(place));
      if (words.length > 0) this.#words.set(place, words);
    }
    return words;
  }

  async #fit(sample: Uint32Array, work: SetWorker): Promise<void> {
    if (this.#lsa || sample.length < 2) return;
    const texts = Array.from(sample, (place) => this.#text(place));
    const keys = BigUint64Array.from(sample, (place) => this.#opened.table.measured.keys[place]);
    const { lsa } = await work({ kind: 'lsa', rows: termRows(texts), keys });
    this.#lsa = lsa;
  }

  #vectorOf(place: number): Float32Array {
    let vector = this.#projected.get(place);
    if (!vector) this.#projected.set(place, (vector = project(this.#lsa!, termRows([this.#text(place)])).values));
    return vector;
  }
}

function rowOf({ dim, values }: Vectors, place: number): Float32Array {
  return values.subarray(place * dim, (place + 1) * dim);
}
