import { textOf, type Message } from './talk';

const LIMIT = 0.6;
const TRIES = 40;

/** Character 3-grams of a text. */
export function trigrams(text: string): Set<string> {
  const grams = new Set<string>();
  for (let i = 0; i + 3 <= text.length; i++) grams.add(text.slice(i, i + 3));
  return grams;
}

/** |A ∩ B| / |A ∪ B|. */
export function jaccard(a: Set<string>, b: Set<string>): number {
  let both = 0;
  for (const gram of a) if (b.has(gram)) both++;
  return both / (a.size + b.size - both);
}

/**
 * Guards variety: a talk is taken only if its question's character 3-grams have a Jaccard similarity below 0.6 with
 * those of every talk taken before, so that all near-duplicates of the set are planted ones. Candidates come from an
 * index by gram; the rarest grams decide.
 */
export function varied(): (make: () => Message[]) => Message[] {
  const taken: Set<string>[] = [];
  const index = new Map<string, number[]>();

  const tooClose = (grams: Set<string>): boolean => {
    const shared = new Map<number, number>();
    for (const gram of grams)
      for (const other of index.get(gram) ?? []) shared.set(other, (shared.get(other) ?? 0) + 1);
    for (const [other, both] of shared) if (both / (grams.size + taken[other].size - both) >= LIMIT) return true;
    return false;
  };

  return (make) => {
    for (let i = 0; i < TRIES; i++) {
      const messages = make();
      const grams = trigrams(textOf(messages, 'user'));
      if (tooClose(grams)) continue;
      for (const gram of grams) {
        const list = index.get(gram);
        if (list) list.push(taken.length);
        else index.set(gram, [taken.length]);
      }
      taken.push(grams);
      return messages;
    }
    throw new Error('the phrases are too few for this many different records');
  };
}
