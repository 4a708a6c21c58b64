import { endsSentence } from '$lib/text/sentences';
import type { Text } from '$lib/text/text';
import { FLAGS, HAN, KANA, LATIN, LETTER, NUMBER } from '$lib/text/unicode';
import { endsWord, fullStop, hasComma, openBracket, prose, stretch, titled, unitsBefore } from './endings';
import { finding, NOWHERE } from './finding';
import type { Place } from './finding';
import { mentionsCode } from './code-text';
import { isSmallTalk } from './small-talk';

const set = (chars: string) => new Set([...chars].map((c) => c.codePointAt(0)!));
/** After one of these a text goes on. */
const GOES_ON = set(',，、;；(（[【{「『《“‘—–&＆=');
const END = set('.!?。！？…．；;:：|）)]】」』》”’"\'`~～>}*_$%℃°#');
/** English words and Chinese characters no sentence ends on. */
const OPEN_WORDS = new Set(
  `the a an and or but of to in on at by for with from into onto about as is are was were be been being has have had will would can
could should may might must that which who whose because if when while although though since unless until than then so such their its
your our his her my this these those it they we he she i not no very more most through between among during without within under over
also including like per via both either neither each every do does did`.split(/\s+/),
);
const OPEN_HAN = set('的和与或及是在把被对从向给为以于而且但并将让使则若如其该这那每各某此因由至跟同比按据');
const LONG_ENOUGH = { han: 18, latin: 70 };
/** What a list's number ends with. */
const LIST_SIGNS = set('.、)');
const LIST_LINE =
  /^\s*(?:[-*•·●○▪◦‣–—+]|\(?\d{1,3}[.)、:：]|\(?[a-zA-Z][.)]|[（(]?[一二三四五六七八九十]+[）)、.]|#{1,6}\s|\||>|①|②|③|④|⑤|⑥)/;
const CODE_LINE =
  /^(?:\s{4,}|\t)\S|[;{}]\s*$|^\s*(?:<\/?\w|\/\/|#include|import |from |def |class |return |print|console\.|SELECT |const |let |var )/;
/** A wrong decoding ends as it likes: another finding. */
const GARBLED = /[锟斤拷\ufffd]{2}$/;
/** A list's next number without its item. */
const DANGLING = /(?:^|[。！？；.!?]\s*)(\d{1,2})([.、)])$/;
/** Hashtags, mentions and the name under a quotation end texts without a mark. */
const SIGNED =
  /(?:^|[\s。！？!.])[#＃@][\w\u4e00-\u9fff][^.!?。！？]{0,40}$|["”’'.!?。！？]\s*[-–—~]{1,2}\s?[^!?。！？,，]{2,40}$|^\s*[-–—]{1,2}\s?[^.!?。！？]{2,40}$/;
const URL_END = /\S+:\/\/\S+$|www\.\S+$|\S+@\S+\.\S+$/;

/** True where a line ends with the number of an item whose forerunner stands in the text ("3." after "2. …"; not "is 21."). */
function dangles(line: string, value: string): boolean {
  const found = DANGLING.exec(line);
  if (!found || found[1] === '1') return false;
  const before = `${Number(found[1]) - 1}${found[2]}`;
  const at = value.indexOf(before);
  return at === 0 || (at > 0 && /[\s。！？；，,]/.test(value[at - 1]));
}

/** Where the text was cut off: from the start of the unfinished stretch to the end; null where it looks whole. */
export function unfinished(text: Text): number | null {
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
  if (open) {
    if (end === 44 || end === 0xff0c || end === 0x3001 || end === 0xff1b) {
      // Verse and code end lines so; a letter's salutation and a list of one line too.
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
  // A formula's result.
  if (flags & NUMBER && /[=＝≈][^=＝≈]{0,24}$/.test(line)) return null;
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

function cutInChinese({ text, last, to, start, ended, list }: Tail, end: number, flags: number): boolean {
  const tail = to - start;
  if (flags & LATIN && !ended) return false;
  if (flags & HAN && OPEN_HAN.has(end) && text.length >= 12 && !endsWord(text, to)) return true;
  const commas = hasComma(text.codes, start, to);
  if (ended && tail >= 2) return true;
  if (list) return commas && tail >= LONG_ENOUGH.han + 6 && prose(text, last);
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
  if (lowerCase && words >= 5 && text.length >= 25 && OPEN_WORDS.has(stretch(text, wordStart, to))) return true;
  if (ended && !list && tail >= 3 && words >= 4) return true;
  if (ended && list && tail >= 12 && words >= 8 && (last === 0 || prose(text, last))) return true;
  if (list) return tail >= LONG_ENOUGH.latin && prose(text, last);
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
    const at = unfinished(text);
    if (at === null) return NOWHERE;
    const value = text.value;
    const end = value.trimEnd().length;
    // Offsets inside a Text count code points.
    const start = text.hasAstral ? unitsBefore(text, at) : at;
    return [[Math.min(start, end - 1), end]];
  },
});
