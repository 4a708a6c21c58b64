import { readFileSync } from 'node:fs';
import Papa from 'papaparse';
import { shared } from '../shared';

/** Pairs of texts and whether they mean the same. */
export interface Pairs {
  /** Two a pair, one after the other. */
  texts: string[];
  same: boolean[];
}

/** Pairs used of each set, as in ../shared/models/README.md. */
const FIRST = 1500;
const SETS = {
  BQ: { file: 'data/pairs/bq-dev.csv', delimiter: ',', header: true, columns: [0, 1, 2] },
  LCQMC: { file: 'data/pairs/lcqmc-dev.txt', delimiter: '\t', header: false, columns: [0, 1, 2] },
  MSR: { file: 'data/pairs/msr-para-train.tsv', delimiter: '\t', header: true, columns: [3, 4, 0] },
} as const;

export type PairSet = keyof typeof SETS;
export const PAIR_SETS = Object.keys(SETS) as PairSet[];

/** The first pairs of a set of ../shared; null where it is absent. */
export function pairsOf(set: PairSet): Pairs | null {
  const { file, delimiter, header, columns } = SETS[set];
  const path = shared(file);
  if (path === null) return null;
  const text = readFileSync(path, 'utf8').replace(/^\ufeff/, '');
  const quoteChar = delimiter === ',' ? '"' : '\0';
  const rows = Papa.parse<string[]>(text, { delimiter, quoteChar, skipEmptyLines: true }).data.slice(header ? 1 : 0);
  const used = rows.slice(0, FIRST).map((row) => columns.map((column) => row[column]));
  return { texts: used.flatMap(([a, b]) => [a, b]), same: used.map(([, , label]) => label.trim() === '1') };
}

/** Area under the ROC curve of scores (Mann and Whitney's U; equal scores count half). */
export function areaUnderCurve(scores: ArrayLike<number>, same: readonly boolean[]): number {
  const order = Array.from(scores, (_, i) => i).sort((i, j) => scores[i] - scores[j]);
  let ranks = 0;
  for (let i = 0; i < order.length;) {
    let end = i;
    while (end < order.length && scores[order[end]] === scores[order[i]]) end++;
    for (const at of order.slice(i, end)) if (same[at]) ranks += (i + 1 + end) / 2;
    i = end;
  }
  const positive = same.filter(Boolean).length;
  return (ranks - (positive * (positive + 1)) / 2) / (positive * (same.length - positive));
}

/** Cosines of the pairs, of rows of unit length. */
export function pairCosines(values: Float32Array, dim: number): Float64Array {
  const cosines = new Float64Array(values.length / dim / 2);
  for (let i = 0; i < cosines.length; i++)
    for (let j = 0; j < dim; j++) cosines[i] += values[2 * i * dim + j] * values[(2 * i + 1) * dim + j];
  return cosines;
}
