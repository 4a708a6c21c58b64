import { STOP } from '$lib/text/lists';
import type { Text } from '$lib/text/text';
import { ARABIC, CYRILLIC, HAN, HANGUL, KANA, LATIN, LETTER } from '$lib/text/unicode';
import { codePlaces, mentionsCode } from '$lib/text/code-text';
import { finding, NOWHERE, trimmed } from './finding';

const SCRIPTS = [HAN, KANA, HANGUL, LATIN, CYRILLIC, ARABIC];
/** Letters that say as much as one of another script: a Han character stands for a word or half of one. */
const WEIGHTS = [3, 2, 2, 1, 1, 1];
const LATIN_SCRIPT = SCRIPTS.indexOf(LATIN);
const LEAST = 24;
const OTHER_LANGUAGE =
  /translat|\benglish|\bchinese|\bmandarin|\bjapanese|\bkorean|\bfrench|\bspanish|\bgerman|\brussian|\barabic|\bitalian|\bportuguese|\blatin\b|\blanguage|\bpinyin|\bkanji|\bhiragana|bilingual|multilingual|翻译|译成|译为|译文|英译|汉译|中译|英文|英语|中文|汉语|日文|日语|韩文|韩语|法文|法语|德文|德语|西班牙语|俄语|阿拉伯语|外语|外文|双语|语言|拼音|单词|缩写|代码|编程|程序|函数|\bcode\b|python|java|sql|正则|命令|公式|网址|链接|url/i;

/** Addresses hold words too. */
const ADDRESS = /:\/\/|www\./;

interface Scripts {
  main: number;
  share: number;
  weights: number[];
  total: number;
}

function scriptsOf(text: Text, mixed = false): Scripts {
  const weights = SCRIPTS.map((script, i) => text.count(script) * WEIGHTS[i]);
  // Chinese with English nouns in it: names and terms weigh half.
  if (mixed && weights[0] && !stopWords(text, true)) weights[LATIN_SCRIPT] /= 2;
  // Han beside kana is Japanese.
  if (weights[1] > 0.15 * (weights[0] + weights[1])) {
    weights[1] += weights[0];
    weights[0] = 0;
  }
  const total = weights.reduce((a, b) => a + b, 0);
  let main = 0;
  for (let i = 1; i < weights.length; i++) if (weights[i] > weights[main]) main = i;
  return { main, share: total ? weights[main] / total : 0, weights, total };
}

/** Function words: names, addresses and hashtags have none. */
function stopWords(text: Text, latinOnly = false): number {
  const { words } = text;
  let n = 0;
  for (let id = 0; id < words.distinct; id++)
    if (words.lists[id] & STOP && (!latinOnly || words.bits[id] & LATIN)) n += words.frequency[id];
  return n;
}

/**
 * 1 where prompt and response are written in different scripts (Chinese against English …), each clearly, and the prompt asks for
 * no other language, quotes none at length, and the response is neither code nor a name or two.
 */
export const languageMismatch = finding({
  id: 'language_mismatch',
  severity: 2,
  group: 'language',
  fields: ['response'],
  needsResponse: true,
  find: (subject) => {
    const { prompt } = subject;
    const response = subject.response!;
    if (!response.count(LETTER) || !prompt.count(LETTER)) return NOWHERE;
    const answered = scriptsOf(response);
    const asked = scriptsOf(prompt, true);
    if (answered.main === asked.main || answered.total < LEAST || asked.total < 9) return NOWHERE;
    if (answered.share < 0.9 || asked.share < 0.5) return NOWHERE;
    if (answered.main === LATIN_SCRIPT) {
      // Chinese with English nouns in it is still Chinese; a quoted English sentence is not.
      if (
        response.words.count < 5 ||
        stopWords(response, true) < (ADDRESS.test(response.value) ? 10 : 3) ||
        stopWords(prompt, true) >= 2
      )
        return NOWHERE;
    } else if (asked.weights[answered.main] >= 0.2 * asked.total && asked.weights[answered.main] >= 12) return NOWHERE;
    if (OTHER_LANGUAGE.test(subject.view.prompt) || OTHER_LANGUAGE.test(subject.view.system)) return NOWHERE;
    if (answered.main === LATIN_SCRIPT && (mentionsCode(response) || codePlaces(response.value).length)) return NOWHERE;
    return [trimmed(response.value)];
  },
});
