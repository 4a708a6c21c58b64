import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bestMatch, eachAcross, nearAgainst } from '$lib/duplicates/against';
import { jaccard, joinShingles, SHINGLES, shingleSets } from '$lib/text/shingles';

const ones = { ...SHINGLES, words: 1, chars: 1 };
const word = fc.constantFrom('cat', 'dog', 'sat', 'mat', '猫', '狗');
const texts = fc.array(
  fc.array(word, { maxLength: 8, size: 'max' }).map((words) => words.join(' ')),
  {
    maxLength: 30,
    size: 'max',
  },
);

describe('against another dataset', () => {
  it('the best match is the greatest similarity to any record there, the first of equals', () => {
    let all = 0;
    let missed = 0;
    fc.assert(
      fc.property(texts, texts, (own, other) => {
        const [a, b] = [shingleSets(own, ones), shingleSets(other, ones)];
        const joined = joinShingles([a, b]);
        const pairs = nearAgainst(a, b, { floor: 0.6 });
        const { similarity, match } = bestMatch(pairs);
        const across = [...eachAcross(pairs, 0.6)];
        expect(across.map((pair) => `${pair.a} ${pair.b}`)).toEqual([
          ...new Set(across.map((pair) => `${pair.a} ${pair.b}`)),
        ]);
        let brute = 0;
        for (let i = 0; i < own.length; i++) {
          const found = across.filter((pair) => pair.a === i);
          for (const pair of found) expect(pair.similarity).toBe(Math.fround(jaccard(joined, i, own.length + pair.b)));
          for (let k = 0; k < other.length; k++) if (jaccard(joined, i, own.length + k) >= 0.6) brute++;
          const best = Math.max(0, ...found.map((pair) => pair.similarity));
          if (a.offsets[i] === a.offsets[i + 1]) expect([similarity[i], match[i]]).toEqual([NaN, -1]);
          else
            expect([similarity[i], match[i]]).toEqual([
              best,
              best === 0 ? -1 : found.find((pair) => pair.similarity === best)!.b,
            ]);
        }
        all += brute;
        missed += brute - across.length;
      }),
      { numRuns: 200, seed: 7 },
    );
    expect(all).toBeGreaterThan(1000);
    expect(missed / all).toBeLessThan(0.01);
  });
});
