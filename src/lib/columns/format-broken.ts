import { finding, NOWHERE, trimmed } from './finding';

const JSON_WANTED =
  /\b(?:in|as|into|to)\b(?: an?| the| valid| a valid| pure| raw)? json\b(?! (?:file|to\b|into\b))|\b(?:return|output|respond with|reply with|answer with|generate|produce|provide|create)\b[^.!?\n]{0,30}\bjson\b(?: format| object| array| string| output| only)?|(?:以|用|按|输出|返回|转换?为|转成|生成|只(?:输出|返回))[^。！？\n]{0,12}json|json\s*(?:格式|形式)[^。！？\n]{0,4}(?:输出|返回|回答|回复|给出|表示)/i;
const TABLE_WANTED =
  /\b(?:in|as|into|using|make|create|generate|produce|give|return|present)\b[^.!?\n]{0,40}\b(?:markdown table|table (?:format|form)|tabular (?:format|form))|(?:(?<![可所])以|用|按)(?:一个|一张)?(?:markdown ?)?表格|(?:整理|做|列|归纳|汇总|转换?)[成为][^。！？\n]{0,6}表格|(?:生成|输出|返回|制作|给出)[^。！？\n]{0,8}表格|表格(?:的?形式|格式)/i;
const XML_WANTED = /\b(?:in|as|into|to|valid)\b[^.!?\n]{0,20}\bxml\b|xml\s*格式/i;
/** Programs that deal with the format, and questions about it, are not requests for it. */
const ABOUT =
  /\b(?:function|program|code|script|parse[rsd]?|parsing|python|javascript|java|php|sql|api|endpoint|class|method|library|algorithm|server|query|difference|explain|what is|why|yaml|csv)\b|函数|代码|程序|解析|脚本|接口|编写|写一个|区别|什么是|介绍|解释/i;
const FENCE = /```[\w-]*\s*\n?([\s\S]*?)```/g;
const LONGEST = 200_000;

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** True where the text is JSON, holds it in a fence, or from its first bracket to its last. */
export function holdsJson(value: string): boolean {
  const whole = value.trim();
  if (/^[[{]/.test(whole) && parses(whole)) return true;
  for (const [, inner] of whole.matchAll(FENCE)) if (/^\s*[[{]/.test(inner) && parses(inner)) return true;
  for (const [open, close] of ['{}', '[]']) {
    const start = whole.indexOf(open);
    const end = whole.lastIndexOf(close);
    if (start >= 0 && end > start && parses(whole.slice(start, end + 1))) return true;
  }
  const lines = whole.split('\n').filter((line) => line.trim());
  return lines.length > 1 && lines.every((line) => /^\s*[[{]/.test(line) && parses(line));
}

function holdsTable(value: string): boolean {
  if (/<table[\s>]/i.test(value)) return true;
  const rows = value.split('\n').filter((line) => /\S[^|\n]*\|[^|\n]*\S|^\s*\|/.test(line) || line.includes('\t'));
  return rows.length >= 2;
}

/** 1 where the prompt asks for JSON, a table or XML, and the response is none. */
export const formatBroken = finding({
  id: 'format_broken',
  severity: 2,
  fields: ['response'],
  needsResponse: true,
  find: (subject) => {
    const { prompt, response } = subject.view;
    if (!response || response.length > LONGEST || prompt.length > LONGEST || !response.trim()) return NOWHERE;
    const p = subject.prompt;
    const latin = /json|table|tabular|xml|表格/i.test(prompt);
    if (!latin || ABOUT.test(prompt) || p.value.includes('```')) return NOWHERE;
    if (JSON_WANTED.test(prompt)) return holdsJson(response) ? NOWHERE : [trimmed(response)];
    if (TABLE_WANTED.test(prompt)) return holdsTable(response) ? NOWHERE : [trimmed(response)];
    if (XML_WANTED.test(prompt))
      return /<(\w[\w:-]*)[^<>]*>[\s\S]*<\/\1>|<\w[^<>]*\/>/.test(response.slice(0, 20_000))
        ? NOWHERE
        : [trimmed(response)];
    return NOWHERE;
  },
});
