import { beforeAll, describe, expect, it } from 'vitest';
import { pairOf, TermCounter } from '../../src/lib/clusters/terms';
import { loadSegmenter } from '../../src/lib/text/segment';

beforeAll(loadSegmenter);

function counted(texts: string[], most?: number) {
  const counter = new TermCounter(1, most);
  for (const text of texts) counter.add(text, 0);
  const { terms, clusters, pairs, verbs, read } = counter.counts();
  return {
    texts: Object.fromEntries(Array.from(clusters[0], ([id, n]) => [terms[id], n])),
    pairs: Object.fromEntries(
      Array.from(pairs[0], ([key, n]) => [
        pairOf(key)
          .map((id) => terms[id])
          .join(' '),
        n,
      ]),
    ),
    verbs: Object.fromEntries(terms.map((term, id) => [term, verbs[id]])),
    read: [...read],
  };
}

describe('terms', () => {
  it('are counted once a text, without stop words, digits, punctuation and single characters', () => {
    const { texts } = counted(['The Apple, apple; 3 apple pears', 'an apple! 42nd', '我的苹果，苹果']);
    expect(texts).toEqual({ apple: 2, pears: 1, 苹果: 1 });
  });

  it('count a plural as its singular, under the commoner form', () => {
    expect(counted(['poem', 'poems', 'poem', 'stories', 'stories', 'story', 'glass', 'bus']).texts).toEqual({
      poem: 3,
      stories: 3,
      glass: 1,
      bus: 1,
    });
  });

  it('pair words that stand side by side, not over a stop word or a sign', () => {
    expect(counted(['social media of social-media', 'media, social', '机器学习']).pairs).toEqual({
      'social media': 1,
      '机器 学习': 1,
    });
  });

  it('tell how often an English word stands where a verb does', () => {
    const { verbs } = counted(['Design a logo. Name the design: design', 'I want to name a dog', 'the design']);
    expect(verbs.design).toBe(2 / 4);
    expect(verbs.name).toBe(1);
    expect(verbs.logo).toBe(0);
  });

  it('are those of so many texts of a cluster and no more; texts without a cluster are passed over', () => {
    const counter = new TermCounter(1, 2);
    for (const text of ['apple', 'apple', 'pear']) counter.add(text, 0);
    counter.add('nobody reads this', -1);
    const { terms, clusters, read } = counter.counts();
    expect(terms).toEqual(['apple']);
    expect([...clusters[0]]).toEqual([[0, 2]]);
    expect([...read]).toEqual([2]);
  });
});
