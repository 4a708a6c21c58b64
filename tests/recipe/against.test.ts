import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { OverlapIndex } from '$lib/duplicates/overlap';
import { textsOf } from '$lib/duplicates/texts';
import { compile, KEPT, parseRecipe, run, stringifyRecipe, type Recipe, type RunOptions, type Step } from '$lib/recipe';
import { judge } from '$lib/recipe/run';
import type { Others } from '$lib/recipe/sets';
import { justBelow } from '$lib/recipe/steps/cut';
import { emptyMapping } from '$lib/record/mapping';
import { rowsToBatch } from '$lib/record/rows';
import { shingleSets } from '$lib/text/shingles';
import { lines, memory, options, sourceOf } from './helpers';

let opts: RunOptions;
beforeAll(async () => {
  opts = await options();
});

const mapping = { ...emptyMapping('alpaca', 1), prompt: ['q'], response: 'a' };
type Row = { q: string; a: string };
const recipeOf = (...steps: Step[]): Recipe => ({ siftbook: 1, seed: 1, against: { files: ['test.jsonl'] }, steps });

/** The other file in memory. */
function othersOf(own: Row[], rows: Row[]): Others {
  const batch = rowsToBatch(rows, 0);
  return {
    has: () => true,
    shingles: async ({ other, from }) => shingleSets(textsOf(batch, mapping, other.on), from.shingles!),
    overlap: async ({ other, from }) => {
      const index = new OverlapIndex(textsOf(batch, mapping, other.on));
      const { share, match } = index.find(textsOf(rowsToBatch(own, 0), mapping, from.on));
      return { value: share, match };
    },
  };
}

/** Pairs of words of a text written in lower case with single spaces. */
function pairsOfWords(text: string): Set<string> {
  const words = text.split(' ');
  return new Set(words.length < 2 ? [text] : words.slice(1).map((word, i) => `${words[i]} ${word}`));
}
function jaccard(a: string, b: string): number {
  const [x, y] = [pairsOfWords(a), pairsOfWords(b)];
  const both = [...x].filter((one) => y.has(one)).length;
  return both / (x.size + y.size - both);
}

const text = fc
  .array(fc.constantFrom('red', 'green', 'blue', 'old'), { minLength: 0, maxLength: 6 })
  .map((words) => words.join(' '));
const row = fc.record({ q: text, a: fc.constantFrom('one', 'two') });

describe('columns against other files', () => {
  it('hold the greatest similarity to a record of them, and a cut below t leaves out what is at t or above', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 20 }),
        fc.array(row, { minLength: 1, maxLength: 8 }),
        fc.constantFrom(0.5, 0.6, 0.75, 0.8, 1),
        async (own, other, t) => {
          const recipe = recipeOf({ cut: { column: 'against_similarity', below: t } });
          const { decision, measured, plan } = await judge(recipe, sourceOf(own, mapping, 7), {
            ...opts,
            others: othersOf(own, other),
          });
          const values = measured.column(plan.derived[0]);
          const expected = own.map(({ q }) => {
            if (q === '') return NaN;
            const best = Math.max(0, ...other.flatMap((one) => (one.q === '' ? [] : [jaccard(q, one.q)])));
            return best >= 0.5 ? Math.fround(best) : 0;
          });
          expect([...values]).toEqual(expected);
          expect([...decision.fate]).toEqual(expected.map((value) => (value >= Math.fround(t) ? 0 : KEPT)));
        },
      ),
      { numRuns: 60 },
    );
  });

  const own = [
    { q: 'what is the capital city of france and how many people live there today', a: 'Paris' },
    { q: 'tell me a riddle', a: 'A train leaves the station at nine and travels eighty kilometres an hour. How far?' },
    { q: 'what is the capital city of spain and how many people live there today', a: 'Madrid' },
    { q: '', a: '' },
  ];
  const other = [
    { q: 'What is the capital city of France, and how many people live there today?', a: '' },
    { q: 'a train leaves the station at nine and travels eighty kilometres an hour', a: '' },
  ];

  it('find a text of them inside a longer one, in whichever part', async () => {
    const recipe = recipeOf({ cut: { column: 'against_overlap', below: 0.7 } });
    const { decision, measured, plan } = await judge(recipe, sourceOf(own, mapping), {
      ...opts,
      others: othersOf(own, other),
    });
    // 14 words make two runs of 13: both stand in the first, neither in the third.
    expect([...measured.column(plan.derived[0])]).toEqual([1, 1, 0, NaN]);
    expect([...decision.fate]).toEqual([0, 0, KEPT, KEPT]);
  });

  it('are of the records as they came, whatever was rewritten before', async () => {
    const recipe = recipeOf(
      { redact: { kinds: ['email'] } },
      { normalise: { strip: ['urls'] } },
      { cut: { column: 'against_similarity', max: 0.99 } },
    );
    const plan = compile(recipe, mapping);
    expect(plan.derived[0].stage).toBe(0);
    const asked = [{ q: 'see https://example.com and tell me', a: '' }];
    const { measured } = await judge(recipe, sourceOf(asked, mapping), { ...opts, others: othersOf(asked, asked) });
    expect([...measured.column(plan.derived[0])]).toEqual([1]);
  });

  it('tell in the ledger which value failed which cut, and the manifest names the files', async () => {
    const sink = memory();
    const recipe = recipeOf({ cut: { column: 'against_similarity', below: 0.8 } });
    const source = { ...sourceOf(own, mapping), against: () => [{ name: 'test.jsonl', bytes: 3, sha256: 'cd' }] };
    await run(recipe, source, sink, { ...opts, others: othersOf(own, other) });
    const [first] = lines(sink.files.get('ledger.jsonl')!);
    expect(first).toMatchObject({ fate: 'dropped', column: 'against_similarity', value: 1, cut: { below: 0.8 } });
    const manifest = JSON.parse(sink.files.get('manifest.json')!) as { against: object[] };
    expect(manifest.against).toEqual([{ name: 'test.jsonl', bytes: 3, sha256: 'cd' }]);
  });

  it('stop a run to which the other file is not there', async () => {
    const recipe = recipeOf({ cut: { column: 'against_overlap', below: 0.7 } });
    await expect(judge(recipe, sourceOf(own, mapping), opts)).rejects.toThrow('test.jsonl');
  });
});

describe('the recipe', () => {
  const problems = (text: string) => parseRecipe(`siftbook: 1\n${text}`).problems.map(({ line, code }) => [line, code]);

  it('names other files, and is written as it was read', () => {
    const text =
      'siftbook: 1\nseed: 3\nagainst: {files: [test.jsonl, 测试.json], on: [prompt]}\nsteps:\n' +
      '  - cut: {column: against_similarity, below: 0.8}\n';
    const { recipe } = parseRecipe(text);
    expect(recipe).not.toBeNull();
    expect(stringifyRecipe(recipe!)).toBe(text);
  });

  it('says what is wrong with them', () => {
    expect(problems('steps:\n  - cut: {column: against_overlap, max: 0.5}\n')).toEqual([[3, 'no-against']]);
    expect(problems('against: {files: []}\n')).toEqual([[2, 'empty-list']]);
    expect(problems('against: {files: [a/b.jsonl]}\n')).toEqual([[2, 'name-only']]);
    expect(problems('against: {files: [a.jsonl], at: 1}\n')).toEqual([[2, 'unknown-key']]);
    expect(problems('steps:\n  - cut: {column: turns, max: 3, below: 4}\n')).toEqual([[3, 'max-and-below']]);
    expect(problems('steps:\n  - cut: {column: turns, min: 4, below: 4}\n')).toEqual([[3, 'empty-range']]);
  });
});

it('takes the float32 just below a number', () => {
  // Neighbours of 0.8 and of -1.5 as IEEE 754 single precision has them.
  expect(justBelow(0.8)).toBe(0.7999999523162842);
  expect(justBelow(-1.5)).toBe(-1.5000001192092896);
  expect(justBelow(0)).toBe(-1.401298464324817e-45);
  expect(justBelow(1)).toBe(0.9999999403953552);
});
