import { partOfSpeech, type PartOfSpeech } from '$lib/text/part-of-speech';
import { Text } from '$lib/text/text';

/** A part of speech, or a sign: `,` ends a clause, `.` a sentence, `、` parts an enumeration. */
export type Tag = PartOfSpeech | ',' | '.' | '、';

export interface TaggedWord {
  text: string;
  tag: Tag;
}

/** Where jieba's one tag a word misleads in instructions. */
const corrections: Partial<Record<Tag, string>> = {
  v: '区分 问候 重述 形容 执行 想出 改为 变成 分成 替换 编辑 建议 命名 归类 举例 续写 造句 润色 释义 概括 简述 列举 扮演 改编 标注 造 讲 讲述 起 回复 找 求 问 说 唱 画 算 猜 选 查 改 译 编 列 推荐 转述 仿写 缩写 扩写 提取 转换 解析 校对 评分 分解 描写 书写 辨析 阐述 求解 重组 算出 写出 写下 举出 排列 填空 填写 帮 举例说明 产生 输出 拟定 制作 得到 列举 逆转',
  w: '陈述 总结 定义 分类 排序 比较 对比 想象 分析 研究 评估 预测 设计 翻译 总结 描述 解释 介绍 说明 计算 概述 评价 推理 阅读 查询 搜索 检索 归纳 改写 模拟 优化 测试 称呼 鉴别 规划 安排 分组 选择 回答',
  a: '下列 上述 给定 所给 以下 下面 如下 相关 相应 潜在 所有 一些 某些 不同 新 多 少 大 小 好 主要 常见 可能',
  p: '关于 有关 作为 将 把 针对 基于 围绕 利用 运用 借助 通过 根据 按照 依据 成',
  u: '的 之 地 得 了 着 过 吗 呢 吧 啊 呀 一下 等 等等',
  d: '自动 很 更 最 太 非常 都 也 还 就 才 又 已 已经 正在 不 没 十分',
  n: '类比 创意 简历 趋势 清单 诊断 简介 想法 好处 用例 摘要 报告 计划 要求 测验 标记 调查 知识 推文 句子 问题 语境 上下文 世界 地方 人 时间 例子 数据 程序 技术 孩子 能力 利息 公司 水 题目 标题',
};

/** Words of instructions that jieba's dictionary cuts in two. */
const compounds = new Set(
  '推文 用例 想出 翻译 改写 转换 替换 改为 变成 续写 仿写 扩写 缩写 分成 造句 编程 提示词 抠图 摘抄 译文 博文 词条'.split(
    ' ',
  ),
);

/** Words of its dictionary that are two in an instruction. */
const glued = new Set(['文章生成', '重新排列']);

const corrected = new Map(
  Object.entries(corrections).flatMap(([tag, words]) => words.split(' ').map((word) => [word, tag as Tag] as const)),
);

const tagOf = (word: string): Tag => corrected.get(word) ?? partOfSpeech(word);

/** A verb's complement is left out, so that 翻译成 is counted as 翻译, 解释一下 as 解释. */
function tagged(word: string): TaggedWord {
  const stem = word.length > 2 ? word.replace(/(?:一下|[成为])$/, '') : word;
  if (stem !== word && stem !== '' && 'vw'.includes(tagOf(stem))) return { text: stem, tag: tagOf(stem) };
  return { text: word, tag: tagOf(word) };
}

const OPEN = '“「『《"\'‘（(【[';
const CLOSE = '”」』》"\'’）)】]';
/** A stretch in quotation marks longer than this is a text, not a name. */
const NAME = 12;
const text = new Text();

/**
 * The words of a Chinese text with their parts of speech (jieba's words by dictionary, its commonest tag a word). A stretch in quotation
 * marks or a title's marks is one noun; brackets and what is in them are left out. `loadSegmenter` must have run.
 */
export function chineseWords(value: string): TaggedWord[] {
  text.reset(value);
  const { words, codes } = text;
  const out: TaggedWord[] = [];
  const piece = (from: number, to: number) => String.fromCodePoint(...codes.subarray(from, to));
  let w = 0;
  for (let at = 0; at < text.length;) {
    while (w < words.count && words.starts[w] < at) w++;
    if (w < words.count && words.starts[w] === at) {
      const word = piece(at, words.ends[w]).toLowerCase();
      const last = out[out.length - 1];
      if (glued.has(word)) out.push(tagged(word.slice(0, 2)), tagged(word.slice(2)));
      else if (last && words.ends[w - 1] === at && compounds.has(last.text + word))
        out[out.length - 1] = { text: last.text + word, tag: tagOf(last.text + word) };
      else out.push(tagged(word));
      at = words.ends[w++];
      continue;
    }
    const sign = String.fromCodePoint(codes[at]);
    const quote = OPEN.indexOf(sign);
    if (quote >= 0) {
      let end = at + 1;
      while (end < text.length && codes[end] !== CLOSE.codePointAt(quote) && codes[end] !== 10) end++;
      if (end < text.length && codes[end] !== 10) {
        const inside = piece(at + 1, end);
        if (!'（(【['.includes(sign)) out.push({ text: end - at <= NAME ? inside.toLowerCase() : '', tag: 'n' });
        at = end + 1;
        continue;
      }
    }
    if ('。！？!?\n…'.includes(sign)) out.push({ text: sign, tag: '.' });
    else if ('，,；;：:'.includes(sign)) out.push({ text: sign, tag: ',' });
    else if (sign === '、') out.push({ text: sign, tag: '、' });
    at++;
  }
  return out;
}
