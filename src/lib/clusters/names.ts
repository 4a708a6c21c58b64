import { STOP } from '../text/lists';
import { Text } from '../text/text';
import { HAN, LETTER } from '../text/unicode';

/** How often each term stands in each cluster's texts. */
export interface TermCounts {
  terms: string[];
  /** For each cluster: term number → times. */
  clusters: ReadonlyMap<number, number>[];
}

/**
 * Counts words by cluster as texts come by, batch after batch: jieba's words for Han (load the segmenter first), runs of letters and
 * digits elsewhere, lower-cased. Left out: stop words of both languages, words without a letter, and single characters. The first `most`
 * texts of each cluster are read, so that memory does not grow with the data.
 */
export class TermCounter implements TermCounts {
  readonly terms: string[] = [];
  readonly clusters: Map<number, number>[];
  private readonly numbers = new Map<string, number>();
  private readonly read: Uint32Array;
  private readonly most: number;
  private readonly text = new Text();

  constructor(clusters: number, most = 2000) {
    this.clusters = Array.from({ length: clusters }, () => new Map<number, number>());
    this.read = new Uint32Array(clusters);
    this.most = most;
  }

  /** Adds one record's text to its cluster; −1 (no cluster) is passed over. */
  add(value: string, cluster: number): void {
    if (cluster < 0 || this.read[cluster] >= this.most || !value) return;
    this.read[cluster]++;
    const text = this.text.reset(value);
    const { words, codes } = text;
    const counts = this.clusters[cluster];
    for (let form = 0; form < words.distinct; form++) {
      if (words.lists[form] & STOP || !(words.bits[form] & (LETTER | HAN))) continue;
      const start = words.starts[words.first[form]];
      const end = words.ends[words.first[form]];
      if (end - start < 2) continue;
      let term = '';
      for (let i = start; i < end; i++) term += String.fromCodePoint(codes[i]);
      term = term.toLowerCase();
      let id = this.numbers.get(term);
      if (id === undefined) {
        id = this.terms.push(term) - 1;
        this.numbers.set(term, id);
      }
      counts.set(id, (counts.get(id) ?? 0) + words.frequency[form]);
    }
  }
}

/** A term and its weight in a cluster. */
export interface WeightedTerm {
  term: string;
  weight: number;
}

/**
 * The terms of each cluster by class-based TF-IDF, as BERTopic defines it (Grootendorst 2022): share of the cluster's words ×
 * log(1 + A / f), A the mean number of words a cluster, f the term's number in all. Greatest first, equal ones by code point.
 * @param most terms a cluster
 */
export function classTfIdf({ terms, clusters }: TermCounts, most = 20): WeightedTerm[][] {
  const frequency = new Float64Array(terms.length);
  const totals = clusters.map((counts) => {
    let sum = 0;
    for (const [id, times] of counts) {
      frequency[id] += times;
      sum += times;
    }
    return sum;
  });
  const mean = totals.reduce((a, b) => a + b, 0) / clusters.length;
  return clusters.map((counts, c) => {
    const all = Array.from(counts, ([id, times]) => ({
      term: terms[id],
      weight: (times / totals[c]) * Math.log(1 + mean / frequency[id]),
    }));
    all.sort((a, b) => b.weight - a.weight || (a.term < b.term ? -1 : 1));
    return all.slice(0, most);
  });
}

/** Whether two terms say the same: one holds the other (诗 is in 诗歌), or both are forms of a word (poem, poems). */
function alike(a: string, b: string): boolean {
  if (a.includes(b) || b.includes(a)) return true;
  let shared = 0;
  while (shared < a.length && a[shared] === b[shared]) shared++;
  return shared >= 4 && shared >= Math.min(a.length, b.length) - 2;
}

/**
 * A name for each cluster: its `size` (three) most telling terms that do not say the same, most telling first; fewer, or none, where a
 * cluster has no more.
 */
export function clusterNames(counts: TermCounts, size = 3): string[][] {
  return classTfIdf(counts, size * 8).map((terms) => {
    const name: string[] = [];
    for (const { term } of terms) {
      if (name.length === size) break;
      if (!name.some((other) => alike(other, term))) name.push(term);
    }
    return name;
  });
}
