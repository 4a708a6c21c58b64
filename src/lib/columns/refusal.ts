import { HAN, LATIN } from '$lib/text/unicode';
import { finding, matches, NOWHERE } from './finding';

const HEAD = 220;
const UNABLE_EN =
  "(?:cannot|can ?not|can[’']?t|am not able to|[’']m not able to|am unable to|[’']m unable to|am not capable of|do not have (?:the ability|access|personal)|don[’']?t have (?:the ability|access|personal)|must decline|have to decline|am not comfortable|[’']m not comfortable|won[’']?t (?:be able to )?(?=help|assist|provide|answer|do that|comply))";
const DO_EN =
  '(?:help|assist|provide|answer|fulfil|fulfill|comply|create|write|generate|give|offer|support|do that|engage|discuss|share|complete|respond|process|perform|participate|produce|access|browse|recommend|continue|disclose|look up|view|see|have|express|feel|experience|open|handle|set up|play (?:the|a|an|any)|draw|render|upload|retrieve|predict|execute|physically)';
/** What is asked for, and whom a machine calls itself. */
const TASK_EN = '(?:instruction|request|task|question|prompt|command|action)';
const MODEL_EN =
  '(?:(?:GPT|language|AI|text)(?:[ -]\\w+){0,2} (?:models?|assistants?|systems?)|GPT(?:-\\d)?|(?:a|an|the|this) (?:AI|assistant|chatbot|model))';
const CANNOT_EN =
  "(?:cannot|can ?not|can[’']?t|(?:is|are) (?:not (?:able|capable|designed|equipped)|unable)|does not|do not)";
const EN = new RegExp(
  [
    `\\b(?:i[’']?m |i am |we[’']?re |we are )?(?:very |so |really |deeply )?(?:sorry|afraid)\\b[^.!?\\n]{0,40}?\\b(?:i|we)\\b ?${UNABLE_EN}`,
    `\\bi apologi[sz]e\\b[^.!?\\n]{0,40}?\\b(?:i|we)\\b ?${UNABLE_EN}`,
    `\\bunfortunately,? (?:i|we)\\b ?${UNABLE_EN}`,
    `\\bas an? (?:ai|artificial intelligence|language model|virtual|responsible|chatbot|large language)\\b[^.!?\\n]{0,60}?\\bi\\b ?(?:${UNABLE_EN}|do not|don[’']?t)`,
    `^\\W{0,3}(?:no, )?(?:i|we)(?: ${UNABLE_EN}|[’'](?:m not able|m unable) to)(?: \\w{1,9}ly)? ${DO_EN}\\b`,
    `^\\W{0,3}(?:sorry|unable|not able)\\b[^.!?\\n]{0,30}?\\b(?:this|the|your) (?:\\w+ )?${TASK_EN} (?:involves|requires?|is not|cannot|can[’']?t|as\\b|because|since|due)`,
    `\\bdue to the [^.!?\\n]{3,60}?, (?:i|we|it) (?:cannot|can[’']?t) (?:${DO_EN}|be)\\b`,
    `\\bi (?:must|have to) (?:respectfully )?(?:decline|refuse)\\b`,
    `\\bi (?:cannot|can[’']?t|won[’']?t) (?:help|assist)(?: you)? with (?:that|this)`,
    `\\b(?:this|the|that|such)(?: type of| kind of)? ${TASK_EN} (?:cannot|can[’']?t|could not) be (?:fulfill?ed|completed|answered|done|processed|performed)`,
    `^\\W{0,3}(?:sorry, )?(?:this|that|it) (?:cannot|can[’']?t) be done\\b`,
    `\\b${TASK_EN}\\b[^.!?\\n]{0,80}?\\b(?:cannot be \\w+ (?:by|with)|(?:is )?(?:beyond|outside|not within|not possible for|impossible for)\\b[^.!?\\n]{0,40}?|does not meet the \\w+ of) ?(?:of )?(?:the |an? )?${MODEL_EN}\\b`,
    `^[^.!?;\\n]{0,60}?\\b(?:involves|requires?)\\b[^.!?;\\n]{0,60}?\\b${MODEL_EN} ${CANNOT_EN}\\b`,
    `\\b(?:against|violates?) (?:my|our) (?:policy|policies|guidelines|programming|principles)`,
  ].join('|'),
  'gi',
);
/** Every English form has one of these: looked for first, because the expression tries each form at each place. */
const HINT_EN =
  /sorry|afraid|apologi|unfortunately|\bas an? |cannot|can ?not|can[’']?t|unable|not able|decline|refuse|won[’']?t|not capable|don[’']?t|do not|comfortable|against|violate|model|assistant|gpt/i;
const UNABLE_ZH =
  '(?:无法|不能|不可以|没有办法|没办法|不便|不方便|不会|没有能力|不具备|没有权限|无权|难以|不适合|不被允许|拒绝)';
const SELF_ZH = '(?:我们?|本?(?:助手|模型|系统|机器人|客服)|小助手)';
const DO_ZH =
  '(?:为您|为你|帮您|帮你|给您|给你|向您|向你|对此|就此|直接|协助|帮助|提供|回答|回复|满足|完成|处理|生成|执行|透露|讨论|评论|参与|支持|答复|给出|解答|访问|查询|查看|浏览|做到|办理|告知|告诉|遵从|配合|响应|撰写|编写|写|创作|进行)';
const ZH = new RegExp(
  [
    `(?:抱歉|对不起|不好意思|很遗憾|遗憾)[^。！？!?\\n]{0,12}?(?:${SELF_ZH}[^。！？!?\\n，,]{0,10}?)?${UNABLE_ZH}[^。！？!?，,\\n]{0,8}?${DO_ZH}`,
    `作为(?:一个|一名|一款)?(?:人工智能|AI|ＡＩ|语言模型|大型语言模型|智能助手|虚拟助手|机器人|客服机器人)[^。！？!?\\n]{0,24}?(?:${UNABLE_ZH}|没有)`,
    `^[^\\p{L}\\p{N}]{0,3}(?:非常|十分|很)?${SELF_ZH}${UNABLE_ZH}[^。！？!?，,\\n]{0,8}?${DO_ZH}`,
    `(?:^|[，,。！!])\\s*(?:所以|因此|但)?(?:我们?)?(?:不能|无法|拒绝)(?:回答|满足|响应|处理|协助|完成)(?:您|你)?的?(?:这个|该|这类|此类|这样的|此)?(?:问题|请求|要求|需求)`,
    `这(?:个|类)(?:问题|请求|要求)${SELF_ZH}(?:无法|不能|不便)`,
    `违反了?(?:相关|我的|我们的|平台|使用|内容)(?:规定|政策|准则|规范|原则|协议)[^。！？!?\\n]{0,20}?(?:无法|不能|拒绝)`,
  ].join('|'),
  'gu',
);

const SPEAKER = /(?:^|\n)[^\n]{1,30}[:：]\s*["“]?$/;

/** 1 where the response opens by declining the task (English or Chinese, within its first 220 characters). */
export const refusal = finding({
  id: 'refusal',
  severity: 2,
  fields: ['response'],
  needsResponse: true,
  find: (subject, _field, all) => {
    const text = subject.response!;
    const head = text.value.length > HEAD ? text.value.slice(0, HEAD) : text.value;
    if (text.count(HAN)) {
      const places = matches(ZH, head, all);
      if (places.length) return places;
    }
    // "Friend: Sorry, I can't" is a line of a dialogue.
    return text.count(LATIN) > 8 && HINT_EN.test(head)
      ? matches(EN, head, all).filter(([start]) => !SPEAKER.test(head.slice(0, start)))
      : NOWHERE;
  },
});
