import type { VerbPhrase } from './types';

/** How an instruction is put. */
export const SENTENCE_TYPES = ['question', 'command', 'statement', 'exclamation', 'fragment'] as const;
export type SentenceType = (typeof SENTENCE_TYPES)[number];
const [QUESTION, COMMAND, STATEMENT, EXCLAMATION, FRAGMENT] = [0, 1, 2, 3, 4];

const ASKS_EN =
  /^(?:(?:so|and|but|ok|okay|well|hi|hello|hey|given [^,]+|if [^,]+|in [^,]+|for [^,]+|according [^,]+)[,\s]+)?(?:what|why|how|when|where|who|whom|whose|which|is|are|was|were|do|does|did|has|have|had|am|should|may|might|can|could|will|would|shall)(?:'s|’s|n't|n’t)?\s/i;
const POLITE_EN = /^(?:please\s|(?:can|could|would|will) you\s(?!think|know|like|say|agree|believe|ever|be\b))/i;
const ASKED_ZH = /^(?:请(?!问)|麻烦|帮我|帮忙)/;
const ASKS_ZH =
  /什么|怎么|怎样|怎能|如何|为何|为啥|哪|谁|多少|几[个岁点月次种位]|吗|呢|是否|是不是|有没有|能不能|会不会|何[时处地以]|多[大高长久远重]/;
const POLITE_ZH =
  /^(?:请问?，?)?(?:你|您)?(?:能否|能不能|可否|可不可以|可以|能|愿意)(?:请)?(?:帮|给|为|替|告诉|写|列|推荐|介绍|解释|翻译|说明|提供|建议|生成|创建)/;

/**
 * Type of an instruction's first sentence, as a code of SENTENCE_TYPES. A polite question for a deed (Can you write …? 你能帮我写…吗？) counts as
 * a command. `phrase` is what was found in it (see englishPhrase, chinesePhrase), `verbal` whether the sentence has a verb of any kind.
 */
export function sentenceTypeOf(sentence: string, phrase: VerbPhrase, verbal: boolean, han: boolean): number {
  const text = sentence.trim();
  const asks = /[?？]["”』」）)\s]*$/.test(text);
  if (han) {
    if (POLITE_ZH.test(text) || (!asks && ASKED_ZH.test(text))) return COMMAND;
    if (phrase.command && !(asks && ASKS_ZH.test(text))) return COMMAND;
    if (asks || ASKS_ZH.test(text)) return QUESTION;
  } else {
    if (POLITE_EN.test(text)) return COMMAND;
    if (ASKS_EN.test(text)) return QUESTION;
    if (phrase.command) return COMMAND;
    if (asks) return QUESTION;
  }
  if (/[!！]["”』」）)\s]*$/.test(text)) return EXCLAMATION;
  return verbal || phrase.verb ? STATEMENT : FRAGMENT;
}
