import { finding, NOWHERE, trimmed, valueOf } from './finding';
import type { Field, Place } from './finding';
import type { Subject } from './subject';

/** Whole texts, lower-cased and without brackets, quotes, spaces and signs, that stand for nothing. */
const WHOLE = new Set(
  `noinput nooutput noinputrequired nooutputrequired noinputneeded nooutputneeded noinputprovided nooutputprovided noinputgiven
nooutputgiven noresponse noanswer nocontent nodata notext na nil null undefined nan none nothing notapplicable notavailable tbd tba tbc
todo fixme placeholder emptyoutput emptyinput emptyresponse outputhere inputhere yourtexthere inserttexthere insertresponsehere
youranswerhere answerhere texthere responsehere sampletext exampletext loremipsum xxx xxxx xxxxx asdf asdfasdf testtest
无 暂无 空 略 待补充 待定 待填写 待完善 待更新 待确认 待回复 未填写 未知内容 无内容 无回答 无回复 无答案 无输出 无输入 无数据 无法显示 无需输入 无需输出 没有输入 没有输出 没有内容
空白 占位符 占位 占位文本 示例文本 示例回答 此处填写 此处填写答案 此处填写回答 此处填写内容 请填写 请输入 请在此输入 请输入内容 请输入回答 请在此填写 请在此处填写 内容待补充 答案待补充 回答待补充
测试 测试测试 测试数据 测试文本 同上 见上 敬请期待 暂无数据 暂无回答 暂无内容 暂无答案 暂无回复 待编辑 稍后补充 后续补充`
    .split(/\s+/)
    .filter(Boolean),
);
/** Only dots, only dashes, only crosses …: signs of two sorts may be Morse code. */
const SIGNS = /^\s*(?:[.…。·\s]+|[-—–_\s]+|[?？\s]+|[*×xX\s]+|[~～\s]+|[/\\\s]+)$/;
const IGNORED = /[\s.…。,，、!！:：;；\-—_*"'“”‘’`<>〈〉《》()（）[\]【】{}｛｝/\\|]+/g;
const KEPT = /[^\s.…。,，、!！:：;；\-—_*"'“”‘’`<>〈〉《》()（）[\]【】{}｛｝/\\|]/;
/** One bracketed sign that stands for a missing text wherever it is the first thing. */
const LEADING = /^["'“]?<\s*no[\s_-]?(?:in|out)put\s*>/i;
const LONGEST = 40;
/** First characters of these, capitals too: a cheap first test. */
const OPENINGS = new Set([...WHOLE].flatMap((text) => [text[0], text[0].toUpperCase()]));

function stands(value: string): boolean {
  if (LEADING.test(value)) return true;
  if (value.length > LONGEST) return false;
  if (SIGNS.test(value))
    return value.length > 1 || value === '-' || value === '?' || value === '？' || value === '…' || value === '.';
  return OPENINGS.has(value[value.search(KEPT)]) && WHOLE.has(value.toLowerCase().replace(IGNORED, ''));
}

function wholeText(subject: Subject, field: Field): Place[] {
  const value = valueOf(subject, field);
  if (value.length > 4 * LONGEST && !value.startsWith('<')) return NOWHERE;
  const place = trimmed(value);
  return place[1] > place[0] && stands(value.slice(place[0], place[1])) ? [place] : NOWHERE;
}

/** 1 where the whole response is a placeholder (`<noinput>`, N/A, 无, …). */
export const placeholder = finding({
  id: 'placeholder',
  severity: 3,
  source: 'AlpacaDataCleaned',
  fields: ['response'],
  needsResponse: true,
  find: wholeText,
});

/** 1 where the prompt, or its last line (Alpaca's input), is a placeholder. */
export const placeholderPrompt = finding({
  id: 'placeholder_prompt',
  severity: 1,
  source: 'AlpacaDataCleaned',
  fields: ['prompt'],
  find: (subject, field) => {
    const whole = wholeText(subject, field);
    if (whole.length) return whole;
    const value = valueOf(subject, field);
    const from = value.lastIndexOf('\n') + 1;
    if (!from || value.length - from > LONGEST || value.length - from < 2) return NOWHERE;
    const last = value.slice(from).trim();
    return last.length > 1 && !SIGNS.test(last) && stands(last) ? [[from, value.length]] : NOWHERE;
  },
});
