import { partOfSpeech, type PartOfSpeech } from '../text/part-of-speech';
import { pairOf, type TermCounts } from './terms';
import { isWeak } from './weak-words';

/** A term and its weight in a cluster. */
export interface WeightedTerm {
  /** Its number. */
  id: number;
  term: string;
  weight: number;
}

const byWeight = (a: WeightedTerm, b: WeightedTerm) => b.weight - a.weight || (a.term < b.term ? -1 : 1);

/**
 * The terms of each cluster by class-based TF-IDF, as BERTopic defines it (Grootendorst 2022): share of the cluster's words ×
 * log(1 + A / f), A the mean number of words a cluster, f the term's number in all. Greatest first, equal ones by code point.
 * @param most terms a cluster
 * @param worth of each term, by which its weight is multiplied; terms of no worth are left out
 */
export function classTfIdf(
  { terms, clusters }: Pick<TermCounts, 'terms' | 'clusters'>,
  most = 20,
  worth: ArrayLike<number> | null = null,
): WeightedTerm[][] {
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
    const all: WeightedTerm[] = [];
    for (const [id, times] of counts) {
      const factor = worth ? worth[id] : 1;
      if (factor > 0)
        all.push({ id, term: terms[id], weight: factor * (times / totals[c]) * Math.log(1 + mean / frequency[id]) });
    }
    all.sort(byWeight);
    return all.slice(0, most);
  });
}

/** What a name gains by a Chinese word of each part of speech: nouns say what texts are about. */
const PARTS: Partial<Record<PartOfSpeech, number>> = { n: 1, w: 0.7, v: 0.5, a: 0.4 };
/** What an English word loses where it is always a verb. */
const VERB = 0.6;
/** How much commoner than in the mean cluster a word must be to tell this one from the others. */
const TELLING = 1.5;
/** The share of a cluster's texts in which a word must stand to name it. */
const SUPPORT = 0.02;
/** The share of a cluster's texts in which a number must stand to name it. */
const OFTEN = 0.2;
/** The share of a word's texts in which its phrase must stand to take its place. */
const PHRASE = 0.5;
/** Above it an English word is taken for a verb. */
const IS_VERB = 0.5;
const COMPLEMENT = /[到够完掉给成着了过]$/;
const HAN_WORD = /^\p{Script=Han}+$/u;

/** jieba's tag; a word it does not list is no noun where it says no or ends as a verb with its complement does (凑够). */
function partOf(term: string): PartOfSpeech {
  const part = partOfSpeech(term);
  return part !== 'n' ? part : /^[不没]/.test(term) ? 'a' : COMPLEMENT.test(term) ? 'v' : part;
}

function worthOf({ terms, verbs }: TermCounts): Float64Array {
  return Float64Array.from(terms, (term, id) => {
    if (isWeak(term)) return 0;
    return HAN_WORD.test(term) ? (PARTS[partOf(term)] ?? 0) : 1 - VERB * verbs[id];
  });
}

/** Of each term: the sum over the clusters of its share of their words; and the words of each cluster. */
function shareSums({ terms, clusters }: TermCounts): { sums: Float64Array; totals: number[] } {
  const sums = new Float64Array(terms.length);
  const totals = clusters.map((counts) => {
    let total = 0;
    for (const times of counts.values()) total += times;
    for (const [id, times] of counts) sums[id] += times / total;
    return total;
  });
  return { sums, totals };
}

/** Whether two terms say the same: one holds the other (诗 is in 诗歌), or both are forms of a word (poem, poems). */
function alike(a: string, b: string): boolean {
  if (a.includes(b) || b.includes(a)) return true;
  let shared = 0;
  while (shared < a.length && a[shared] === b[shared]) shared++;
  return shared >= 4 && shared >= Math.min(a.length, b.length) - 2;
}

/** Whether two words side by side make one noun: in Chinese a noun or adjective and a noun, in English no verb. */
function isPhrase({ terms, verbs }: TermCounts, first: number, second: number): boolean {
  const [a, b] = [terms[first], terms[second]];
  const han = HAN_WORD.test(a);
  if (han !== HAN_WORD.test(b)) return false;
  if (!han) return verbs[first] <= IS_VERB && verbs[second] <= IS_VERB;
  return 'nwa'.includes(partOf(a)) && ('nw'.includes(partOf(b)) || b === '学习');
}

/** For words of a cluster that mostly stand beside another: the phrase that they make with it. */
function phrasesOf(counts: TermCounts, cluster: number, worth: Float64Array): Map<number, string> {
  const { terms, clusters, pairs } = counts;
  const best = new Map<number, { texts: number; phrase: string }>();
  for (const [key, texts] of pairs[cluster]) {
    const [first, second] = pairOf(key);
    if (texts < 2 || !worth[first] || !worth[second] || !isPhrase(counts, first, second)) continue;
    const phrase = `${terms[first]}${HAN_WORD.test(terms[first]) ? '' : ' '}${terms[second]}`;
    for (const id of [first, second]) {
      if (texts < PHRASE * clusters[cluster].get(id)!) continue;
      const known = best.get(id);
      if (!known || texts > known.texts || (texts === known.texts && phrase < known.phrase))
        best.set(id, { texts, phrase });
    }
  }
  return new Map(Array.from(best, ([id, { phrase }]) => [id, phrase]));
}

/**
 * A name for each cluster: its `size` (three) most telling terms that do not say the same, most telling first; fewer, or none, where a
 * cluster has no more. The weight is class-based TF-IDF's, times what the word is worth in a name (nouns before verbs and adjectives: by
 * jieba's tags, in English by how often the word stands where a verb does), times the fourth root of its concentration: this cluster's
 * part of its shares in all. Left out, unless there is nothing else: words that name no topic (`isWeak`), words hardly commoner than
 * in the mean cluster, and words in few of its texts. Two words that mostly stand together are one term. Where no word
 * tells a cluster from the others, numbers in digits may; no two clusters have the same name.
 */
export function clusterNames(counts: TermCounts, size = 3): string[][] {
  const { clusters, read } = counts;
  const worth = worthOf(counts);
  const { sums, totals } = shareSums(counts);
  const plain = classTfIdf(counts, size * 8);
  const spare: string[][] = [];
  const names = classTfIdf(counts, counts.terms.length, worth).map((found, c) => {
    const phrases = phrasesOf(counts, c, worth);
    const said: string[] = [];
    const add = (term: string) => {
      if (said.length < size * 4 && !said.some((other) => alike(other, term))) said.push(term);
    };
    const take = ({ id, term }: WeightedTerm) => add(phrases.get(id) ?? term);
    const telling: WeightedTerm[] = [];
    for (const { id, term, weight } of found) {
      const texts = clusters[c].get(id)!;
      const concentration = texts / totals[c] / sums[id];
      if (texts >= SUPPORT * read[c] && (clusters.length < 2 || concentration * clusters.length >= TELLING))
        telling.push({ id, term, weight: weight * Math.sqrt(Math.sqrt(concentration)) });
    }
    telling.sort(byWeight).forEach(take);
    let length = Math.min(size, said.length);
    if (length === 0) {
      said.push(...tellingNumbers(counts, c, size - 1));
      found.forEach(take);
      if (said.length === 0) plain[c].forEach(take);
      length = Math.min(size, said.length);
    }
    found.forEach(take);
    spare[c] = said.slice(length);
    return said.slice(0, length);
  });
  return toldApart(names, spare);
}

/** The numbers that stand in many of a cluster's texts and in few of the others', most telling first. */
function tellingNumbers({ numbers, read }: TermCounts, cluster: number, most: number): string[] {
  const share = (digits: string, c: number) => (read[c] ? (numbers[c].get(digits) ?? 0) / read[c] : 0);
  return Array.from(numbers[cluster].keys(), (digits) => {
    const own = share(digits, cluster);
    const concentration = own / numbers.reduce((sum, _, c) => sum + share(digits, c), 0);
    return { digits, own, concentration, weight: own * concentration };
  })
    .filter(({ own, concentration }) => own >= OFTEN && concentration * numbers.length >= TELLING)
    .sort((a, b) => b.weight - a.weight || (a.digits < b.digits ? -1 : 1))
    .slice(0, most)
    .map(({ digits }) => digits);
}

/** Names of the same words get a further word each, that the others have not, or the cluster's number. */
function toldApart(names: string[][], spare: readonly string[][]): string[][] {
  const alike = new Map<string, number[]>();
  names.forEach((name, c) => {
    const key = [...name].sort().join('\n');
    if (name.length > 0) alike.set(key, [...(alike.get(key) ?? []), c]);
  });
  const out = [...names];
  for (const group of alike.values()) {
    if (group.length < 2) continue;
    for (const c of group) {
      const own = spare[c].find((term) => group.every((other) => other === c || !spare[other].includes(term)));
      out[c] = [...names[c], own ?? `#${c + 1}`];
    }
  }
  return out;
}

/** The counts of clusters taken together: `groups` says which one of `count` each goes to. */
export function countsOfGroups(counts: TermCounts, groups: ArrayLike<number>, count: number): TermCounts {
  const together = <K>(lists: readonly ReadonlyMap<K, number>[]) => {
    const sums = Array.from({ length: count }, () => new Map<K, number>());
    lists.forEach((list, cluster) => {
      const sum = sums[groups[cluster]];
      for (const [key, texts] of list) sum.set(key, (sum.get(key) ?? 0) + texts);
    });
    return sums;
  };
  const read = new Uint32Array(count);
  counts.clusters.forEach((_, cluster) => (read[groups[cluster]] += counts.read[cluster]));
  return {
    ...counts,
    clusters: together(counts.clusters),
    pairs: together(counts.pairs),
    numbers: together(counts.numbers),
    read,
  };
}
