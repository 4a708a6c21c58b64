import { Text } from '$lib/text/text';

/** Words of texts as numbers, the same for the same word (lower case); kept from sample to sample. */
export class WordNumbers {
  private readonly known = new Map<string, number>();
  private readonly text = new Text();

  /** The words of one text (jieba's for Han, runs of letters and digits elsewhere). */
  of(value: string): Int32Array {
    const { text, known } = this;
    text.reset(value);
    const { words, codes } = text;
    const names = new Int32Array(words.distinct);
    for (let id = 0; id < words.distinct; id++) {
      const w = words.first[id];
      let word = '';
      for (let i = words.starts[w]; i < words.ends[w]; i++) word += String.fromCodePoint(codes[i]);
      word = word.toLowerCase();
      let number = known.get(word);
      if (number === undefined) known.set(word, (number = known.size));
      names[id] = number;
    }
    return Int32Array.from({ length: words.count }, (_, w) => names[words.ids[w]]);
  }
}

/** Names every n-gram of each text for n = 1–4 by a number, from the name of its first n − 1 words and its last word: exact. */
function gramNames(
  texts: readonly Int32Array[],
  longest: number,
  visit: (n: number, names: Int32Array[]) => void,
): void {
  let names = texts.map((text) => Int32Array.from(text));
  visit(1, names);
  for (let n = 2; n <= longest; n++) {
    const known = new Map<number, number>();
    names = names.map((before, t) => {
      const text = texts[t];
      const out = new Int32Array(Math.max(0, text.length - n + 1));
      for (let i = 0; i < out.length; i++) {
        const key = before[i] * 2 ** 26 + text[i + n - 1];
        let name = known.get(key);
        if (name === undefined) known.set(key, (name = known.size));
        out[i] = name;
      }
      return out;
    });
    visit(n, names);
  }
}

/**
 * Distinct-1, -2 and -3 (Li et al. 2016): different n-grams of all texts / n-grams of all texts; n-grams do not cross texts. It falls with
 * the amount of text, so compare samples of one size. NaN where no text has n words.
 * @param texts words as numbers (WordNumbers).
 */
export function distinctN(texts: readonly Int32Array[]): [number, number, number] {
  const out: [number, number, number] = [NaN, NaN, NaN];
  gramNames(texts, 3, (n, names) => {
    const seen = new Set<number>();
    let all = 0;
    for (const text of names) {
      all += text.length;
      for (const name of text) seen.add(name);
    }
    out[n - 1] = all ? seen.size / all : NaN;
  });
  return out;
}

const ORDER = 4;
const EPSILON = 0.1;

/**
 * Self-BLEU-4 (Zhu et al. 2018): mean of each text's BLEU-4 against all other texts as references; 0 all different, 1 all alike. Uniform
 * weights, brevity penalty by the reference nearest in length (the shorter on a tie), a precision of zero matches counts as 0.1 / n-grams (Chen & Cherry 2014, method 1, as
 * NLTK's SmoothingFunction().method1; a text without one shared word has 0). For each n-gram only the two texts that have it most often matter,
 * so it takes time linear in the words and not the square of the texts. Empty texts are left out; NaN below two texts.
 * @param texts words as numbers (WordNumbers).
 */
export function selfBleu(texts: readonly Int32Array[]): number {
  const own = texts.filter((text) => text.length > 0);
  if (own.length < 2) return NaN;
  const logs = new Float64Array(own.length);
  const none = new Uint8Array(own.length);
  gramNames(own, ORDER, (n, names) => {
    const most = new Map<number, { text: number; count: number; second: number }>();
    const counts = names.map((text, t) => {
      const tally = new Map<number, number>();
      for (const name of text) tally.set(name, (tally.get(name) ?? 0) + 1);
      for (const [name, count] of tally) {
        const top = most.get(name);
        if (!top) most.set(name, { text: t, count, second: 0 });
        else if (count > top.count) {
          top.second = top.count;
          top.count = count;
          top.text = t;
        } else if (count > top.second) top.second = count;
      }
      return tally;
    });
    counts.forEach((tally, t) => {
      let matches = 0;
      for (const [name, count] of tally) {
        const top = most.get(name)!;
        matches += Math.min(count, top.text === t ? top.second : top.count);
      }
      if (n === 1 && matches === 0) none[t] = 1;
      // NLTK's denominator is at least 1, for texts shorter than n too.
      const all = Math.max(1, names[t].length);
      logs[t] += Math.log((matches || EPSILON) / all) / ORDER;
    });
  });
  const lengths = Int32Array.from(own, ({ length }) => length).sort();
  let sum = 0;
  own.forEach(({ length }, t) => {
    if (none[t]) return;
    const reference = nearestOther(lengths, length);
    sum += (length > reference ? 1 : Math.exp(1 - reference / length)) * Math.exp(logs[t]);
  });
  return sum / own.length;
}

/** Of the sorted lengths, one occurrence of `length` left out, the one nearest to it; the shorter on a tie. */
function nearestOther(lengths: Int32Array, length: number): number {
  let low = 0;
  let high = lengths.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (lengths[middle] < length) low = middle + 1;
    else high = middle;
  }
  if (lengths[low + 1] === length) return length;
  const below = low > 0 ? lengths[low - 1] : -Infinity;
  const above = low + 1 < lengths.length ? lengths[low + 1] : Infinity;
  return length - below <= above - length ? below : above;
}
