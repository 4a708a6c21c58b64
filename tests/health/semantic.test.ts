import { expect, it } from 'vitest';
import { neighbours } from '$lib/clusters/neighbours';
import { semanticPairs } from '$lib/clusters/pairs';
import { finish } from '$lib/clusters/steps';
import { suitedThreshold } from '$lib/clusters/suited';
import { rankOrder } from '$lib/duplicates/near';
import { nearPairs } from '$lib/duplicates/near-pairs';
import { semanticDuplicates } from '$lib/health/semantic';
import { SHINGLES, shingleSets } from '$lib/text/shingles';

/** Records on a circle, in degrees: two at 5° apart, an exact and a near pair at 3°, others 32° apart. */
const records = [
  { angle: 0, text: 'how do I reset my password', content: 1n },
  { angle: 5, text: 'forgot the login code, what now', content: 2n },
  { angle: 37, text: 'where is my parcel', content: 3n },
  { angle: 69, text: 'cancel the order please', content: 4n },
  { angle: 101, text: 'change my address', content: 5n },
  { angle: 133, text: 'speak to a human', content: 6n },
  { angle: 165, text: 'which card do I need for the train', content: 7n },
  { angle: 165, text: 'which card do I need for the train', content: 7n },
  { angle: 197, text: 'my card was stolen in the city this morning what should I do', content: 8n },
  { angle: 200, text: 'my card was stolen in the city this morning what should I do now', content: 9n },
  { angle: 232, text: 'opening hours on sunday', content: 10n },
  { angle: 264, text: 'book a table for two', content: 11n },
  { angle: 296, text: 'is there a student discount', content: 12n },
];
const rows = records.length;
const vectors = {
  rows,
  dim: 2,
  values: Float32Array.from(
    records.flatMap(({ angle }) => [Math.cos((angle * Math.PI) / 180), Math.sin((angle * Math.PI) / 180)]),
  ),
};
const set = { rows, content: BigUint64Array.from(records, ({ content }) => content) };
const rank = rankOrder([], rows);
const near = {
  pairs: nearPairs(
    shingleSets(
      records.map(({ text }) => text),
      SHINGLES,
    ),
    { floor: 0.5 },
  ),
  rank,
  on: ['prompt'],
  at: 0.8,
};
const compared = {
  pairs: finish(semanticPairs(vectors, { floor: 0.8 })),
  neighbours: finish(neighbours(vectors, 3)),
  rank,
  floor: 0.8,
  on: ['prompt'],
  model: 'tfidf',
};

it('the threshold follows from how far apart records are as a rule', () => {
  // The median distance to the nearest is that of 32°, 0.15195; 1 − 0.13 × 0.15195 = 0.98025, the next five thousandth 0.985.
  expect(suitedThreshold(compared.neighbours, 0.8)).toBe(0.985);
  expect(suitedThreshold(compared.neighbours, 0.99)).toBe(0.99);
  expect(suitedThreshold({ k: 2, similarity: Float32Array.of(NaN, NaN, NaN, NaN) }, 0.8)).toBeNull();
});

it('only what meaning alone tells is found, with the step that cures it', () => {
  // At 3° and 0° lie the near and the exact duplicate: others find those.
  const [finding] = semanticDuplicates(set, compared, near);
  expect(finding).toMatchObject({
    id: 'semantic-duplicates',
    severity: 1,
    count: 1,
    examples: [1],
    cut: { semantic: { on: 'prompt', at: 0.985 } },
    detail: { at: 0.985, model: 'tfidf' },
  });
  expect(finding.cut).not.toHaveProperty('semantic.model');
  const all = new Uint8Array(rows).fill(1);
  expect(finding.remainingOf(all)).toBe(1);
  // Without its better twin it stands alone.
  expect(finding.remainingOf(all.with(0, 0))).toBe(0);
  expect(finding.remainingOf(all.with(1, 0))).toBe(0);
});

it('near-duplicates count too where they are not known, and a model is named in the cure', () => {
  const [finding] = semanticDuplicates(set, { ...compared, on: ['prompt', 'system'], model: 'a/b' }, null);
  expect(finding.examples).toEqual([1, 9]);
  expect(finding.cut).toEqual({ semantic: { on: ['prompt', 'system'], model: 'a/b', at: 0.985 } });
});

it('what a fifth of the records have is not cut, and where nothing is alike nothing is found', () => {
  const few = { rows: 4, dim: 2, values: vectors.values.slice(0, 8) };
  const of = { ...compared, pairs: finish(semanticPairs(few, { floor: 0.8 })), rank: rankOrder([], 4) };
  const [finding] = semanticDuplicates({ rows: 4, content: set.content.slice(0, 4) }, of, null);
  expect([finding.count, finding.cut]).toEqual([1, null]);
  const lone = { rows: 3, dim: 2, values: vectors.values.slice(2, 8) };
  const nothing = { ...compared, pairs: finish(semanticPairs(lone, { floor: 0.8 })), rank: rankOrder([], 3) };
  expect(semanticDuplicates({ rows: 3, content: set.content.slice(1, 4) }, nothing, null)).toEqual([]);
});
