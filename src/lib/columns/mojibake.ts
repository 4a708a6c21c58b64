import { BROKEN, HAN, LATIN } from '$lib/text/unicode';
import { FIELDS, finding, matches, NOWHERE } from './finding';
import type { Place } from './finding';

/** Bytes 80–9F as Windows-1252 shows them; the rest of 80–BF shows as itself. */
const CP1252 =
  '\u20ac\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\u017d\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\u017e\u0178';
const TAIL = `[\\u0080-\\u00bf${CP1252}]`;
/** UTF-8 of two, three or four bytes read as Latin-1 or Windows-1252. */
const LATIN_READ = new RegExp(`(?:[\\u00c2-\\u00df]${TAIL}|[\\u00e0-\\u00ef]${TAIL}{2}|\\u00f0${TAIL}{3})+`, 'g');
/** What is left of UTF-8 or GBK after a decoder's replacement, and memory's fill patterns read as GBK. */
const KNOWN = /(?:锟斤拷)+|(?:锟斤)|(?:烫烫烫)+|(?:屯屯屯)+|(?:ï¿½)+/g;
/** Characters that UTF-8 read as GBK turns into again and again (，。、 “ ” 的 是 我 你 一 不 了 有 …) and that texts hardly use. */
const GBK_READ = new Uint8Array(0x10000);
for (const c of '锛銆鈥鐨鏄鎴浣涓鍦鏈浜鍙瀹鍒鍚澶鏃鍜杩鍏绗閫鎵鎬缁鐢璇鑳骞浠鏂鍥鍔瑕杞涔犲叆鍑鐞鍛戠鍐楀皢瀛栨嫨閲忔鍗曚綅鎹鏁')
  GBK_READ[c.charCodeAt(0)] = 1;
/** Of these, the ones that texts hardly ever use by themselves. */
for (const c of '锛銆鈥鐨鎴鍦鍚鍜杩鎵缁璇鑳鍥鐢鍙鏄浣涓鏈鍒鏃浜') GBK_READ[c.charCodeAt(0)] = 2;

function gbkPlaces(value: string): Place[] {
  let first = -1;
  let last = -1;
  let hits = 0;
  let rare = 0;
  for (let i = 0; i < value.length; i++) {
    const mark = GBK_READ[value.charCodeAt(i)];
    if (!mark) continue;
    hits++;
    if (mark === 2) rare++;
    if (first < 0) first = i;
    last = i + 1;
  }
  return hits >= 3 && rare >= 2 && hits / (last - first) > 0.12 ? [[first, last]] : NOWHERE;
}

/** 1 where text was decoded wrongly: U+FFFD or a lone surrogate, 锟斤拷, UTF-8 read as Latin-1 (Ã©, å¥½) or as GBK (浣犲ソ). */
export const mojibake = finding({
  id: 'mojibake',
  severity: 3,
  group: 'characters',
  fields: FIELDS,
  find: (subject, field, all) => {
    const text = subject[field];
    if (!text) return NOWHERE;
    const { value } = text;
    const places: Place[] = [];
    if (text.count(BROKEN)) places.push(...matches(/[\ufffd\ud800-\udfff]+/gu, value, all));
    const han = text.count(HAN);
    if (han) places.push(...matches(KNOWN, value, all));
    if (text.count(LATIN) > text.asciiLetters) {
      const read = matches(LATIN_READ, value, true).filter(([start, end]) => telling(value.slice(start, end)));
      places.push(...(all ? read : read.slice(0, 1)));
    }
    if (han >= 3 && !places.length) places.push(...gbkPlaces(value));
    return places.length ? places : NOWHERE;
  },
});

/**
 * A run that no text has by itself: three bytes and more, or Ã / Â / Ð / Ñ with its partner. A single other pair could be a real
 * letter before a sign (É™, Ä°).
 */
function telling(run: string): boolean {
  return run.length >= 3 || /^[\u00c2\u00c3\u00d0\u00d1][\u0080-\u00bf\u20ac\u2122\u0161\u0153\u017e\u0178]/.test(run);
}
