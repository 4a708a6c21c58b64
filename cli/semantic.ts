import type { SemanticCompared } from '$lib/health/semantic';
import type { HealthCollector } from '$lib/health/collector';
import { joinRows, type SparseRows } from '$lib/embedding/rows';
import type { Mapping } from '$lib/record/types';
import { SEMANTIC_FLOOR, TFIDF } from '$lib/recipe/alike';
import { Measured } from '$lib/recipe/measured';
import { compile, type NeighboursNeed, type PairsNeed, type Plan } from '$lib/recipe/plan';
import { makeSets } from '$lib/recipe/sets';
import type { EmbeddingSettings } from '$lib/recipe/types';
import { loadHash } from '$lib/text/hash';
import { setThreads } from './sets';
import { ModelVectors, readFileOfVectors, type VectorSources } from './vectors';

/** The recipe's `embedding` that a file of vectors stands for; undefined where none is named, or where it is the built-in model's. */
export async function embeddingOf({ files: [file] }: VectorSources): Promise<EmbeddingSettings | undefined> {
  if (file === undefined) return undefined;
  const { metadata } = await readFileOfVectors(file);
  const on = JSON.parse(metadata.get('on') ?? '["prompt"]') as string[];
  const model = metadata.get('model') ?? 'vectors';
  return model === TFIDF ? { on } : { model, on };
}

export interface SemanticOptions {
  /** Records among which duplicates by meaning are looked for at most. */
  most: number;
  embedding?: EmbeddingSettings;
  vectors: VectorSources;
}

/** What duplicates by meaning take, gathered batch by batch as everything else is measured. */
export class SemanticLook {
  readonly #plan: Plan;
  readonly #pairs: PairsNeed;
  readonly #parts: SparseRows[] = [];
  readonly #keys: BigUint64Array[] = [];
  #rows = 0;

  constructor(
    mapping: Mapping,
    readonly options: SemanticOptions,
  ) {
    const steps = ['outlier_distance', 'semantic_similarity'].map((column) => ({ cut: { column } }));
    this.#plan = compile({ siftbook: 1, seed: 0, embedding: options.embedding, steps }, mapping);
    this.#pairs = this.#plan.sets.find((need): need is PairsNeed => need.kind === 'pairs')!;
  }

  get #from() {
    const { from } = this.#pairs;
    if ('shingles' in from) throw new TypeError('vectors are compared, not shingles');
    return from;
  }

  /** The texts whose terms are asked for; null: none (any more). */
  get terms(): string[] | null {
    return this.#rows < this.options.most ? (this.#from.terms?.on ?? null) : null;
  }

  add(rows: number, keys: BigUint64Array, terms: SparseRows | null): void {
    this.#rows += rows;
    this.#keys.push(keys);
    if (this.#rows > this.options.most) this.#parts.length = 0;
    else if (terms) this.#parts.push(terms);
  }

  /** What was compared; null where the set is too large. @throws DataError where the file of vectors is of other data */
  async compared(set: HealthCollector, names: readonly string[]): Promise<SemanticCompared | null> {
    if (this.#rows > this.options.most) return null;
    const plan = this.#plan;
    const keys = new BigUint64Array(this.#rows);
    let at = 0;
    for (const part of this.#keys) {
      keys.set(part, at);
      at += part.length;
    }
    const measured = new Measured(keys);
    for (const need of plan.columns) {
      const values = set.column(need.column);
      if (!values) return null;
      measured.setColumn(need.signature, values);
    }
    const from = this.#from;
    if (from.terms) measured.setText(from.terms.signature, joinRows(this.#parts));
    else {
      const { vectors } = this.options;
      const models = await ModelVectors.find(plan, vectors, { names, language: 'mixed', hash: await loadHash() });
      measured.setVectors(from.signature, await models.vectors(from, measured, nothing));
      await models.close();
    }
    const work = setThreads(
      () => this.#rows,
      () => Promise.reject(new TypeError('no phrase is asked for')),
    );
    await makeSets(plan.sets, measured, work);
    const neighbours = plan.sets.find((need): need is NeighboursNeed => need.kind === 'neighbours')!;
    const { derived } = plan.derived.find(({ column }) => column === 'semantic_similarity')!;
    if (derived?.from !== 'pairs') throw new TypeError('a similarity follows from pairs');
    return {
      pairs: measured.pairs(this.#pairs),
      neighbours: measured.neighbours(neighbours),
      rank: measured.rank(derived.prefer),
      floor: SEMANTIC_FLOOR,
      on: from.on,
      model: from.model,
    };
  }
}

async function* nothing(): AsyncGenerator<string[]> {}
