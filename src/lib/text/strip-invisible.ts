import { EMOJI, flagsOf } from './unicode';

/** C0 but tab, line feed and carriage return; DEL and C1; interlinear marks; non-characters. */
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufff9-\ufffb\ufffe\uffff]+/g;
/** Marks, embeddings, overrides, isolates, and the deprecated format characters beside them. */
const BIDI = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f]+/g;
/** Soft hyphen, zero-width space, joiners, word joiner and invisible operators, byte-order mark, tag characters. */
const ZERO_WIDTH = /[\u00ad\u180e\u200b-\u200d\u2060-\u2064\ufeff]|[\u{e0000}-\u{e007f}]+/gu;

const VARIATION = 0xfe0f;
const ZWJ = '\u200d';
const ZWNJ = '\u200c';
const BLACK_FLAG = 0x1f3f4;
const TAG_END = 0xe007f;

/** Blocks of scripts in which joiners shape the letters: Arabic to N'Ko, the Indic scripts to Tibetan, Myanmar, Khmer, Mongolian. */
const SHAPED: readonly [number, number][] = [
  [0x0600, 0x08ff],
  [0x0900, 0x0dff],
  [0x0f00, 0x109f],
  [0x1780, 0x18af],
  [0xa840, 0xa87f],
  [0xfb50, 0xfdff],
  [0xfe70, 0xfefc],
];

/** The text without control characters; tab, line feed and carriage return stay. */
export function stripControl(text: string): string {
  return text.replace(CONTROL, '');
}

/** The text without the characters that turn its direction. */
export function stripBidi(text: string): string {
  return text.replace(BIDI, '');
}

/**
 * The text without characters that nobody sees. Joiners stay where they do something: inside an emoji, and between letters
 * of a script that they shape (Persian, Hindi, …); tag characters stay in a flag (England, Scotland, …).
 */
export function stripZeroWidth(text: string): string {
  return text.replace(ZERO_WIDTH, (found, at: number) => {
    const before = codeBefore(text, at);
    const after = text.codePointAt(at + found.length);
    if (found === ZWJ && joinsEmoji(text, before, at, after)) return found;
    if ((found === ZWJ || found === ZWNJ) && isShaped(before) && isShaped(after)) return found;
    if (before === BLACK_FLAG && found.codePointAt(found.length - 2) === TAG_END) return found;
    return '';
  });
}

function joinsEmoji(text: string, before: number | undefined, at: number, after: number | undefined): boolean {
  if (after === undefined || before === undefined) return false;
  const left = before === VARIATION || before === TAG_END || isEmoji(before);
  // Arrows and the like are emoji only by the variation selector behind them.
  const right = isEmoji(after) || text.charCodeAt(at + 1 + (after > 0xffff ? 2 : 1)) === VARIATION;
  return left && right;
}

const isEmoji = (code: number) => (flagsOf(code) & EMOJI) !== 0;

function isShaped(code: number | undefined): boolean {
  return code !== undefined && SHAPED.some(([from, to]) => code >= from && code <= to);
}

function codeBefore(text: string, at: number): number | undefined {
  if (at === 0) return undefined;
  const low = text.charCodeAt(at - 1);
  return low >= 0xdc00 && low <= 0xdfff && at > 1 ? text.codePointAt(at - 2) : low;
}
