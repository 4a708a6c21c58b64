import { readFileSync } from 'node:fs';
import * as jieba from 'jieba-wasm';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadSegmenter } from '$lib/text/segment';
import { Text } from '$lib/text/text';
import { shared } from '../shared';

beforeAll(loadSegmenter);

function words(value: string): string[] {
  const text = new Text(value);
  const all = [...value];
  return Array.from({ length: text.words.count }, (_, w) =>
    all.slice(text.words.starts[w], text.words.ends[w]).join(''),
  );
}

describe('words', () => {
  it('are jieba’s in Han runs (its own examples, without the hidden Markov model)', () => {
    expect(words('我来到北京清华大学')).toEqual(['我', '来到', '北京', '清华大学']);
    expect(words('中华人民共和国武汉市长江大桥')).toEqual(['中华人民共和国', '武汉市', '长江大桥']);
    // With the model this would be 杭研 大厦.
    expect(words('他来到了网易杭研大厦')).toEqual(['他', '来到', '了', '网易', '杭', '研', '大厦']);
  });

  it('are runs of letters and digits elsewhere; marks continue a run', () => {
    expect(words("Don't stop: 3.14 = π²!")).toEqual(['Don', 't', 'stop', '3', '14', 'π²']);
    expect(words('cafe\u0301 हिन्दी')).toEqual(['cafe\u0301', 'हिन्दी']);
    expect(words('iPhone15手机号13800138000打不通')).toEqual(['iPhone15', '手机号', '13800138000', '打', '不通']);
    expect(words('カタカナ ひらがな 한국어')).toEqual(['カタカナ', 'ひらがな', '한국어']);
  });

  it('hold nothing of white space, signs and emoji', () => {
    expect(words('')).toEqual([]);
    expect(words(' ，。！？… 😀👍🏽 --- \n')).toEqual([]);
  });

  it('cope with characters beyond the first plane and with lone surrogates', () => {
    expect(words('𠮷野家\ud83d好吃')).toEqual(['𠮷', '野', '家', '好吃']);
  });

  const file = shared('data/alpaca-zh/carbonz0-part-00.json');
  it.skipIf(!file)('are exactly jieba-wasm’s on 2,000 Chinese answers', () => {
    const rows: { output: string }[] = JSON.parse(readFileSync(file!, 'utf8'));
    for (const { output } of rows.slice(0, 2000)) {
      const runs = output.match(/[\u4e00-\u9fff]+/g) ?? [];
      const text = runs.join('\n');
      expect(words(text)).toEqual(runs.flatMap((run) => jieba.cut(run, false)));
    }
  });
});
