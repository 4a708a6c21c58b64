import { STOP } from '../text/lists';
import { stopWordsEn } from '../text/lists/stop-words';
import { Text } from '../text/text';
import { HAN, LETTER } from '../text/unicode';

/** In how many of each cluster's texts each term stands. */
export interface TermCounts {
  terms: string[];
  /** For each cluster: term number → texts. */
  clusters: ReadonlyMap<number, number>[];
  /** For each cluster: two words that stand side by side (`pairKey`) → texts. */
  pairs: ReadonlyMap<number, number>[];
  /** For each cluster: a number in digits → texts. Numbers are no terms; they tell clusters apart where words do not. */
  numbers: ReadonlyMap<string, number>[];
  /** Texts read of each cluster. */
  read: Uint32Array;
  /** For each term: the share of its places in which English has a verb rather than a noun; 0 for Chinese. */
  verbs: Float64Array;
}

/** Words of a text after which no pairs are counted. */
const PAIRED = 100;
const SHIFT = 2 ** 26;
const PERIOD = new Set(Array.from('.!?:;\n•。！？：；', (sign) => sign.codePointAt(0)!));
const JOINTS = new Set([32, 45]);
/** A verb follows them: English has an infinitive after "to", a bare form after modals, pronouns and "please". */
const BEFORE_VERB = new Set(
  'to can could will would should shall must may might do does did not please i you we they who let and then'.split(
    ' ',
  ),
);

/** Plurals of stop words: pieces of compounds (the "ups" of top-ups). */
const piecePlurals = new Set(Array.from(stopWordsEn, (word) => `${word}s`));
const NUMERAL = /^[一二三四五六七八九十]$/;
/** The share of a Han word's texts in which the same numeral follows for the two to be one word (双十一). */
const ONE_WORD = 0.8;

/** A pair of terms as one number. */
export const pairKey = (first: number, second: number): number => first * SHIFT + second;

/** The two terms of a pair. */
export const pairOf = (key: number): [first: number, second: number] => [Math.floor(key / SHIFT), key % SHIFT];

/**
 * Counts words by cluster as texts come by, batch after batch: jieba's words for Han (load the segmenter first), runs of letters and
 * digits elsewhere, lower-cased. Left out: stop words of both languages and their plurals, words without a letter or that begin with a
 * digit, and single characters. The first `most` texts of each cluster are read, so that memory does not grow with the data.
 */
export class TermCounter {
  readonly #terms: string[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #clusters: Map<number, number>[];
  readonly #pairs: Map<number, number>[];
  readonly #digits: Map<string, number>[];
  /** For each Han term: the numeral that follows → places; and the places of all Han terms. */
  readonly #followed = new Map<number, Map<string, number>>();
  readonly #hanPlaces: number[] = [];
  readonly #places: number[] = [];
  readonly #verbs: number[] = [];
  readonly #read: Uint32Array;
  readonly #most: number;
  readonly #text = new Text();
  /** Of the text at hand: the term of each form of word, −1 where it is none. */
  #ids = new Int32Array(256);

  constructor(clusters: number, most = 2000) {
    this.#clusters = Array.from({ length: clusters }, () => new Map<number, number>());
    this.#pairs = Array.from({ length: clusters }, () => new Map<number, number>());
    this.#digits = Array.from({ length: clusters }, () => new Map<string, number>());
    this.#read = new Uint32Array(clusters);
    this.#most = most;
  }

  /** Adds one record's text to its cluster; −1 (no cluster) is passed over. */
  add(value: string, cluster: number): void {
    if (cluster < 0 || this.#read[cluster] >= this.#most || !value) return;
    this.#read[cluster]++;
    const { words } = this.#text.reset(value);
    if (this.#ids.length < words.distinct) this.#ids = new Int32Array(words.distinct * 2);
    const counts = this.#clusters[cluster];
    for (let form = 0; form < words.distinct; form++) {
      const id = this.#idOf(form);
      this.#ids[form] = id;
      if (id >= 0) counts.set(id, (counts.get(id) ?? 0) + 1);
      const word = this.#wordOf(words.first[form]);
      if (id < 0 && /^\d{1,8}$/.test(word)) {
        const digits = this.#digits[cluster];
        digits.set(word, (digits.get(word) ?? 0) + 1);
      }
    }
    this.#neighbours(this.#pairs[cluster]);
  }

  /** What was counted so far; plurals in -s count as their singular, under whichever form is commoner. */
  counts(): TermCounts {
    const same = this.#singulars();
    const fold = (list: Map<number, number>, key: (old: number) => number) => {
      const sums = new Map<number, number>();
      for (const [old, texts] of list) sums.set(key(old), (sums.get(key(old)) ?? 0) + texts);
      return sums;
    };
    const places = new Float64Array(same.length);
    const verbs = new Float64Array(same.length);
    same.forEach((id, old) => {
      places[id] += this.#places[old];
      verbs[id] += this.#verbs[old];
    });
    return {
      read: this.#read.slice(),
      terms: this.#terms.map((term, id) => term + this.#numeralOf(id)),
      numbers: this.#digits.map((list) => new Map(list)),
      clusters: this.#clusters.map((list) => fold(list, (old) => same[old])),
      pairs: this.#pairs.map((list) =>
        fold(list, (old) => {
          const [first, second] = pairOf(old);
          return pairKey(same[first], same[second]);
        }),
      ),
      verbs: verbs.map((times, id) => (places[id] ? times / places[id] : 0)),
    };
  }

  /** The term of a form of word, −1 where it is left out. */
  #idOf(form: number): number {
    const { words, codes } = this.#text;
    if (words.lists[form] & STOP || !(words.bits[form] & (LETTER | HAN))) return -1;
    const start = words.starts[words.first[form]];
    const end = words.ends[words.first[form]];
    if (end - start < 2 || (codes[start] >= 48 && codes[start] <= 57)) return -1;
    const term = this.#wordOf(words.first[form]);
    if (piecePlurals.has(term)) return -1;
    let id = this.#numbers.get(term);
    if (id === undefined) {
      id = this.#terms.push(term) - 1;
      this.#numbers.set(term, id);
      this.#places.push(0);
      this.#verbs.push(0);
      this.#hanPlaces.push(0);
    }
    return id;
  }

  /** Word `w` of the text at hand, lower-cased. */
  #wordOf(w: number): string {
    const { words, codes } = this.#text;
    return String.fromCodePoint(...codes.subarray(words.starts[w], words.ends[w])).toLowerCase();
  }

  /** The numeral that belongs to a Han term though the dictionary parts the two; '' for none. */
  #numeralOf(id: number): string {
    for (const [numeral, places] of this.#followed.get(id) ?? [])
      if (places >= ONE_WORD * this.#hanPlaces[id]) return numeral;
    return '';
  }

  /** Notes the numeral behind word `w`, which is the Han term `id`. */
  #follow(w: number, id: number): void {
    const { words } = this.#text;
    this.#hanPlaces[id]++;
    if (w + 1 >= words.count || words.starts[w + 1] !== words.ends[w]) return;
    const next = this.#wordOf(w + 1);
    if (!NUMERAL.test(next)) return;
    const known = this.#followed.get(id) ?? new Map<string, number>();
    this.#followed.set(id, known.set(next, (known.get(next) ?? 0) + 1));
  }

  /** Pairs of words side by side, each once a text, and where a verb is to be looked for. */
  #neighbours(pairs: Map<number, number>): void {
    const { words, codes } = this.#text;
    const seen = new Set<number>();
    for (let w = 0; w < words.count; w++) {
      const id = this.#ids[words.ids[w]];
      if (id < 0) continue;
      const before = w === 0 ? 0 : words.ends[w - 1];
      const start = words.starts[w];
      if (!(words.bits[words.ids[w]] & HAN)) {
        this.#places[id]++;
        if (this.#opens(before, start, w)) this.#verbs[id]++;
      } else this.#follow(w, id);
      if (w === 0 || w >= PAIRED) continue;
      const last = this.#ids[words.ids[w - 1]];
      if (last < 0 || last === id || !(start === before || (start === before + 1 && JOINTS.has(codes[before]))))
        continue;
      const key = pairKey(last, id);
      if (!seen.has(key)) pairs.set(key, (pairs.get(key) ?? 0) + 1);
      seen.add(key);
    }
  }

  /** Whether a word opens a sentence or follows a word that a verb follows. */
  #opens(before: number, start: number, w: number): boolean {
    const { words, codes } = this.#text;
    if (w === 0) return true;
    for (let i = before; i < start; i++) if (PERIOD.has(codes[i])) return true;
    const length = before - words.starts[w - 1];
    if (length > 6) return false;
    return BEFORE_VERB.has(String.fromCodePoint(...codes.subarray(words.starts[w - 1], before)).toLowerCase());
  }

  /** For each term, the one it counts as. */
  #singulars(): Uint32Array {
    const texts = new Float64Array(this.#terms.length);
    for (const counts of this.#clusters) for (const [id, times] of counts) texts[id] += times;
    const same = Uint32Array.from(this.#terms.keys());
    this.#terms.forEach((term, id) => {
      if (!/^[a-z]{3,}[^isu]s$/.test(term)) return;
      const stems = term.endsWith('ies') ? [`${term.slice(0, -3)}y`] : [term.slice(0, -1), term.slice(0, -2)];
      const stem = stems.map((one) => this.#numbers.get(one)).find((one) => one !== undefined);
      if (stem === undefined) return;
      if (texts[stem] >= texts[id]) same[id] = stem;
      else same[stem] = id;
    });
    // A plural of a plural ("glasse", "glasses") ends at the last of its chain.
    return same.map((id) => {
      let to = id;
      for (let hops = 0; same[to] !== to && hops < 4; hops++) to = same[to];
      return to;
    });
  }
}
