import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { type Recipe, type RunOptions, type SplitStep } from '$lib/recipe';
import { judge } from '$lib/recipe/run';
import { emptyMapping } from '$lib/record/mapping';
import { options, sourceOf } from './helpers';

let opts: RunOptions;
beforeAll(async () => {
  opts = await options();
});

const mapping = { ...emptyMapping('alpaca', 1), prompt: ['q'], response: 'a', label: ['c'] };
const splitOf = async (rows: Record<string, unknown>[], more: Partial<SplitStep> = {}) => {
  const split = { train: 0.5, validation: 0.2, test: 0.3, group: 'near', ...more };
  const recipe: Recipe = { siftbook: 1, seed: 3, steps: [{ split }] };
  return [...(await judge(recipe, sourceOf(rows, mapping, 5), opts)).decision.split];
};

/** Pairs of words of a text in lower case with single spaces, and the share two texts have of theirs in common. */
const pairs = (text: string) =>
  new Set(
    text
      .split(' ')
      .slice(1)
      .map((word, i, rest) => `${i ? rest[i - 1] : text.split(' ')[0]} ${word}`),
  );
function jaccard(a: string, b: string): number {
  const both = [...pairs(a)].filter((one) => pairs(b).has(one)).length;
  return both / (pairs(a).size + pairs(b).size - both);
}

// Ten pairs of words, of which one or two differ: 8 / 10 and 9 / 11 are near, further ones are joined by way of others.
const text = fc
  .tuple(
    fc.constantFrom('red', 'green', 'blue'),
    fc.constantFrom('moss', 'sand', 'snow'),
    fc.constantFrom('u', 'v', 'w'),
  )
  .map(([a, b, c]) => `${a} one two three four five six ${b} seven eight nine ${c}`);
const record = fc.record({ q: text, a: fc.string({ maxLength: 4 }), c: fc.constantFrom('x', 'y') });

describe('a split that keeps near-duplicates together', () => {
  it('lets no two near prompts straddle, with classes and without', async () => {
    const records = fc.array(record, { minLength: 2, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(records, fc.constantFrom(undefined, 'label'), async (rows, stratify) => {
        const split = await splitOf(rows, { stratify });
        for (const [i, one] of rows.entries())
          for (const [j, other] of rows.entries())
            if (jaccard(one.q, other.q) >= 0.8) expect([i, j, split[j]]).toEqual([i, j, split[i]]);
      }),
      { numRuns: 40 },
    );
  });

  it('draws a group by its records alone: others added elsewhere change nothing', async () => {
    const topic = (i: number) => String.fromCharCode(97 + (i % 26), 97 + Math.floor(i / 26));
    const near = (i: number, end: string) => ({
      q: `${'one two three four five six seven eight nine ten'
        .split(' ')
        .map((word) => word + topic(i))
        .join(' ')} ${end}`,
      a: `answer ${i}`,
      c: 'x',
    });
    const rows = Array.from({ length: 60 }, (_, i) => near(i >> 1, i % 2 ? 'a' : 'b'));
    const split = await splitOf(rows);
    expect(new Set(split)).toEqual(new Set([0, 1, 2]));
    for (let i = 0; i < 60; i += 2) expect(split[i + 1]).toBe(split[i]);
    const more = [near(90, 'a'), ...rows, near(91, 'a')];
    expect((await splitOf(more)).slice(1, -1)).toEqual(split);
    expect((await splitOf(rows.toReversed())).toReversed()).toEqual(split);
  });

  it('keeps equal records together that have no prompt', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => ({ q: '', a: `answer ${i >> 1}`, c: 'x' }));
    const split = await splitOf(rows);
    expect(new Set(split).size).toBeGreaterThan(1);
    for (let i = 0; i < 40; i += 2) expect(split[i + 1]).toBe(split[i]);
  });
});
