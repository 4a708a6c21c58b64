import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadColumns } from '$lib/columns/measure';
import { lookupDrag, dragCounts } from '$lib/engine/drag';
import { blobSource } from '$lib/formats/source';
import { read } from '$lib/formats/read';
import { decide } from '$lib/recipe/decide';
import { judge } from '$lib/recipe/run';
import { mapOfRecipe, see } from '$lib/recipe/sample';
import type { Recipe, Step } from '$lib/recipe/types';
import type { Batch } from '$lib/record/types';
import { loadHash, type Hash } from '$lib/text/hash';
import { engine, type Engine } from './session';

const lines = (name: string, count: number) =>
  readFileSync(new URL(`../../datasets/${name}`, import.meta.url), 'utf8')
    .split('\n')
    .slice(0, count)
    .join('\n');
const file = new File([lines('card-service-zh.jsonl', 500), '\n', lines('helpdesk-en.jsonl', 100)], 'both.jsonl');

const recipes: Record<string, Step[]> = {
  cuts: [{ cut: { column: 'response_chars', min: 20, max: 400 } }, { cut: { column: 'char_repetition', max: 0.3 } }],
  'rewritten, then cut and exact': [
    { normalise: { unicode: 'NFKC', strip: ['control', 'zero-width', 'html'], collapse: ['spaces', 'newlines'] } },
    { redact: { kinds: ['email', 'phone', 'bank-card'] } },
    { cut: { column: 'total_words', min: 10 } },
    { exact: { on: ['prompt', 'response'] } },
  ],
  'exact before a cut, balance after': [
    { exact: { on: ['prompt'] } },
    { cut: { column: 'response_chars', min: 30 } },
    { balance: { by: 'label:1', mode: 'uniform', total: 200, over: true } },
  ],
  'tokens, relabelled, split': [
    { cut: { column: 'total_tokens', min: 40, max: 300 } },
    { relabel: { merge: { '账单/查询': '账单/其他' } } },
    { balance: { by: 'label', cap: 20 } },
    { split: { train: 0.7, validation: 0.2, test: 0.1, stratify: 'label' } },
  ],
  'near-duplicates of tidied prompts, then a cut': [
    { normalise: { unicode: 'NFKC', collapse: ['spaces'] } },
    { cut: { column: 'response_chars', min: 30 } },
    { near: { on: ['prompt'], at: 0.7, prefer: ['response_chars'] } },
    { cut: { column: 'prompt_chars', max: 90 } },
  ],
  'near-duplicates twice, others of them staying': [
    { near: { on: ['prompt'], at: 0.9, prefer: ['response_chars'] } },
    { cut: { column: 'response_chars', min: 30 } },
    { near: { on: ['prompt'], at: 0.6, ignore: ['width', 'numbers'], prefer: ['prompt_chars'] } },
  ],
  'semantic duplicates by the built-in model': [
    { cut: { column: 'response_chars', min: 30 } },
    { semantic: { on: ['prompt'], at: 0.85 } },
  ],
  'near-duplicates of one text by two preferences, kept together in the split': [
    { near: { on: ['prompt'], at: 0.9 } },
    { near: { on: ['prompt'], at: 0.7, prefer: ['response_chars'] } },
    { split: { train: 0.7, validation: 0.1, test: 0.2, group: 'near' } },
  ],
  'near-duplicates by their column': [{ cut: { column: 'near_similarity', max: 0.8 } }],
  'within a distance of a phrase': [
    { cut: { column: 'response_chars', min: 20 } },
    { cut: { column: 'meaning:退款 怎么办', max: 0.6 } },
  ],
  'without what is near a phrase, texts tidied before': [
    { normalise: { unicode: 'NFKC', collapse: ['spaces'] } },
    { cut: { column: 'meaning:my card was stolen', min: 0.5 } },
  ],
  'kinds of instructions, of texts tidied before': [
    { normalise: { unicode: 'NFKC', collapse: ['spaces'] } },
    { balance: { by: 'sentence_type', cap: 90 } },
    { balance: { by: 'task_type', cap: 40 } },
  ],
  language: [{ balance: { by: 'language', cap: 60 } }, { cut: { column: 'exact_rank', max: 0 } }],
};

let hash: Hash;
let own: Engine;
beforeAll(async () => {
  hash = await loadHash();
  await loadColumns({ tokens: true });
  own = engine();
  await own.api.open([{ kind: 'file', file }]);
  await own.api.idle();
});
afterAll(() => own.stop());

async function batches(): Promise<Batch[]> {
  const list: Batch[] = [];
  for await (const { batch } of read(blobSource(file, 'both.jsonl'))) if (batch) list.push(batch);
  return list;
}

describe('the engine and a run of the recipe', () => {
  it.each(Object.entries(recipes))('keep the same records: %s', async (_, steps) => {
    const recipe: Recipe = { siftbook: 1, seed: 7, steps };
    const views = await own.api.setRecipe(recipe);
    const all = await batches();
    const { mapping } = see(all, mapOfRecipe(recipe.source));
    const source = {
      batches: async function* () {
        yield* all;
      },
      mapping,
      files: ['both.jsonl'],
      inputs: () => [],
    };
    const { decision, plan, measured } = await judge(recipe, source, { hash });
    expect(views.counts.steps).toEqual(decision.steps);
    expect(views.counts).toMatchObject({ kept: decision.kept, written: decision.written, splits: decision.splits });
    expect(decide(plan, measured).fate).toEqual(decision.fate);
    expect([...(await own.api.kept())]).toEqual([...decision.copies].map((copies) => (copies > 0 ? 1 : 0)));
    for (const { step, dropped } of decision.steps.map((count, step) => ({ ...count, step })))
      expect((await own.api.records({ step, offset: 0, limit: 0 })).total).toBe(dropped);
  });

  it('shows during a drag what the recipe decides on release, at every tenth position', async () => {
    const rest: Step[] = [{ cut: { column: 'alnum', min: 0.5 } }, { cut: { column: 'prompt_chars', max: 120 } }];
    const steps = (min: number): Step[] => [{ cut: { column: 'response_chars', min } }, ...rest];
    await own.api.setRecipe({ siftbook: 1, seed: 7, steps: steps(0) });
    const index = await own.api.beginDrag('response_chars');
    const into = dragCounts(index);
    for (let k = 0; k < index.steps.length; k += 10) {
      const views = await own.api.setRecipe({ siftbook: 1, seed: 7, steps: steps(index.steps[k]) });
      lookupDrag(index, index.steps[k], undefined, into);
      expect([index.steps[k], into.kept]).toEqual([index.steps[k], views.counts.kept]);
      for (const { id, kept } of views.columns)
        if (id !== 'response_chars') expect([id, ...into.views.get(id)!]).toEqual([id, ...kept]);
    }
  });
});
