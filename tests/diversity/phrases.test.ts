import { beforeAll, describe, expect, it } from 'vitest';
import { chinesePhrase } from '$lib/diversity/chinese-phrase';
import { chineseWords } from '$lib/diversity/chinese-words';
import { englishPhrase, englishSentences } from '$lib/diversity/english-phrase';
import { loadSegmenter } from '$lib/text/segment';

beforeAll(loadSegmenter);

const zh = (text: string) => {
  const { verb, object } = chinesePhrase(chineseWords(text));
  return `${verb} ${object}`.trim();
};
const en = (text: string) => {
  const { verb, object } = englishPhrase(englishSentences(text));
  return `${verb} ${object}`.trim();
};

describe('verb and object of a Chinese instruction', () => {
  it.each([
    ['写一首关于大海的诗。', '写 诗'],
    ['请帮我写一封给老板的邮件', '写 邮件'],
    ['列出五个自然灾害的例子并解释每一个的原因。', '列出 例子'],
    ['生成一个包含十个单词的列表。', '生成 列表'],
    ['描述两座城市之间的差异', '描述 差异'],
    ['创建一个以短句开头的故事', '创建 故事'],
  ])('is the head of the noun phrase after the verb: %s', (text, phrase) => expect(zh(text)).toBe(phrase));

  it.each([
    ['将以下句子翻译成英文。', '翻译 句子'],
    ['把这段文字改写成诗歌。', '改写 文字'],
    ['对下面的评论进行分类。', '分类 评论'],
  ])('may stand before the verb, after 将, 把 or 对: %s', (text, phrase) => expect(zh(text)).toBe(phrase));

  it.each([
    ['给定一组数字，找出最大值。', '找出 最大值'],
    ['根据以下材料，撰写一份报告。', '撰写 报告'],
    ['使用给定的词语造一个句子', '造 句子'],
  ])('is not taken from what is given: %s', (text, phrase) => expect(zh(text)).toBe(phrase));

  it('is none where nothing is done', () => {
    expect(zh('法国的首都是哪里？')).toBe('');
    expect(zh('')).toBe('');
    expect(zh('2023 年的诺贝尔奖')).toBe('');
  });

  it('takes a name in quotation marks for one noun, and leaves brackets out', () => {
    expect(zh('解释“人工智能伦理”。')).toBe('解释 人工智能伦理');
    expect(zh('总结《红楼梦》（前八十回）的主题')).toBe('总结 主题');
  });

  it('has 解释一下 and 解释, 翻译成 and 翻译 as one verb', () => {
    expect(zh('解释一下通货膨胀的概念')).toBe(zh('解释通货膨胀的概念'));
  });
});

describe('verb and object of an English instruction', () => {
  it.each([
    ['Write a short story about two friends.', 'write story'],
    ['Generate a list of ten synonyms.', 'generate list'],
    ['Give me three tips for staying healthy', 'give tip'],
    ['Name two common diseases in humans.', 'name disease'],
    ['Compare the two poems, highlighting their differences', 'compare poem'],
    ['Design a marketing campaign for a new shoe.', 'design campaign'],
    ['Come up with a slogan for a bakery.', 'come up with slogan'],
  ])('are lemmas, the object the head of its phrase: %s', (text, phrase) => expect(en(text)).toBe(phrase));

  it.each([
    ['Could you please describe the life cycle of a frog?', 'describe cycle'],
    ['Given the following ingredients, suggest five dishes.', 'suggest dish'],
    ['You are given a paragraph. Summarize the text in one sentence.', 'summarize text'],
  ])('are not taken from polite forms and from what is given: %s', (text, phrase) => expect(en(text)).toBe(phrase));

  it.each([
    ["I don't know the exchange rate", 'know rate'],
    ["My card didn't arrive", 'arrive'],
    ["Why can't I use my card?", 'use card'],
    ['Do not mention the price.', 'mention price'],
    ['I cannot find the receipt', 'find receipt'],
  ])('are those after an auxiliary with not: %s', (text, phrase) => expect(en(text)).toBe(phrase));

  it.each([
    ['How do I top up my account?', 'top up account'],
    ['Can I log in to the app', 'log in'],
    ['Look up the word.', 'look up word'],
    ['Turn the lights off.', 'turn off light'],
    ['My top up was reverted', 'revert'],
    ['Pick a colour out of five', 'pick colour'],
  ])('have a phrasal verb with its particle: %s', (text, phrase) => expect(en(text)).toBe(phrase));

  it('are none where nothing is done', () => {
    expect(en('What is the capital of France?')).toBe('');
    expect(en('')).toBe('');
  });
});
