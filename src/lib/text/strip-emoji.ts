import { EMOJI, flagsOf } from './unicode';

/** Anything that may begin an emoji or hold one together; most texts have none. */
const CANDIDATE = /[\u00a9\u00ae\u203c-\u3299\ufe0f\u20e3]|[\u{1f000}-\u{1faff}]/u;
const KEYCAP = /[0-9#*]\ufe0f?\u20e3/g;

const VARIATION = 0xfe0f;
const ZWJ = 0x200d;
const isEmoji = (code: number) => (flagsOf(code) & EMOJI) !== 0;
const isTail = (code: number) =>
  code === VARIATION || (code >= 0x1f3fb && code <= 0x1f3ff) || (code >= 0xe0020 && code <= 0xe007f);

/** The text without emoji: whole sequences with their modifiers, joiners, flags and keycaps. Signs such as © stay unless drawn as emoji. */
export function stripEmoji(text: string): string {
  if (!CANDIDATE.test(text)) return text;
  const source = text.replace(KEYCAP, '');
  let out = '';
  let kept = 0;
  for (let at = 0; at < source.length;) {
    const code = source.codePointAt(at)!;
    let next = at + (code > 0xffff ? 2 : 1);
    if (!isEmoji(code) && (code < 0xa9 || source.charCodeAt(next) !== VARIATION)) {
      at = next;
      continue;
    }
    next = tailEnd(source, next);
    out += source.slice(kept, at);
    kept = at = next;
  }
  return out + source.slice(kept);
}

/** Where an emoji ends whose first character ends at `at`. */
function tailEnd(text: string, at: number): number {
  for (;;) {
    const code = text.codePointAt(at);
    if (code === undefined) return at;
    if (isTail(code)) at += code > 0xffff ? 2 : 1;
    else if (code === ZWJ) {
      const joined = text.codePointAt(at + 1);
      if (joined === undefined) return at;
      const end = at + 1 + (joined > 0xffff ? 2 : 1);
      if (!isEmoji(joined) && text.charCodeAt(end) !== VARIATION) return at + 1;
      at = end;
    } else return at;
  }
}
