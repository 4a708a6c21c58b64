import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { compile, KEPT, parseRecipe, run, type Recipe, type RunOptions, type Step } from '$lib/recipe';
import { judge } from '$lib/recipe/run';
import { emptyMapping } from '$lib/record/mapping';
import { alpaca, lines, memory, options, sourceOf } from './helpers';

let opts: RunOptions;
beforeAll(async () => {
  opts = await options();
});

const mapping = { ...emptyMapping('alpaca', 1), prompt: ['q'], response: 'a', scores: ['score'] };
const recipeOf = (...steps: Step[]): Recipe => ({ siftbook: 1, seed: 1, steps });

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

describe('the step near', () => {
  it('drops exactly the records that have a better twin among those that reach it', async () => {
    const text = fc
      .array(fc.constantFrom('red', 'green', 'blue', 'old'), { minLength: 1, maxLength: 6 })
      .map((words) => words.join(' '));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ q: text, a: fc.string({ maxLength: 5 }), score: fc.integer({ min: 0, max: 3 }) }), {
          minLength: 1,
          maxLength: 25,
        }),
        fc.constantFrom(0.5, 0.6, 0.75, 1),
        async (rows, at) => {
          const steps: Step[] = [{ cut: { column: 'field:score', min: 1 } }, { near: { on: ['prompt'], at } }];
          const { decision } = await judge(recipeOf(...steps), sourceOf(rows, mapping, 7), opts);
          const better = (i: number, j: number) => {
            const length = ({ q, a }: (typeof rows)[number]) => [...q].length + [...a].length;
            const by = [rows[j].score - rows[i].score, length(rows[j]) - length(rows[i]), i - j];
            return (by.find((one) => one !== 0) ?? 0) > 0;
          };
          const expected = rows.map((row, i) => {
            if (row.score < 1) return 0;
            const twin = rows.some((other, j) => other.score >= 1 && better(i, j) && jaccard(row.q, other.q) >= at);
            return twin ? 1 : KEPT;
          });
          expect([...decision.fate]).toEqual(expected);
        },
      ),
      { numRuns: 60 },
    );
  });

  const rows = [
    { instruction: 'please tell me the way to the old station', input: '', output: 'a' },
    { instruction: 'please tell me the way to the new station', input: '', output: 'a longer answer' },
    { instruction: 'something else altogether', input: '', output: '' },
  ];

  it('says why in the ledger, and lets a record be kept by its key', async () => {
    const ledgerOf = async (step: Step) => {
      const sink = memory();
      await run(recipeOf(step), sourceOf(rows), sink, opts);
      return lines(sink.files.get('ledger.jsonl')!) as {
        key: string;
        fate: string;
        step: number;
        [key: string]: unknown;
      }[];
    };
    // 8 pairs of words each, 6 of them in both: 6 / 10.
    const ledger = await ledgerOf({ near: { on: ['prompt'], at: 0.6 } });
    expect(ledger.map(({ fate }) => fate)).toEqual(['dropped', 'kept', 'kept']);
    expect(ledger[0]).toMatchObject({ step: 0, column: 'near_similarity', value: 0.6, cut: { below: 0.6 } });
    const byHand = await ledgerOf({ near: { on: ['prompt'], at: 0.6, keep: [ledger[0].key] } });
    expect(byHand.map(({ fate }) => fate)).toEqual(['kept', 'dropped', 'kept']);
    const shorter = await ledgerOf({ near: { on: ['prompt'], at: 0.6, words: 9 } });
    expect(shorter.map(({ fate }) => fate)).toEqual(['kept', 'kept', 'kept']);
  });

  it('lets case, width, punctuation and numbers count or not', async () => {
    const texts = ['Pay 20 yuan now', 'pay 20 yuan now', 'Ｐay 20 yuan now', 'Pay 20 yuan, now!', 'Pay 35 yuan now'];
    const source = texts.map((instruction) => ({ instruction, output: 'x' }));
    const kept = async (ignore?: ('case' | 'width' | 'punctuation' | 'numbers')[]) => {
      const step: Step = { near: { on: ['prompt'], at: 1, ...(ignore && { ignore }), prefer: ['response_chars'] } };
      const { decision } = await judge(recipeOf(step), sourceOf(source), opts);
      return [...decision.fate].flatMap((fate, i) => (fate === KEPT ? [i] : []));
    };
    expect(await kept([])).toEqual([0, 1, 2, 3, 4]);
    expect(await kept(['case'])).toEqual([0, 2, 3, 4]);
    expect(await kept(['width'])).toEqual([0, 1, 3, 4]);
    expect(await kept(['punctuation'])).toEqual([0, 1, 2, 4]);
    expect(await kept(['numbers'])).toEqual([0, 1, 2, 3]);
    expect(await kept()).toEqual([0, 4]);
    expect(await kept(['numbers', 'width', 'punctuation', 'case'])).toEqual([0]);
  });

  it('knows the usual differences, named in any order, for what is not said', () => {
    const signature = (ignore?: ('case' | 'width' | 'punctuation' | 'numbers')[]) =>
      compile(recipeOf({ near: { on: ['prompt'], at: 0.8, ...(ignore && { ignore }) } }), mapping).sets[0].signature;
    expect(signature(['punctuation', 'width', 'case'])).toBe(signature());
    expect(signature(['case', 'width'])).not.toBe(signature());
  });

  it('compares texts as the steps before have left them', async () => {
    const texts = ['see <b>the</b> map', 'see the map'].map((instruction) => ({ instruction, output: 'x' }));
    const near: Step = { near: { on: ['prompt'], at: 1 } };
    const dropped = async (...steps: Step[]) =>
      (await judge(recipeOf(...steps), sourceOf(texts), opts)).decision.steps.at(-1)!.dropped;
    expect(await dropped(near)).toBe(0);
    expect(await dropped({ normalise: { strip: ['html'] } }, near)).toBe(1);
  });

  it('is cut by its column too, over the whole set', async () => {
    const { decision } = await judge(recipeOf({ cut: { column: 'near_similarity', max: 0.59 } }), sourceOf(rows), opts);
    expect([...decision.fate]).toEqual([0, KEPT, KEPT]);
  });

  it('looks once for pairs that several steps ask for', () => {
    const near = (at: number): Step => ({ near: { on: ['prompt'], at } });
    const plan = compile(recipeOf(near(0.9), near(0.7), { near: { on: ['response'], at: 0.7 } }), alpaca);
    expect(plan.sets).toHaveLength(2);
    expect(plan.texts).toHaveLength(2);
  });

  it('is refused with its line where its threshold or a column is wrong', () => {
    const problems = (step: string) =>
      parseRecipe(`siftbook: 1\nsteps:\n  - near: ${step}`, { columns: ['total_chars'] }).problems;
    expect(problems('{on: [prompt], at: 0.3}')).toMatchObject([{ line: 3, code: 'too-small' }]);
    expect(problems('{on: [prompt], at: 0.8, prefer: [total_chers]}')).toMatchObject([
      { line: 3, code: 'unknown-column', values: { meant: 'total_chars' } },
    ]);
  });
});
