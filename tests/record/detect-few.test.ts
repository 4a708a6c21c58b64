import { describe, expect, it } from 'vitest';
import { detectMapping, mapText } from '$lib/record';
import { batchOf } from './read';

type Expected = [rows: object[], layout: string, least: number, map: Record<string, string | string[]>];

const alpaca = { prompt: ['instruction', 'input'], response: 'output' };
const turn = (from: string, value: string) => ({ from, value });
const said = (role: string, content: string) => ({ role, content });

/** Files of one to three records, short and of mixed types: their values say little, the names all there is to say. */
const few: Record<string, Expected[]> = {
  alpaca: [
    [
      [
        { instruction: 'a', input: '', output: 'b' },
        { instruction: 'c', input: '', output: 'd' },
      ],
      'alpaca',
      0.95,
      alpaca,
    ],
    [[{ instruction: '说你好', input: '', output: '你好' }], 'alpaca', 0.95, alpaca],
    [
      [
        { instruction: 'hi', input: '', output: null },
        { instruction: 'c', input: '', output: 'd' },
      ],
      'alpaca',
      0.7,
      alpaca,
    ],
    [[{ instruction: '1+1', input: '', output: 2 }], 'alpaca', 0.95, alpaca],
    [
      [
        { instruction: '1+1', input: '', output: 2 },
        { instruction: 'two', input: 'x', output: 'two' },
        { instruction: 'list', input: null, output: ['a'] },
      ],
      'alpaca',
      0.95,
      alpaca,
    ],
    [
      [
        { instruction: 'a', output: { x: 1 } },
        { instruction: 'b', output: 'c' },
      ],
      'alpaca',
      0.95,
      { prompt: 'instruction', response: 'output' },
    ],
    [
      [{ id: 7, instruction: 'x', input: '', output: 'y', category: 'z' }],
      'alpaca',
      0.95,
      { ...alpaca, label: 'category', id: 'id' },
    ],
  ],
  conversations: [
    [[{ conversations: [turn('human', 'a'), turn('gpt', 'b')] }], 'sharegpt', 0.95, { messages: 'conversations' }],
    [[{ conversations: [] }, { conversations: [turn('human', 'a')] }], 'sharegpt', 0.7, { messages: 'conversations' }],
    [
      [{ conversations: null }, { conversations: 'x' }, { conversations: [turn('human', 'a')] }],
      'sharegpt',
      0.5,
      { messages: 'conversations' },
    ],
    [[{ messages: [said('user', 'a'), said('assistant', 'b')] }], 'messages', 0.95, { messages: 'messages' }],
    [[{ messages: [] }], 'messages', 0.3, { messages: 'messages' }],
    [[{ messages: [said('user', 'a')], category: 'x' }], 'messages', 0.95, { messages: 'messages', label: 'category' }],
  ],
  'prompts and answers': [
    [[{ prompt: 'a', completion: 'b' }], 'prompt-completion', 0.95, { prompt: 'prompt', response: 'completion' }],
    [
      [
        { prompt: 'a', completion: 1 },
        { prompt: 'b', completion: 2 },
      ],
      'prompt-completion',
      0.95,
      { prompt: 'prompt', response: 'completion' },
    ],
    [
      [
        { prompt: 'a', completion: null },
        { prompt: 'b', completion: 'c' },
      ],
      'prompt-completion',
      0.7,
      { prompt: 'prompt', response: 'completion' },
    ],
    [
      [
        { prompt: 'a', response: 3 },
        { prompt: 'b', response: 'x' },
      ],
      'prompt-completion',
      0.95,
      { prompt: 'prompt', response: 'response' },
    ],
    [[{ question: 'a', answer: 'b' }], 'question-answer', 0.95, { prompt: 'question', response: 'answer' }],
    [[{ question: '1+1?', answer: 2 }], 'question-answer', 0.95, { prompt: 'question', response: 'answer' }],
    [[{ question: 'a', answer: ['x', 'y'] }], 'question-answer', 0.95, { prompt: 'question', response: 'answer' }],
    [[{ q: 'a', a: 'b' }], 'question-answer', 0.95, { prompt: 'q', response: 'a' }],
    [[{ 问题: '甲', 答案: '乙' }], 'question-answer', 0.95, { prompt: '问题', response: '答案' }],
  ],
  'texts and labels': [
    [
      [
        { text: 'good', label: 'pos' },
        { text: 'bad', label: 'neg' },
      ],
      'classification',
      0.95,
      { prompt: 'text', label: 'label' },
    ],
    [[{ text: 'good', label: 1 }], 'classification', 0.95, { prompt: 'text', label: 'label' }],
    [
      [
        { text: 'good', label: null },
        { text: 'bad', label: 'neg' },
      ],
      'classification',
      0.7,
      { prompt: 'text', label: 'label' },
    ],
    [
      [
        { text: 'ok', label: 'a' },
        { text: 12, label: 'b' },
      ],
      'classification',
      0.7,
      { prompt: 'text', label: 'label' },
    ],
    [[{ sentence: 'ok', intent: 'greet' }], 'classification', 0.95, { prompt: 'sentence', label: 'intent' }],
    [
      [{ sentence1: 'a', sentence2: 'b', label: 1 }],
      'pairs',
      0.9,
      { prompt: ['sentence1', 'sentence2'], label: 'label' },
    ],
    [
      [{ premise: 'a', hypothesis: 'b', label: 'entail' }],
      'pairs',
      0.9,
      { prompt: ['premise', 'hypothesis'], label: 'label' },
    ],
  ],
};

describe('detectMapping of a few records', () => {
  for (const [kind, cases] of Object.entries(few))
    for (const [rows, layout, least, map] of cases)
      it(`${kind}: ${JSON.stringify(rows)}`, async () => {
        const mapping = detectMapping([await batchOf(...rows.map((row) => JSON.stringify(row)))]);
        expect({ layout: mapping.layout, ...mapText(mapping) }).toEqual({ layout, ...map });
        expect(mapping.confidence).toBeGreaterThanOrEqual(least);
        expect(mapping.confidence).toBeLessThan(1);
      });

  it('takes no number for an answer, and no code for a text, where the names do not say so', async () => {
    const layoutOf = async (row: object) => detectMapping([await batchOf(JSON.stringify(row))]).layout;
    expect(await layoutOf({ title: 'what now', reply: 12 })).toBe('fields');
    expect(await layoutOf({ a: 'x', b: 'y' })).toBe('fields');
    expect(await layoutOf({ text: 'a long text here', messages: [] })).toBe('fields');
    expect(await layoutOf({ text: 'banana', label: 3.5 })).toBe('fields');
  });
});
