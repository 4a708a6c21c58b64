import { describe, expect, it } from 'vitest';
import { bestBetter, rankOrder } from '$lib/duplicates/near';
import { nearPairs } from '$lib/duplicates/near-pairs';
import { jaccard, SHINGLES, shingleSets, type ShingleSets } from '$lib/text/shingles';

/** Thousands of texts of one template: more than are compared each with each. */
const AT = [0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95];

/** The definition: each record's greatest similarity to any alive record ranked before it; 0 where there is none. */
function definition(sets: ShingleSets, rank: Uint32Array, alive: (place: number) => boolean): Float32Array {
  const best = new Float32Array(rank.length);
  const order = Uint32Array.from(rank.keys())
    .filter(alive)
    .sort((a, b) => rank[a] - rank[b]);
  for (let i = 1; i < order.length; i++)
    for (let k = 0; k < i; k++) {
      const similarity = jaccard(sets, order[i], order[k]);
      if (similarity > best[order[i]]) best[order[i]] = similarity;
    }
  return best;
}

/** Three ways of saying who stays: the first, the longest, the best by a column that has nothing to do with either. */
function ranks(texts: readonly string[]): Record<string, Uint32Array> {
  const score = Float32Array.from(texts, (_, i) => (i * 7919) % 4001);
  const length = Float32Array.from(texts, (text) => text.length);
  const rows = texts.length;
  return { place: rankOrder([], rows), length: rankOrder([length], rows), prefer: rankOrder([score], rows) };
}

describe('5,000 texts of one template that differ in a number', () => {
  const rows = 5000;
  const texts = Array.from(
    { length: rows },
    (_, i) =>
      `please write a short and friendly message to customer number ${i} about the delay of the parcel and say sorry`,
  );
  const sets = shingleSets(texts, SHINGLES);
  // 19 pairs of words, of which two hold the number: any two texts share 17 of 21.
  const similarity = Math.fround(17 / 21);

  it.each(Object.entries(ranks(texts)))('leave the best by %s alone, and so do those that a cut leaves', (_, rank) => {
    expect(jaccard(sets, 17, 4321)).toBe(17 / 21);
    const pairs = nearPairs(sets, { floor: 0.5, rank });
    expect(pairs.thinned).toBeGreaterThan(0);
    expect(pairs.edges.a.length).toBeLessThan(rows * 600);
    for (const cut of [0, Math.floor(rows / 3), rows - 10]) {
      const alive = Uint8Array.from(rank, (place) => Number(place >= cut));
      const found = bestBetter(pairs, rank, alive).similarity;
      const best = rank.indexOf(cut);
      expect(found[best]).toBe(0);
      for (let place = 0; place < rows; place++)
        if (alive[place] && place !== best && found[place] !== similarity) expect([place, found[place]]).toBeNull();
    }
  });
});

describe('3,000 texts of a template with three places', () => {
  const rows = 3000;
  const kinds = ['short', 'long', 'kind', 'formal', 'funny', 'sad', 'brief'];
  const texts = Array.from(
    { length: rows },
    (_, i) =>
      `write a ${kinds[i % 7]} message to customer number ${i % 71} about the delay of parcel ${Math.floor(i / 71)} and say sorry for it`,
  );
  const sets = shingleSets(texts, SHINGLES);
  const gone = (similarity: Float32Array, at: number) =>
    [...similarity.keys()].filter((place) => similarity[place] >= Math.fround(at));

  it.each(Object.entries(ranks(texts)))('go as the definition says, by %s', (_, rank) => {
    const pairs = nearPairs(sets, { floor: 0.5, rank });
    expect(pairs.thinned).toBeGreaterThan(0);
    const all = definition(sets, rank, () => true);
    const found = bestBetter(pairs, rank, null).similarity;
    for (const at of AT) expect(gone(found, at)).toEqual(gone(all, at));
    // A cut that takes the best third away takes the twins that everything was compared with.
    const alive = Uint8Array.from(rank, (place) => Number(place >= rows / 3));
    const left = definition(sets, rank, (place) => alive[place] === 1);
    const kept = bestBetter(pairs, rank, alive).similarity;
    for (const at of AT) {
      const expected = new Set(gone(left, at));
      const now = gone(kept, at);
      expect(now.filter((place) => !expected.has(place))).toEqual([]);
      expect(expected.size - now.length).toBeLessThanOrEqual(3);
    }
  });
});
