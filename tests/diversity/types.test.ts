import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { measureInstructions, NOTHING, SENTENCE_TYPES, TASK_TYPES, taskRules } from '$lib/diversity';
import { taskTypeOf } from '$lib/diversity/task-type';
import { loadSegmenter } from '$lib/text/segment';
import { shared } from '../shared';

beforeAll(loadSegmenter);

/**
 * 170 prompts written and labelled by hand for this test: task type, sentence type, prompt. The rules were corrected by what they got wrong: when
 * first met, task and sentence types were right for 0.96 and 0.94 of the first 119, and 0.76 and 0.92 of the last 50, which are harder.
 */
const labelled = readFileSync(fileURLToPath(new URL('../fixtures/diversity/prompts.txt', import.meta.url)), 'utf8')
  .trim()
  .split('\n')
  .map((line) => line.split('\t'));

describe('types of instructions', () => {
  it('agree with the labels of 170 prompts, in each language', () => {
    const codes = measureInstructions(labelled.map(([, , prompt]) => prompt));
    for (const han of [true, false]) {
      const rows = labelled.map((_, i) => i).filter((i) => /\p{Script=Han}/u.test(labelled[i][2]) === han);
      expect(rows.length).toBeGreaterThan(50);
      const right = (kind: 0 | 1, names: readonly string[], of: Uint8Array) =>
        rows.filter((i) => names[of[i]] === labelled[i][kind]).length / rows.length;
      expect(right(0, TASK_TYPES, codes.task)).toBeGreaterThanOrEqual(0.85);
      expect(right(1, SENTENCE_TYPES, codes.sentence)).toBeGreaterThanOrEqual(0.85);
    }
  });

  it('of the examples beside the rules are those of the rules, one rule a type', () => {
    for (const { type, example } of taskRules) {
      expect([type, TASK_TYPES[taskTypeOf(example.en)]]).toEqual([type, type]);
      expect([type, TASK_TYPES[taskTypeOf(example.zh)]]).toEqual([type, type]);
    }
    expect(taskRules.map(({ type }) => type).sort()).toEqual(TASK_TYPES.filter((type) => type !== 'other').sort());
  });

  it('do not depend on polite words or on the input below the instruction', () => {
    const bare = taskTypeOf('Summarize the text.');
    expect(taskTypeOf('Can you please summarize the text.')).toBe(bare);
    expect(taskTypeOf('Summarize the text.\nTranslate this into French: def f(x)')).toBe(bare);
    expect(taskTypeOf('请帮我总结这篇文章。')).toBe(taskTypeOf('总结这篇文章。'));
  });

  it('are unknown where there is no letter', () => {
    const codes = measureInstructions(['', ' 123 ?!', '😀']);
    expect([...codes.task]).toEqual([NOTHING, NOTHING, NOTHING]);
    expect([...codes.sentence]).toEqual([NOTHING, NOTHING, NOTHING]);
    expect([...codes.phrase.codes]).toEqual([-1, -1, -1]);
  });

  it('read other languages by their marks only', () => {
    const codes = measureInstructions(['Где находится Москва?', '東京はどこですか？'], null);
    expect([...codes.phrase.codes]).toEqual([-1, -1]);
    expect(SENTENCE_TYPES[codes.sentence[0]]).toBe('question');
    expect(SENTENCE_TYPES[codes.sentence[1]]).toBe('question');
  });

  it.each([
    ['data/alpaca/alpaca_data.json', 0.9],
    ['data/alpaca-zh/carbonz0-part-00.json', 0.9],
  ])('cover real instructions: %s', (path, share) => {
    const file = shared(path);
    if (!file) return;
    const rows: { instruction: string; input: string }[] = JSON.parse(readFileSync(file, 'utf8'));
    const other = TASK_TYPES.indexOf('other');
    const known = rows.filter(({ instruction, input }) => taskTypeOf(`${instruction}\n${input}`) !== other);
    expect(known.length / rows.length).toBeGreaterThan(share);
  });
});
