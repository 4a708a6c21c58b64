import { beforeAll, describe, expect, it } from 'vitest';
import { classTfIdf, clusterNames, TermCounter } from '../../src/lib/clusters/names';
import { loadSegmenter } from '../../src/lib/text/segment';

beforeAll(loadSegmenter);

it('class-based TF-IDF is that of the formula, worked out with NumPy', () => {
  // Counts [[3,1,0,2],[0,1,4,0],[1,1,1,1]]: X / X.sum(1) * log(X.sum(1).mean() / X.sum(0) + 1)
  const rows = [
    [3, 1, 0, 2],
    [0, 1, 4, 0],
    [1, 1, 1, 1],
  ];
  const terms = ['a', 'b', 'c', 'd'];
  const clusters = rows.map((row) => new Map(row.map((n, id) => [id, n] as const).filter(([, n]) => n > 0)));
  const out = classTfIdf({ terms, clusters }, 2);
  expect(out.map((list) => list.map(({ term }) => term))).toEqual([
    ['a', 'd'],
    ['c', 'b'],
    ['b', 'd'],
  ]);
  [0.40546511, 0.32694308, 0.55451774, 0.19616585, 0.24520731, 0.24520731].forEach((weight, i) =>
    expect(out[Math.floor(i / 2)][i % 2].weight).toBeCloseTo(weight, 7),
  );
});

describe('names', () => {
  it('are telling words of Chinese and English, without stop words, digits and punctuation', () => {
    const counter = new TermCounter(3);
    const texts: [string, number][] = [
      ['请问我的信用卡丢失了怎么办？信用卡可以挂失吗？ 123', 0],
      ['信用卡挂失需要什么？我要挂失。', 0],
      ['Write a poem about the autumn. The poem is short, 2 lines!', 1],
      ['Please write two poems about autumn and about rain', 1],
      ['我要转账，转账的限额是多少？', 2],
      ['transfer 转账 limit 限额 42', 2],
      ['nobody reads this', -1],
    ];
    for (const [text, cluster] of texts) counter.add(text, cluster);
    const names = clusterNames(counter);
    expect(names[0]).toContain('信用卡');
    expect(names[0]).toContain('挂失');
    expect(names[1].slice(0, 2).sort()).toEqual(['autumn', 'poem']);
    expect(names[1]).not.toContain('poems');
    expect(names[2].slice(0, 2).sort()).toEqual(['转账', '限额']);
    const terms = new Set(counter.terms);
    for (const left of ['的', '我', '？', '123', '42', '2', 'the', 'a', 'about', 'nobody'])
      expect(terms.has(left)).toBe(false);
  });

  it('read so many texts of a cluster and no more', () => {
    const counter = new TermCounter(1, 2);
    for (const text of ['apple', 'apple', 'pear']) counter.add(text, 0);
    expect(counter.terms).toEqual(['apple']);
    expect([...counter.clusters[0]]).toEqual([[0, 2]]);
    expect(clusterNames(new TermCounter(2))).toEqual([[], []]);
  });
});
