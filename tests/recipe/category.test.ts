import { beforeAll, describe, expect, it } from 'vitest';
import { categoryReader, loadCategories, READ_CATEGORIES } from '$lib/recipe/category';
import { judge } from '$lib/recipe/run';
import { loadSegmenter } from '$lib/text/segment';
import { options, sourceOf } from './helpers';

beforeAll(loadSegmenter);

const ASKED = {
  question: ['What is the capital of France?', '什么是光合作用？'],
  command: ['List three fruits.', 'Could you write a poem about rain?', '把这句话翻译成英文。'],
  fragment: ['the red house', '春天的诗'],
};
const rows = Object.values(ASKED)
  .flat()
  .map((instruction, i) => ({ instruction, output: `answer ${i}` }));

describe('a category read from texts', () => {
  it('must be loaded before it is read', async () => {
    expect(() => categoryReader('sentence_type')).toThrow('loadCategories');
    await loadCategories([{ by: 'label' }]);
    expect(() => categoryReader('sentence_type')).toThrow('loadCategories');
    await loadCategories([{ by: 'sentence_type' }]);
    const read = categoryReader('sentence_type')!;
    const view = (prompt: string) => ({ prompt }) as Parameters<typeof read>[0];
    for (const [type, prompts] of Object.entries(ASKED))
      expect(prompts.map((prompt) => read(view(prompt)))).toEqual(prompts.map(() => type));
    expect(read(view('1 + 1 = ?'))).toBeNull();
    expect(categoryReader('label')).toBeNull();
    for (const by of READ_CATEGORIES) expect(categoryReader(by)).toBeTypeOf('function');
  });

  it('is balanced by, texts as the steps before left them', async () => {
    const balanced = [{ balance: { by: 'sentence_type', cap: 1 } }];
    const { decision, measured, plan } = await judge(
      { siftbook: 1, seed: 1, steps: balanced },
      sourceOf(rows),
      await options(),
    );
    const { codes, names } = measured.classes(plan.classes[0]);
    expect(names).toEqual(['question', 'command', 'fragment']);
    expect([...codes]).toEqual([0, 0, 1, 1, 1, 2, 2]);
    expect(decision.kept).toBe(3);

    const hidden = [{ instruction: '<b>What is rain?</b>' }, { instruction: 'What is rain?' }];
    const tidied = [{ normalise: { strip: ['html' as const] } }, ...balanced];
    const after = await judge({ siftbook: 1, seed: 1, steps: tidied }, sourceOf(hidden), await options());
    expect(after.measured.classes(after.plan.classes[0]).names).toEqual(['question']);
    expect(after.decision.kept).toBe(1);
  });
});
