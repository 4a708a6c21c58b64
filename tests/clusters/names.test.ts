import { beforeAll, describe, expect, it } from 'vitest';
import { classTfIdf, clusterNames, countsOfGroups } from '../../src/lib/clusters/names';
import { TermCounter } from '../../src/lib/clusters/terms';
import { loadSegmenter } from '../../src/lib/text/segment';

beforeAll(loadSegmenter);

/** Names of clusters given as lists of texts. */
function named(...clusters: string[][]): string[][] {
  const counter = new TermCounter(clusters.length);
  clusters.forEach((texts, cluster) => texts.forEach((text) => counter.add(text, cluster)));
  return clusterNames(counter.counts());
}

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
  it('are telling words of Chinese and English', () => {
    const names = named(
      ['请问我的信用卡丢失了怎么办？信用卡可以挂失吗？ 123', '信用卡挂失需要什么？我要挂失。'],
      [
        'Write a poem about the autumn. The poem is short, 2 lines!',
        'Please write two poems about autumn and about rain',
      ],
      ['我要转账，转账的限额是多少？', 'transfer 转账 limit 限额 42'],
    );
    expect(names[0].slice(0, 2).sort()).toEqual(['信用卡', '挂失']);
    expect(names[1].slice(0, 2).sort()).toEqual(['autumn', 'poem']);
    expect(names[2]).toContain('限额');
    expect(names[2]).toContain('转账');
  });

  it('prefer nouns to the verbs beside them, though these are as common', () => {
    const [english, chinese] = named(
      ['Translate the sentence', 'Could you translate this sentence?', 'Translate a sentence to French'],
      ['申请额度', '我想申请临时的额度', '额度申请'],
    );
    expect(english.slice(0, 2)).toEqual(['sentence', 'translate']);
    expect(chinese.indexOf('额度')).toBeLessThan(chinese.indexOf('申请'));
  });

  it('leave out words that name no topic and words of every cluster, unless there are no others', () => {
    const names = named(
      ['Given the following email, provide the subject', 'Use the given email', 'the email reader'],
      ['Given the following recipe, make a list', 'the recipe reader'],
      ['Provide the weather', 'the weather reader given'],
      ['reader 词典'],
    );
    expect(names[0][0]).toBe('email');
    expect(names[1][0]).toBe('recipe');
    expect(names[2]).toEqual(['weather']);
    for (const name of names.slice(0, 3))
      for (const weak of ['given', 'provide', 'reader']) expect(name).not.toContain(weak);
    expect(named(['给定使用'], ['recipe'])[0].sort()).toEqual(['使用', '给定']);
  });

  it('say two words that mostly stand together as one', () => {
    const names = named(
      ['Describe social media', 'The effect of social media on children', 'social media, news media', 'social skills'],
      ['什么是机器学习？', '介绍机器学习的模型', '机器学习和数据'],
      ['the artificial flower', 'intelligence of dogs'],
    );
    expect(names[0][0]).toBe('social media');
    expect(names[1][0]).toBe('机器学习');
    expect(names[2].join()).not.toContain('artificial intelligence');
  });

  it('are not made of courtesy and of pieces of words', () => {
    const names = named(
      ['双十一活动，谢谢您', '双十一有活动吗', '双十一的活动不大清楚'],
      ['先生的发票是从哪里开', '发票，谢谢您', '发票不用'],
      ['Automatic top-ups of the account', 'top-ups by account', 'account'],
    );
    expect([...names[0]].sort()).toEqual(['双十一', '活动']);
    expect(names[1]).toEqual(['发票']);
    expect(names[2]).toContain('account');
    expect(names[2]).not.toContain('ups');
  });

  it('may be numbers where words tell nothing', () => {
    const about = (n: number) => Array.from({ length: 5 }, () => `number ${n} topic ${n} of the list`);
    const names = named(about(7), about(8), about(9));
    expect(names.map(([first]) => first)).toEqual(['7', '8', '9']);
    expect(names[0].slice(1).sort()).toEqual(['list', 'topic']);
    expect(named(['apple 7', 'apple 7'], ['pear 8', 'pear 8'])).toEqual([['apple'], ['pear']]);
  });

  it('are no two the same: by a further word, or the number', () => {
    const same = 'oak tree forest river';
    const [a, b, other] = named([`${same} boat`], [`${same} fish`], ['moon']);
    expect(other).toEqual(['moon']);
    expect([...a].sort().join()).not.toBe([...b].sort().join());
    const equal = named([same, same], [same, same]);
    expect(equal[0].slice(0, -1)).toEqual(equal[1].slice(0, -1));
    expect(equal.map((name) => name.at(-1))).toEqual(['#1', '#2']);
  });

  it('depend on the texts, not on their order', () => {
    const a = ['red apple pie', 'apple pie recipe', 'a pie of plums'];
    const b = ['blue whale song', 'the whale sings', 'songs of whales'];
    expect(named([...a].reverse(), [...b].reverse())).toEqual(named(a, b));
  });

  it('are made of groups of clusters as of the clusters', () => {
    const counter = new TermCounter(3);
    const texts = ['oak tree', 'birch tree', 'river boat'];
    texts.forEach((text, cluster) => counter.add(text, cluster));
    const together = countsOfGroups(counter.counts(), [1, 1, 0], 2);
    const alone = new TermCounter(2);
    texts.forEach((text, i) => alone.add(text, [1, 1, 0][i]));
    expect(clusterNames(together)).toEqual(clusterNames(alone.counts()));
    expect([...together.read]).toEqual([1, 2]);
  });

  it('are empty where there are no words', () => {
    expect(clusterNames(new TermCounter(2).counts())).toEqual([[], []]);
  });
});
