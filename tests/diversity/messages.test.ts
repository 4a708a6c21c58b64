import { describe, expect, it } from 'vitest';
import { FIGURES, SENTENCE_TYPES, TASK_TYPES } from '$lib/diversity';
import { hasMessage, type Lang } from '$lib/i18n';

describe('types and figures of diversity', () => {
  const keys = [
    ...TASK_TYPES.map((type) => `diversity.task.${type}`),
    ...SENTENCE_TYPES.map((type) => `diversity.sentence.${type}`),
    ...FIGURES.map((id) => `diversity.figure.${id}`),
  ];
  it('have a name and a definition in both languages', () => {
    const missing = (['en', 'zh'] as Lang[]).flatMap((lang) =>
      keys.flatMap((key) => [key, `${key}.definition`]).filter((key) => !hasMessage(lang, key)),
    );
    expect(missing).toEqual([]);
  });
});
