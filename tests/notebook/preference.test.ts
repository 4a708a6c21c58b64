import { describe, expect, it } from 'vitest';
import { beforeLonger, preferences, usualPreference } from '$lib/notebook/duplicates/preference';
import { compile } from '$lib/recipe/plan';
import { emptyMapping } from '$lib/record/mapping';

describe('what is preferred of alike records', () => {
  it('is usually what a step that says nothing goes by', () => {
    for (const scores of [[], ['rating', 'votes']]) {
      const mapping = { ...emptyMapping('alpaca', 1), prompt: ['q'], scores };
      const signatures = (prefer?: string[]) => {
        const steps = [{ near: { on: ['prompt'], at: 0.8, ...(prefer && { prefer }) } }];
        return compile({ siftbook: 1, seed: 0, steps }, mapping).steps[0].judge?.alike?.prefer.columns;
      };
      expect(signatures(usualPreference({ scores }))).toEqual(signatures());
    }
  });

  it('may be a number of the file, a length, or what is doubtful where it is low', () => {
    const ids = ['response_chars', 'total_chars', 'length_ratio', 'distinct_2', 'char_repetition', 'near_similarity'];
    expect(
      preferences([...ids, 'field:rating', 'field:votes'], usualPreference({ scores: ['rating', 'votes'] })),
    ).toEqual([
      { group: 'field', choices: [['field:votes', 'total_chars']] },
      { group: 'length', choices: [['response_chars'], ['total_chars']] },
      { group: 'words', choices: [['distinct_2', 'total_chars']] },
    ]);
    expect(preferences(['prompt_words', 'total_chars'], usualPreference({ scores: [] }))).toEqual([
      { group: 'length', choices: [['prompt_words']] },
    ]);
  });

  it('ends with the length, or does not', () => {
    expect(beforeLonger(['field:a', 'field:b', 'total_chars'])).toEqual(['field:a', 'field:b']);
    expect(beforeLonger(['total_chars'])).toBeNull();
    expect(beforeLonger(['total_chars', 'field:a'])).toBeNull();
  });
});
