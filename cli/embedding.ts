import { batches, estimateTokens } from '$lib/embedding/batches';
import { termRows } from '$lib/embedding/features';
import { lsaSteps, project, type LsaSettings } from '$lib/embedding/lsa';
import { joinRows, pickRows, type SparseRows } from '$lib/embedding/rows';
import type { Runner } from '$lib/embedding/runner';
import type { Hash } from '$lib/text/hash';
import { hex64 } from '$lib/text/hash';
import { DataError } from './errors';
import type { PartialVectors } from './partial';
import { Progress } from './progress';

/** Vectors of records from…to (row-major). */
export type VectorsOf = (from: number, to: number) => Float32Array;

/** Every text once, however many records have it. */
export class DistinctTexts {
  readonly texts: string[] = [];
  readonly keys: string[] = [];
  /** Index of each record's text; −1 where it has none. */
  readonly of: number[] = [];
  readonly #index = new Map<string, number>();

  constructor(readonly hash: Hash) {}

  add(texts: readonly (string | null)[]): void {
    for (const text of texts) {
      if (text === null) {
        this.of.push(-1);
        continue;
      }
      const key = hex64(this.hash.hash64Text(text)) + hex64(this.hash.hash64Text(text, 1n));
      let index = this.#index.get(key);
      if (index === undefined) {
        index = this.texts.push(text) - 1;
        this.keys.push(key);
        this.#index.set(key, index);
      }
      this.of.push(index);
    }
  }

  indexOf(key: string): number | undefined {
    return this.#index.get(key);
  }
}

/**
 * Vectors by a model, in batches of like length. What `keep` opens has them already is not computed again, and every batch is kept.
 * @param keep opens what was kept, telling each vector; null keeps nothing
 */
export async function embedDistinct(
  runner: Runner,
  distinct: DistinctTexts,
  keep: ((take: (key: string, vector: Float32Array) => void) => PartialVectors) | null,
): Promise<{ vectorsOf: VectorsOf; kept: PartialVectors | null }> {
  const { dim, maxTokens } = runner.spec;
  const { texts, keys, of } = distinct;
  const values = new Float32Array(texts.length * dim);
  const done = new Uint8Array(texts.length);
  const kept =
    keep?.((key, vector) => {
      const index = distinct.indexOf(key);
      if (index === undefined) return;
      values.set(vector, index * dim);
      done[index] = 1;
    }) ?? null;
  const open = Uint32Array.from(texts.keys()).filter((index) => !done[index]);
  const lengths = Uint32Array.from(open, (index) => Math.min(maxTokens, estimateTokens(texts[index])));
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const progress = new Progress('embedding', total);
  const began = performance.now();
  let embedded = 0;
  let tokens = 0;
  try {
    for (const batch of batches(lengths)) {
      const places = Array.from(batch, (at) => open[at]);
      const vectors = await runner.batch(places.map((place) => texts[place]));
      if (vectors.some(Number.isNaN))
        throw new DataError(`The model gives no numbers for “${texts[places[0]].slice(0, 60)}”.`);
      places.forEach((place, row) => values.set(vectors.subarray(row * dim, (row + 1) * dim), place * dim));
      kept?.add(
        places.map((place) => keys[place]),
        vectors,
      );
      embedded += places.length;
      for (const at of batch) tokens += lengths[at];
      const pace = embedded / ((performance.now() - began) / 1000);
      progress.at(tokens, `${embedded} of ${open.length} texts, ${pace.toFixed(0)} texts/s`);
    }
  } finally {
    progress.end();
  }
  const vectorsOf: VectorsOf = (from, to) => {
    const out = new Float32Array((to - from) * dim);
    for (let row = from; row < to; row++)
      if (of[row] >= 0) out.set(values.subarray(of[row] * dim, (of[row] + 1) * dim), (row - from) * dim);
    return out;
  };
  return { vectorsOf, kept };
}

/** Vectors built in, of all records' texts. */
export class BuiltIn {
  readonly #parts: SparseRows[] = [];

  add(texts: readonly (string | null)[]): void {
    this.#parts.push(termRows(texts));
  }

  fit(hashes: BigUint64Array, settings: LsaSettings): VectorsOf {
    const rows = joinRows(this.#parts.splice(0));
    const progress = new Progress('fitting', 1);
    const steps = lsaSteps(rows, hashes, settings);
    let step = steps.next();
    for (; !step.done; step = steps.next()) progress.at(step.value, hashes.length);
    progress.end();
    const lsa = step.value;
    return (from, to) =>
      project(
        lsa,
        pickRows(
          rows,
          Uint32Array.from({ length: to - from }, (_, i) => from + i),
        ),
      ).values;
  }
}
