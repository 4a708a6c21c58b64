import { describe, expect, it } from 'vitest';
import { defaultDtype, fit, modelById, MODELS, offered } from '$lib/embedding/models';

const model = (id: string) => modelById(id)!;

describe('models offered', () => {
  it('begin with one that fits the language', () => {
    expect(offered('zh')[0].id).toBe('Xenova/bge-small-zh-v1.5');
    expect(offered('en')[0].id).toBe('Xenova/all-MiniLM-L6-v2');
    expect(offered('mixed')[0].id).toBe('Xenova/multilingual-e5-small');
    expect(offered('other')[0].id).toBe('Xenova/multilingual-e5-small');
  });
  it('are all there, those that do not fit last', () => {
    for (const language of ['zh', 'en', 'mixed', 'other'] as const) {
      const order = offered(language);
      expect(new Set(order)).toEqual(new Set(MODELS));
      const fits = order.map((each) => fit(language, each) === 'fits');
      expect(fits).toEqual([...fits].sort((a, b) => Number(b) - Number(a)));
      expect(fits[0]).toBe(true);
    }
  });
  it('say what is wrong with them', () => {
    expect(fit('zh', model('Xenova/all-MiniLM-L6-v2'))).toBe('english-only');
    expect(fit('mixed', model('Xenova/all-MiniLM-L6-v2'))).toBe('english-only');
    expect(fit('en', model('Xenova/bge-small-zh-v1.5'))).toBe('chinese-only');
    expect(fit('mixed', model('Xenova/bge-small-zh-v1.5'))).toBe('chinese-only');
    expect(fit('zh', model('Xenova/multilingual-e5-small'))).toBe('fits');
    expect(fit('mixed', { languages: ['zh', 'en'] })).toBe('fits');
    expect(fit('other', { languages: ['zh', 'en'] })).toBe('other-languages');
  });
  it('are named once, with what is needed to use them', () => {
    expect(new Set(MODELS.map(({ id }) => id)).size).toBe(MODELS.length);
    for (const each of MODELS) {
      expect(each.id).toMatch(/^[\w-]+\/[\w.-]+$/);
      expect(defaultDtype(each)).toBe('q8');
      for (const bytes of Object.values(each.dtypes)) expect(bytes).toBeGreaterThan(20e6);
      // e5 is trained with a prefix on both sides; bge's instruction belongs to questions only.
      expect(each.prefix).toBe(/e5/.test(each.id) ? 'query: ' : '');
      expect(each.pooling).toBe(/bge/.test(each.id) ? 'cls' : 'mean');
    }
  });
});
