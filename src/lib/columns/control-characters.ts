import { ARABIC, EMOJI, FLAGS, INVISIBLE, LATIN, HAN, LETTER, MARK, classOf } from '$lib/text/unicode';
import { FIELDS, finding, NOWHERE } from './finding';
import type { Place } from './finding';

const ZWNJ = 0x200c;
const ZWJ = 0x200d;
const VARIATION = 0xfe0f;

const flags = (code: number | undefined) => (code === undefined ? 0 : FLAGS[classOf(code)]);

/** Joiners belong to emoji sequences and to scripts that join letters; direction marks to texts written from the right. */
function belongs(code: number, before: number | undefined, after: number | undefined, rightToLeft: boolean): boolean {
  // C1 controls and soft hyphens between letters of Latin-1 are what mojibake looks like: another finding.
  if ((code >= 0x80 && code < 0xa0) || code === 0xad) {
    const latin1 = (c: number | undefined) => c !== undefined && c >= 0x80 && c <= 0xff;
    if (latin1(before) || latin1(after)) return true;
  }
  if (code === ZWJ && (flags(before) & EMOJI || before === VARIATION) && flags(after) & EMOJI) return true;
  if ((code === ZWJ || code === ZWNJ) && before !== undefined && after !== undefined) {
    const joins = (c: number) =>
      flags(c) & ARABIC || (flags(c) & (LETTER | MARK) && !(flags(c) & (LATIN | HAN)) && c >= 0x0590);
    return Boolean(joins(before) && joins(after));
  }
  return rightToLeft && (code === 0x200e || code === 0x200f || code === 0x61c);
}

function codeBefore(value: string, i: number): number | undefined {
  if (i <= 0) return undefined;
  const low = value.charCodeAt(i - 1);
  return (low & 0xfc00) === 0xdc00 && i > 1 ? value.codePointAt(i - 2) : low;
}

/** 1 where control, zero-width or bidi characters stand in a text; those of emoji, Persian and Indic scripts are no fault. */
export const controlCharacters = finding({
  id: 'control_characters',
  severity: 2,
  group: 'characters',
  source: 'Unicode Cc, Cf',
  fields: FIELDS,
  find: (subject, field, all) => {
    const text = subject[field];
    if (!text || !text.count(INVISIBLE)) return NOWHERE;
    const { value } = text;
    const rightToLeft = text.count(ARABIC) > 0 || /[\u0590-\u05ff]/.test(value);
    const places: Place[] = [];
    for (let i = 0; i < value.length; i++) {
      const code = value.charCodeAt(i);
      if (!(FLAGS[classOf(code)] & INVISIBLE)) continue;
      if (belongs(code, codeBefore(value, i), value.codePointAt(i + 1), rightToLeft)) continue;
      const previous = places.at(-1);
      if (previous && previous[1] === i) previous[1] = i + 1;
      else places.push([i, i + 1]);
      if (!all) break;
    }
    return places;
  },
});
