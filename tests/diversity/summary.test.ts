import { beforeAll, describe, expect, it } from 'vitest';
import { InstructionSummaries, joinInstructions, measureInstructions } from '$lib/diversity';
import { branches, countPaths, joinPaths, PathNumbers } from '$lib/diversity/paths';
import { loadSegmenter } from '$lib/text/segment';

beforeAll(loadSegmenter);

const prompts = [
  'Write a poem about rain.',
  'Write a story about rain.',
  'Write a poem about snow.',
  'List three colours.',
  '写一首诗。',
  '写一篇故事。',
  'What is rain?',
  '',
];

describe('paths', () => {
  const paths = (own: string[][]) => {
    const numbers = new PathNumbers();
    const codes = Int32Array.from(own, (path) => numbers.path(path));
    return { codes, labels: numbers.labels, parents: numbers.parents() };
  };

  it('are numbered in order of first appearance, a parent first, and end before an empty label', () => {
    const { codes, labels, parents } = paths([['a', 'b'], ['a'], ['c', 'b'], ['a', ''], ['', 'b']]);
    expect(labels).toEqual(['a', 'b', 'c', 'b']);
    expect([...parents]).toEqual([-1, 0, -1, 2]);
    expect([...codes]).toEqual([1, 0, 3, 0, -1]);
  });

  it('of batches join to those of one pass', () => {
    const all = [['x', 'y'], ['z'], ['x', 'w'], ['z', 'y'], ['x', 'y'], []];
    for (const cut of [0, 1, 3, 6])
      expect(joinPaths([paths(all.slice(0, cut)), paths(all.slice(cut))])).toEqual(paths(all));
  });

  it('count records under each node, and gather the rarer ones', () => {
    const tree = paths([['a', 'b'], ['a', 'c'], ['a', 'c'], ['a'], ['d', 'e'], ['f'], ['g', 'h']]);
    const before = countPaths(tree, null);
    const kept = Uint8Array.from([1, 0, 1, 0, 1, 0, 1]);
    const after = countPaths(tree, kept);
    expect(tree.labels.map((label, n) => [label, before[n], after[n]])).toEqual([
      ['a', 4, 2],
      ['b', 1, 1],
      ['c', 2, 1],
      ['d', 1, 1],
      ['e', 1, 1],
      ['f', 1, 0],
      ['g', 1, 1],
      ['h', 1, 1],
    ]);
    expect(branches(tree, before, after, [2, 1])).toEqual([
      {
        label: 'a',
        before: 4,
        after: 2,
        children: [
          { label: 'c', before: 2, after: 1, children: [] },
          { label: null, before: 1, after: 1, others: 1, children: [] },
        ],
      },
      { label: 'd', before: 1, after: 1, children: [{ label: 'e', before: 1, after: 1, children: [] }] },
      { label: null, before: 2, after: 1, others: 2, children: [] },
    ]);
  });
});

describe('instructions', () => {
  it('measured in batches are those measured at once', () => {
    const whole = measureInstructions(prompts);
    expect(joinInstructions([measureInstructions(prompts.slice(0, 3)), measureInstructions(prompts.slice(3))])).toEqual(
      whole,
    );
  });

  it('open with words in lower case, but for I', () => {
    const { opening } = measureInstructions(['I need help', 'Can I go', 'It is late']);
    expect(opening.labels).toEqual(['I', 'need', 'help', 'can', 'I', 'go', 'it', 'is', 'late']);
  });

  it('are summed before and after the recipe', () => {
    const summary = new InstructionSummaries(measureInstructions(prompts)).of(
      Uint8Array.from([1, 0, 1, 1, 1, 0, 1, 0]),
    );
    expect(summary.phrases[0]).toEqual({
      label: 'write',
      before: 3,
      after: 2,
      children: [
        { label: 'poem', before: 2, after: 2, children: [] },
        { label: 'story', before: 1, after: 0, children: [] },
      ],
    });
    expect(summary.withVerb).toEqual({ before: 6, after: 4 });
    expect(summary.prompts).toEqual({ before: 8, after: 5 });
    // Of all six with a verb two write poems about something; a draw of four of them misses one pair of a single record in 1/3, poems in 1/15.
    expect(summary.pairs).toEqual({ before: expect.closeTo(4 * (2 / 3) + 14 / 15, 12), after: 3, records: 4 });
    expect(summary.tasks.find(({ kind }) => kind === 'write')).toEqual({ kind: 'write', before: 5, after: 3 });
    expect(summary.sentences.find(({ kind }) => kind === 'question')).toEqual({
      kind: 'question',
      before: 1,
      after: 1,
    });
    expect(summary.sentences.reduce((sum, { before }) => sum + before, 0)).toBe(7);
    expect(summary.openings[0]).toMatchObject({ label: 'write', before: 3, after: 2 });
    expect(summary.openings[0].children[0].children.map(({ label }) => label)).toEqual(['poem', 'story']);
    expect(summary.openings[1]).toMatchObject({ label: '写', before: 2, after: 1 });
  });
});
