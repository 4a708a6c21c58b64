import { describe, expect, it } from 'vitest';
import { detectMapping, mapText, rowsToBatch, sliceBatch } from '$lib/record';
import { shared } from '../shared';
import { readPath } from './read';

type Expected = [file: string, rows: number, layout: string, least: number, map: Record<string, string | string[]>];

const alpaca = { prompt: ['instruction', 'input'], response: 'output' };
const sets: Expected[] = [
  ['alpaca/alpaca_data.json', 52002, 'alpaca', 0.95, alpaca],
  ['alpaca-zh/carbonz0-part-00.json', 10021, 'alpaca', 0.95, alpaca],
  ['alpaca-zh/hikariming-code.json', 9057, 'alpaca', 0.95, { ...alpaca, history: 'history' }],
  ['banking77/train.csv', 10003, 'classification', 0.95, { prompt: 'text', label: 'category' }],
  ['banking77/test.csv', 3080, 'classification', 0.95, { prompt: 'text', label: 'category' }],
  ['clinc150/data_full.json', 23700, 'classification', 0.95, { prompt: 'text', label: 'label' }],
  ['clinc150/data_imbalanced.json', 19225, 'classification', 0.95, { prompt: 'text', label: 'label' }],
  ['codealpaca/code_alpaca_2k.json', 2017, 'alpaca', 0.95, alpaca],
  ['codealpaca/new_codealpaca.json', 4535, 'alpaca', 0.95, alpaca],
  [
    'codealpaca/seed_tasks.jsonl',
    21,
    'alpaca',
    0.6,
    { prompt: ['instruction', 'instances.0.input'], response: 'instances.0.output', id: 'id' },
  ],
  ['coldataset/train.csv', 25726, 'classification', 0.95, { prompt: 'TEXT', label: 'label' }],
  ['coldataset/test.csv', 5323, 'classification', 0.95, { prompt: 'TEXT', label: 'label', id: 'column1' }],
  [
    'customer-intents-zh/train.json',
    10000,
    'classification',
    0.95,
    { prompt: 'sentence', label: 'label_des', id: 'id' },
  ],
  ['goemotions/train.tsv', 43410, 'classification', 0.4, { prompt: 'column1', label: 'column2', id: 'column3' }],
  ['gpteacher/toolformer-dedupe-only-dataset.json', 7673, 'alpaca', 0.95, { ...alpaca, response: 'response' }],
  [
    'hate-davidson/labeled_data.csv',
    24783,
    'classification',
    0.9,
    {
      prompt: 'tweet',
      label: 'class',
      id: 'column1',
      scores: ['count', 'hate_speech', 'offensive_language', 'neither'],
    },
  ],
  ['llamafactory/alpaca_en_demo.json', 999, 'alpaca', 0.95, alpaca],
  ['llamafactory/alpaca_zh_demo.json', 1000, 'alpaca', 0.95, alpaca],
  ['llamafactory/c4_demo.jsonl', 300, 'fields', 0.3, { prompt: 'text' }],
  ['llamafactory/dpo_zh_demo.json', 300, 'sharegpt', 0.95, { response: 'chosen', messages: 'conversations' }],
  ['llamafactory/glaive_toolcall_zh_demo.json', 300, 'sharegpt', 0.95, { messages: 'conversations', tools: 'tools' }],
  ['llamafactory/glaive_toolcall_en_demo.json', 300, 'sharegpt', 0.95, { messages: 'conversations', tools: 'tools' }],
  ['llamafactory/v1_sft_demo.jsonl', 500, 'messages', 0.95, { messages: 'messages' }],
  ['pairs/bq-dev.csv', 10000, 'pairs', 0.9, { prompt: ['sentence1', 'sentence2'], label: 'label' }],
  ['pairs/lcqmc-dev.txt', 8802, 'pairs', 0.5, { prompt: ['column1', 'column2'], label: 'column3' }],
  ['pairs/msr-para-train.tsv', 3576, 'pairs', 0.9, { prompt: ['#1 String', '#2 String'], label: 'Quality' }],
  ['parquet-intent/train-00000-of-00001.parquet', 10625, 'classification', 0.95, { prompt: 'text', label: 'intent' }],
  ['pii/presidio-generated-large.json', 2109, 'fields', 0.3, { prompt: 'full_text' }],
  ['reviews-zh/waimai_10k.csv', 11987, 'classification', 0.95, { prompt: 'review', label: 'label' }],
  ['reviews-zh/online_shopping_10_cats.csv', 62774, 'classification', 0.95, { prompt: 'review', label: 'label' }],
  ['sharegpt-zh/sharegpt_zh_1K_format.jsonl', 1000, 'sharegpt', 0.95, { messages: 'conversations' }],
  ['sharegpt-zh/medical_sft_1K_format.jsonl', 1000, 'sharegpt', 0.95, { messages: 'conversations' }],
];

describe('real sets', () => {
  for (const [file, rows, layout, least, map] of sets) {
    const path = shared(`data/${file}`);
    it.skipIf(!path)(`${file} is ${layout}`, async () => {
      const { batches } = await readPath(path!);
      expect(batches.reduce((sum, batch) => sum + batch.rows, 0)).toBe(rows);
      const mapping = detectMapping(batches);
      expect(mapText(mapping)).toEqual(map);
      expect(mapping.layout).toBe(layout);
      expect(mapping.confidence).toBeGreaterThanOrEqual(least);
      expect(mapping.confidence).toBeLessThan(1);
      // The head of the file, which is all that is known at first, says the same.
      const head = detectMapping([sliceBatch(batches[0], 0, Math.min(batches[0].rows, 500))]);
      expect([head.layout, head.prompt, head.response, head.label]).toEqual([
        mapping.layout,
        mapping.prompt,
        mapping.response,
        mapping.label,
      ]);
    });
  }
});

const many = (make: (i: number) => Record<string, unknown>, count = 40) =>
  rowsToBatch(Array.from({ length: count }, (_, i) => make(i)));
const detected = (make: (i: number) => Record<string, unknown>, count = 40) => {
  const mapping = detectMapping([many(make, count)]);
  return { layout: mapping.layout, ...mapText(mapping) };
};

describe('detectMapping', () => {
  it('knows the names of each layout, in either language', () => {
    expect(detected((i) => ({ Instruction: `do ${i} now`, Input: '', Output: `did ${i}` }))).toEqual({
      layout: 'alpaca',
      prompt: ['Instruction', 'Input'],
      response: 'Output',
    });
    expect(detected((i) => ({ prompt: `ask ${i}`, completion: `it is ${i}`, system_prompt: 'be kind' }))).toEqual({
      layout: 'prompt-completion',
      prompt: 'prompt',
      response: 'completion',
      system: 'system_prompt',
    });
    expect(detected((i) => ({ 问题: `怎么还款${i}？`, 答案: `在首页点击还款${i}。` }))).toEqual({
      layout: 'question-answer',
      prompt: '问题',
      response: '答案',
    });
    expect(detected((i) => ({ query: `how do ${i}`, response: `like so ${i}` }))).toMatchObject({
      layout: 'question-answer',
    });
    expect(detected((i) => ({ title: `how do ${i}`, answer: `like so ${i}` }))).toMatchObject({
      layout: 'question-answer',
      prompt: 'title',
      response: 'answer',
    });
    expect(detected((i) => ({ prompt: `ask ${i}`, chosen: `good ${i}`, rejected: `bad ${i}` }))).toEqual({
      layout: 'pairs',
      prompt: 'prompt',
      response: 'chosen',
    });
  });

  it('tells ShareGPT from messages by their turns, not by the field', () => {
    expect(detected(() => ({ messages: [{ from: 'human', value: 'a' }] }))).toEqual({
      layout: 'sharegpt',
      messages: 'messages',
    });
    expect(detected(() => ({ dialog_data: [{ role: 'user', content: 'a' }] }))).toEqual({
      layout: 'messages',
      messages: 'dialog_data',
    });
  });

  it('finds label levels, source, annotator, time, id and scores', () => {
    const scenes = ['账单', '积分', '逾期'];
    expect(
      detected((i) => ({
        uid: `r${i}`,
        messages: [{ role: 'user', content: `第${i}个问题` }],
        domain: scenes[i % 3],
        intent: ['查询', '投诉'][i % 2],
        来源: ['app', 'web'][i % 2],
        annotator: 'a' + (i % 2),
        created_at: `2024-01-${10 + (i % 20)}`,
        quality_score: i / 40,
      })),
    ).toEqual({
      layout: 'messages',
      messages: 'messages',
      label: ['domain', 'intent'],
      source: '来源',
      annotator: 'annotator',
      time: 'created_at',
      id: 'uid',
      scores: ['quality_score'],
    });
    expect(detected((i) => ({ text: `a text ${i}`, level1: scenes[i % 3], level2: 'x', ts: 1700000000 + i }))).toEqual({
      layout: 'classification',
      prompt: 'text',
      label: ['level1', 'level2'],
      time: 'ts',
    });
  });

  it('goes by what the fields hold where names say nothing', () => {
    expect(
      detected((i) => ({ foo: `some longer text with words ${i}`, bar: ['yes', 'no'][i % 2], baz: `k${i}` })),
    ).toEqual({ layout: 'classification', prompt: 'foo', label: 'bar' });
    expect(detected((i) => ({ n: i, m: i * 2 }))).toEqual({ layout: 'fields', scores: ['n', 'm'] });
  });

  it('does not take a class for an answer or a long answer for a class', () => {
    expect(detected((i) => ({ question: `what is ${i}?`, label: ['a', 'b'][i % 2] }))).toMatchObject({
      layout: 'classification',
      label: 'label',
    });
    expect(detected((i) => ({ question: `is ${i} even?`, answer: i % 2 ? 'yes' : 'no' }))).toMatchObject({
      layout: 'question-answer',
      response: 'answer',
    });
  });

  it.each([77, 300, 2000, 5000])('takes a field whose name says label for one of %i classes', (classes) => {
    // Spread without order over the set, of which the first rows are the sample.
    const of = (i: number) => Math.imul(i + 1, 2654435761) >>> 8;
    for (const [text, label] of [
      ['text', 'label'],
      ['句子', '意图'],
    ])
      for (const name of ['class', 'a class'])
        expect(
          detected((i) => ({ [text]: `text number ${i}`, [label]: `${name} ${of(i * 7919) % classes}` }), 2000),
        ).toEqual({ layout: 'classification', prompt: text, label });
  });

  it('takes no field for a label in which nothing repeats, or only some of a small set seen whole', () => {
    const label = (count: number, classes: number) =>
      detectMapping([many((i) => ({ text: `text number ${i}`, label: `note ${i % classes}` }), count)]).label;
    expect(label(2000, 1990)).toEqual([]);
    expect(label(1000, 800)).toEqual([]);
    expect(label(1000, 500)).toEqual(['label']);
  });

  it('says how sure it is', () => {
    const sure = detectMapping([many((i) => ({ instruction: `x ${i}`, output: `y ${i}` }))]);
    const half = detectMapping([many((i) => ({ instruction: `x ${i}`, output: i % 2 ? `y ${i}` : null }))]);
    const unsure = detectMapping([many((i) => ({ a: `some text ${i}` }))]);
    expect(sure.confidence).toBe(0.99);
    expect(half.confidence).toBeLessThan(0.6);
    expect(unsure.confidence).toBeLessThan(0.5);
    expect(detectMapping([])).toMatchObject({ layout: 'fields', confidence: 0 });
  });
});
