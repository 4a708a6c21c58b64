import { finding, matches, NOWHERE } from './finding';

/**
 * A line that opens another example: "Instruction:" with or without a number or hashes before it, "### Human:", "指令：".
 * GSM8K's `#### 42` and `<<48/2=24>>`, recipes' "Instructions:" and numbered lists have no such line.
 */
const OPENER =
  /(?<=\n)[ \t]*(?:(?:#{1,6}|\*\*|\d{1,3}[.、)])[ \t]*){0,3}(?:(?:Instruction|指令|新指令|新任务)[ \t]*\d{0,3}[ \t]*(?:\*\*)?[:：]|#{2,6}[ \t]*(?:Human|User|Input|Response|Assistant|Question|用户|输入|回答|问题|助手)[ \t]*[:：])/gi;
/** The two halves of a foreign dialogue: both must stand there, and the prompt must not ask for one. */
const ASKS = /(?<=\n)[ \t]*(?:Human|User|Question|Q|用户|问题|提问|问)[ \t]*\d{0,2}[ \t]*[:：]/gi;
const ANSWERS = /(?<=\n)[ \t]*(?:Assistant|AI|Bot|Answer|A|Output|助手|回答|答案|答|输出)[ \t]*\d{0,2}[ \t]*[:：]/i;
/** A response that opens as a dialogue is one. */
const DIALOGUE =
  /^\W{0,4}(?:Human|User|Question|Q|Assistant|AI|Answer|A|用户|问题|提问|问|助手|回答|答)[ \t]*\d{0,2}[ \t]*[:：]/i;
const WANTED =
  /instruction|指令|指示|dialog|conversation|interview|script|quiz|question|faq|chat|q&a|对话|问答|访谈|剧本|提问|题目|习题|试题|测验|(?:生成|写|编|设计|列出|创建|想出)[^。！？\n]{0,12}问题/i;

/** 1 where a second instruction stands inside a response, after other text. */
export const mergedInstruction = finding({
  id: 'merged_instruction',
  severity: 3,
  source: 'AlpacaDataCleaned',
  fields: ['response'],
  needsResponse: true,
  find: (subject, _field, all) => {
    const text = subject.response!;
    if (!text.countOf(10) || !(text.countOf(58) || text.value.includes('：'))) return NOWHERE;
    const value = text.value;
    const places = matches(OPENER, value, all).filter(([start]) => value.slice(0, start).trim() !== '');
    if (places.length) return places;
    if (!ANSWERS.test(value) || DIALOGUE.test(value) || WANTED.test(subject.view.prompt)) return NOWHERE;
    return matches(ASKS, value, all).filter(([start]) => value.slice(0, start).trim() !== '');
  },
});
