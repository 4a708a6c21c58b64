import { endsSentence } from '$lib/text/sentences';
import type { Text } from '$lib/text/text';
import { FLAGS, LATIN, LETTER, NUMBER, PUNCTUATION, UPPER } from '$lib/text/unicode';

/** The characters [from, to) as a string. */
export function stretch(text: Text, from: number, to: number): string {
  return text.hasAstral ? String.fromCodePoint(...text.codes.subarray(from, to)) : text.value.slice(from, to);
}

/** Place of an opening bracket near the end that nothing closes, or −1. */
export function openBracket(codes: Uint32Array, length: number): number {
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

const ABBREVIATIONS = new Set('mr mrs ms dr prof st jr sr vs etc no inc ltd co fig eg ie approx dept mt'.split(' '));

/** A dot that ends a sentence: white space after it, and neither a list's number, an initial nor an abbreviation before it. */
export function fullStop(text: Text, dot: number, from: number): boolean {
  const { codes, classes } = text;
  if (codes[dot + 1] !== 32) return false;
  let start = dot;
  while (start > from && FLAGS[classes[start - 1]] & (LETTER | NUMBER)) start--;
  const word = stretch(text, Math.max(start, dot - 12), dot);
  if (/^\d{1,3}$/.test(word) || /^[A-Z]$/.test(word)) return false;
  return !ABBREVIATIONS.has(word.toLowerCase());
}

/** A title: most of the longer words begin with a capital. */
export function titled(classes: Uint8Array, from: number, to: number): boolean {
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

/** 目的, 总和, 理由 …: words that may end a text although their last character looks open. */
const FINE_ENDS =
  /(?:目的|是的|好的|对的|的的|有的|总和|温和|柔和|饱和|缓和|参与|给予|赋予|现在|存在|所在|内在|外在|实在|正在|自在|自从|方向|意向|取向|认为|行为|作为|成为|以为|可以|所以|足以|难以|关于|等于|大于|小于|属于|位于|终于|处于|基于|由于|而且|并且|理由|自由|甚至|以至|不同|相同|共同|合同|依据|数据|证据|根据|占据|对比|相比|占比|性价比|不比|应该|如此|因此|彼此|应对|面对|绝对|不对|正对|名将|即将|假若|尤其|极其|与其|凭据|收据|票据|反向|走向|导向|供给|补给|发给|交给|比如|例如)$/;
/** True where the text up to `to` ends with such a word. */
export function endsWord(text: Text, to: number): boolean {
  const tail = stretch(text, Math.max(0, to - 4), to);
  return FINE_ENDS.test(tail) && !/(?:比如|例如|由于|而且|并且|因此|所以|正在|即将|尤其|关于|基于|以及)$/.test(tail);
}

/** True where a comma stands in [from, to). */
export function hasComma(codes: Uint32Array, from: number, to: number): boolean {
  for (let i = from; i < to; i++) if (codes[i] === 0xff0c || codes[i] === 44) return true;
  return false;
}

/** True where the lines before the last one are prose: most of them end with an end mark. */
export function prose(text: Text, last: number): boolean {
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

/** UTF-16 units before a place that counts code points. */
export function unitsBefore(text: Text, place: number): number {
  let units = 0;
  for (let i = 0; i < place; i++) units += text.codes[i] > 0xffff ? 2 : 1;
  return units;
}
