import { HAN, KANA, LETTER, LATIN, NUMBER, FLAGS, PUNCTUATION, UPPER } from '$lib/text/unicode';
import { endsSentence } from '$lib/text/sentences';
import type { Text } from '$lib/text/text';
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
const DANGLING = /(?:^|[\s。！？；.])\d{1,2}[.、)]$/;
/** Hashtags, mentions and the name under a quotation end texts without a mark. */
const SIGNED =
  /(?:^|[\s。！？!.])[#＃@][\w\u4e00-\u9fff][^.!?。！？]{0,40}$|["”’'.!?。！？]\s*[-–—~]{1,2}\s?[^.!?。！？,，]{2,40}$|^\s*[-–—]{1,2}\s?[^.!?。！？]{2,40}$/;
const URL_END = /\S+:\/\/\S+$|www\.\S+$|\S+@\S+\.\S+$/;

/** The characters [from, to) as a string. */
function stretch(text: Text, from: number, to: number): string {
  return text.hasAstral ? String.fromCodePoint(...text.codes.subarray(from, to)) : text.value.slice(from, to);
}

/** Place of an opening bracket near the end that nothing closes, or −1. */
function openBracket(codes: Uint32Array, length: number): number {
  const pairs: Record<number, number> = {
    41: 40,
    93: 91,
    0xff09: 0xff08,
    0x3011: 0x3010,
    0x300d: 0x300c,
    0x300b: 0x300a,
  };
  const closed = new Map<number, number>();
  const from = Math.max(0, length - 240);
  for (let i = length - 1; i >= from; i--) {
    const code = codes[i];
    const opener = pairs[code];
    if (opener) closed.set(opener, (closed.get(opener) ?? 0) + 1);
    else if (code === 40 || code === 91 || code === 0xff08 || code === 0x3010 || code === 0x300c || code === 0x300a) {
      const n = closed.get(code) ?? 0;
      // `:(` and `;(` are faces.
      if (!n) return i > 0 && (codes[i - 1] === 58 || codes[i - 1] === 59) ? -1 : i;
      closed.set(code, n - 1);
    }
  }
  return -1;
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
  if (DANGLING.test(line)) return to - 1;
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
  if (chinese) {
    if (flags & LATIN && !ended) return null;
    if (flags & HAN && OPEN_HAN.has(end) && text.length >= 12 && !endsWord(text, to)) return start;
    const commas = hasComma(codes, start, to);
    if (ended && tail >= 2) return start;
    if (list) return commas && tail >= LONG_ENOUGH.han + 6 && prose(text, last) ? start : null;
    const others = prose(text, last);
    return (tail >= LONG_ENOUGH.han && commas) || (others && tail >= 6) || tail >= 3 * LONG_ENOUGH.han ? start : null;
  }
  if (!(flags & LATIN) && !(flags & NUMBER)) return null;
  let wordStart = to;
  while (wordStart > from && FLAGS[classes[wordStart - 1]] & (LETTER | NUMBER)) wordStart--;
  const word = stretch(text, wordStart, to).toLowerCase();
  const words = line.trim().split(/\s+/).length;
  if (OPEN_WORDS.has(word) && words >= 5 && text.length >= 25 && isLower(codes[wordStart])) return start;
  if (ended && tail >= 3 && words >= 4 && !list) return start;
  if (ended && list && tail >= 12 && words >= 8 && (last === 0 || prose(text, last))) return start;
  if (list) return prose(text, last) && tail >= LONG_ENOUGH.latin ? start : null;
  return (tail >= LONG_ENOUGH.latin * 2 || (tail >= 40 && prose(text, last))) && words >= 7 ? start : null;
}

const ABBREVIATIONS = new Set('mr mrs ms dr prof st jr sr vs etc no inc ltd co fig eg ie approx dept mt'.split(' '));

/** A dot that ends a sentence: white space after it, and neither a list's number, an initial nor an abbreviation before it. */
function fullStop(text: Text, dot: number, from: number): boolean {
  const { codes, classes } = text;
  if (codes[dot + 1] !== 32) return false;
  let start = dot;
  while (start > from && FLAGS[classes[start - 1]] & (LETTER | NUMBER)) start--;
  const word = stretch(text, Math.max(start, dot - 12), dot);
  if (/^\d{1,3}$/.test(word) || /^[A-Z]$/.test(word)) return false;
  return !ABBREVIATIONS.has(word.toLowerCase());
}

/** A title: most of the longer words begin with a capital. */
function titled(classes: Uint8Array, from: number, to: number): boolean {
  let long = 0;
  let capital = 0;
  for (let i = from; i < to;) {
    if (!(FLAGS[classes[i]] & LATIN)) {
      i++;
      continue;
    }
    const start = i;
    while (i < to && FLAGS[classes[i]] & (LETTER | NUMBER)) i++;
    if (i - start < 4) continue;
    long++;
    if (FLAGS[classes[start]] & UPPER) capital++;
  }
  return long >= 3 && capital / long >= 0.7;
}

function isLower(code: number): boolean {
  return code >= 97 && code <= 122;
}

/** 目的, 总和, 理由 …: words that may end a text although their last character looks open. */
const FINE_ENDS =
  /(?:目的|是的|好的|对的|的的|有的|总和|温和|柔和|饱和|缓和|和|参与|给予|赋予|现在|存在|所在|内在|外在|实在|正在|自在|自从|方向|意向|取向|认为|行为|作为|成为|以为|可以|所以|足以|难以|关于|等于|大于|小于|属于|位于|终于|处于|基于|由于|而且|并且|理由|自由|甚至|以至|不同|相同|共同|合同|依据|数据|证据|根据|占据|对比|相比|占比|性价比|不比|应该|如此|因此|彼此|应对|面对|绝对|不对|正对|名将|即将|假若|尤其|极其|与其|凭据|收据|票据|反向|走向|导向|供给|补给|发给|交给|按|比如|例如)$/;
function endsWord(text: Text, to: number): boolean {
  const tail = stretch(text, Math.max(0, to - 4), to);
  return FINE_ENDS.test(tail) && !/(?:比如|例如|由于|而且|并且|因此|所以|正在|即将|尤其|关于|基于|以及)$/.test(tail);
}

function hasComma(codes: Uint32Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (codes[i] === 0xff0c || codes[i] === 44) return true;
  return false;
}

/** True where the lines before the last one are prose: most of them end with an end mark. */
function prose(text: Text, last: number): boolean {
  const { lines, codes, classes } = text;
  let filled = 0;
  let ended = 0;
  for (let l = 0; l < last; l++) {
    if (lines.to[l] - lines.from[l] < 8) continue;
    filled++;
    const end = codes[lines.to[l] - 1];
    if (endsSentence(codes, lines.from[l], lines.to[l]) || end === 58 || end === 0xff1a || end === 0xff1b) ended++;
    else if (!(FLAGS[classes[lines.to[l] - 1]] & PUNCTUATION) && lines.to[l] - lines.from[l] < 24) filled--;
  }
  return filled > 0 && ended / filled >= 0.75;
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

function unitsBefore(text: Text, place: number): number {
  let units = 0;
  for (let i = 0; i < place; i++) units += text.codes[i] > 0xffff ? 2 : 1;
  return units;
}
