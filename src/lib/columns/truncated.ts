import { endsSentence } from '$lib/text/sentences';
import type { Text } from '$lib/text/text';
import { FLAGS, HAN, KANA, LATIN, LETTER, NUMBER } from '$lib/text/unicode';
import { endsWord, fullStop, hasComma, openBracket, prose, stretch, titled, unitsBefore } from './endings';
import { finding, NOWHERE } from './finding';
import type { Place } from './finding';
import { mentionsCode } from '$lib/text/code-text';
import { isSmallTalk } from './small-talk';
import {
  GOES_ON,
  END,
  OPEN_WORDS,
  OPEN_IN_LIST,
  OPEN_HAN,
  LONG_ENOUGH,
  LIST_SIGNS,
  LIST_LINE,
  CODE_LINE,
  GARBLED,
  DANGLING,
  SIGNED,
  LETTER_LINE,
  CLOSING,
  VERSE,
  LABELLED,
  ROW,
  FORMULA,
  URL_END,
} from './truncated-forms';

/** True where a line ends with the number of an item whose forerunner stands in the text ("3." after "2. …"; not "is 21."). */
function dangles(line: string, value: string): boolean {
  const found = DANGLING.exec(line);
  if (!found || found[1] === '1') return false;
  const before = `${Number(found[1]) - 1}${found[2]}`;
  const at = value.indexOf(before);
  return at === 0 || (at > 0 && /[\s。！？；，,]/.test(value[at - 1]));
}

/** True where the parts between commas are short: words set side by side, no sentence. */
function enumerates(line: string): boolean {
  const parts = line.split(/[,，、;；|]/);
  return parts.length >= 3 && line.length / parts.length <= 9;
}

/** True where the prompt itself has a line that ends so: it asked to go on, to repeat or to complete it. */
function asked(prompt: string, line: string): boolean {
  const end = line.trimEnd().slice(-12);
  return end.length >= 8 && prompt.split('\n').some((own) => own.trimEnd().endsWith(end));
}

/** Where the text was cut off: from the start of the unfinished stretch to the end; null where it looks whole. */
export function unfinished(text: Text, prompt = ''): number | null {
  const { codes, classes, lines, value } = text;
  let last = lines.count - 1;
  while (last >= 0 && lines.to[last] === lines.from[last]) last--;
  if (last < 0) return null;
  const from = lines.from[last];
  const to = lines.to[last];
  if (text.countOf(96) >= 3 && (value.match(/^\s*(?:>\s*)?```/gm)?.length ?? 0) % 2 === 1) return to - 1;
  const end = codes[to - 1];
  const flags = FLAGS[classes[to - 1]];
  if (text.length < 8) return null;
  const open = GOES_ON.has(end);
  if (!open && !(flags & (LETTER | NUMBER)) && !LIST_SIGNS.has(end)) return null;
  const line = stretch(text, Math.max(from, to - 400), to);
  const whole = LETTER_LINE.test(line) || VERSE.test(prompt) || asked(prompt, line);
  if (open) {
    if (whole || text.words.count < 3) return null;
    // In full-width signs it ends statements of translated code.
    if (end === 0xff1b && !value.includes('。')) return null;
    if (end === 44 || end === 0xff0c || end === 0x3001 || end === 0xff1b) {
      // Code ends lines so; a list of one line too.
      return text.length >= 12 && !CODE_LINE.test(line) && (lines.filled === 1 || to - from > 10) ? to - 1 : null;
    }
    return end === 59 || end === 61 || end === 38 ? null : to - 1;
  }
  if (GARBLED.test(line)) return null;
  if (dangles(line, value)) return to - 1;
  if (!(flags & (LETTER | NUMBER))) return null;
  const chinese = text.count(HAN) + text.count(KANA) > 0.3 * text.count(LETTER);
  const list = LIST_LINE.test(line);
  const bracket = openBracket(codes, to);
  if (
    bracket > from &&
    text.words.count >= 4 &&
    !CODE_LINE.test(line) &&
    to - bracket < 160 &&
    !(list && to - bracket < 6)
  )
    return bracket;
  if (whole || LABELLED.test(line) || ROW.test(line) || enumerates(line) || CLOSING.test(value.slice(-160)))
    return null;
  if (CODE_LINE.test(line) || URL_END.test(line) || SIGNED.test(line) || mentionsCode(text)) return null;
  let start = from;
  let ended = false;
  for (let i = to - 2; i >= from; i--)
    if (END.has(codes[i]) && endsSentence(codes, from, i + 1) && (codes[i] !== 46 || fullStop(text, i, from))) {
      start = i + 1;
      ended = true;
      break;
    }
  const tail = to - start;
  if (tail <= 24 && isSmallTalk(stretch(text, start, to))) return null;
  if (titled(classes, start, to)) return null;
  if (flags & NUMBER && /[=＝≈][^=＝≈]{0,24}$/.test(line)) return null;
  if (FORMULA.test(line)) return null;
  const tailOf: Tail = { text, last, from, to, start, ended, list };
  const cut = chinese ? cutInChinese(tailOf, end, flags) : cutInLatin(tailOf, line, flags);
  return cut ? start : null;
}

/** The stretch after the last end mark of the last line. */
interface Tail {
  text: Text;
  /** Index of the last line, and its bounds. */
  last: number;
  from: number;
  to: number;
  /** Where the stretch begins. */
  start: number;
  /** An end mark stands before it in the line. */
  ended: boolean;
  /** The line is an item of a list. */
  list: boolean;
}

function cutInChinese({ text, last, from, to, start, ended, list }: Tail, end: number, flags: number): boolean {
  const tail = to - start;
  if (flags & LATIN && !ended) return false;
  if (flags & HAN && OPEN_HAN.has(end) && text.length >= 12 && !endsWord(text, to)) return true;
  const commas = hasComma(text.codes, start, to);
  if (ended && tail >= 2 && start - from >= 6) return true;
  if (list) return false;
  return (tail >= LONG_ENOUGH.han && commas) || (tail >= 6 && prose(text, last)) || tail >= 3 * LONG_ENOUGH.han;
}

function cutInLatin({ text, last, from, to, start, ended, list }: Tail, line: string, flags: number): boolean {
  if (!(flags & (LATIN | NUMBER))) return false;
  const { codes, classes } = text;
  const tail = to - start;
  let wordStart = to;
  while (wordStart > from && FLAGS[classes[wordStart - 1]] & (LETTER | NUMBER)) wordStart--;
  const lowerCase = codes[wordStart] >= 97 && codes[wordStart] <= 122;
  const words = line.trim().split(/\s+/).length;
  if (
    lowerCase &&
    words >= 5 &&
    text.length >= 25 &&
    (list ? OPEN_IN_LIST : OPEN_WORDS).has(stretch(text, wordStart, to))
  )
    return true;
  if (ended && !list && tail >= 3 && words >= 4) return true;
  if (ended && list && tail >= 12 && words >= 8 && (last === 0 || prose(text, last))) return true;
  // An item without a mark is an item.
  if (list) return false;
  return words >= 7 && (tail >= LONG_ENOUGH.latin * 2 || (tail >= 40 && prose(text, last)));
}

/** 1 where the response breaks off: an open code fence or bracket, or no end mark where its own prose has one. */
export const truncated = finding({
  id: 'truncated',
  severity: 3,
  fields: ['response'],
  needsResponse: true,
  find: (subject): Place[] => {
    const text = subject.response!;
    const at = unfinished(text, subject.view.prompt);
    if (at === null) return NOWHERE;
    const value = text.value;
    const end = value.trimEnd().length;
    // Offsets inside a Text count code points.
    const start = text.hasAstral ? unitsBefore(text, at) : at;
    return [[Math.min(start, end - 1), end]];
  },
});
