import type { Text } from '$lib/text/text';
import { byLanguage, ofMain } from './helpers';

const HASH = 35;
const DOT = 46;
const ELLIPSIS = 0x2026;

function ellipses({ codes, length, value }: Text): number {
  if (!value.includes('…') && !value.includes('...')) return 0;
  let n = 0;
  for (let i = 0; i < length; i++) {
    if (codes[i] === ELLIPSIS) n++;
    else if (codes[i] === DOT && i + 2 < length && codes[i + 1] === DOT && codes[i + 2] === DOT) {
      n++;
      i += 2;
    }
  }
  return n;
}

/** `#` per word or ellipses per word, whichever is more. */
export const symbolRatio = ofMain(
  {
    id: 'symbol_ratio',
    group: 'characters',
    source: 'Gopher (Rae et al. 2021)',
    bad: 'high',
    published: byLanguage('max', 0.1, 0.1, 'Gopher'),
  },
  (text) => (text.words.count ? Math.max(text.countOf(HASH), ellipses(text)) / text.words.count : NaN),
);

const BRACKETS = [...'{}[]()'].map((c) => c.charCodeAt(0));

/** Brackets of Chinese and Japanese text and their full-width forms: 〈〉《》「」『』【】〔〕〖〗〘〙〚〛（）［］｛｝｟｠｢｣; and ⟨⟩, which NeMo counts. */
function wideBrackets({ codes, length, ascii }: Text): number {
  if (ascii === length) return 0;
  let n = 0;
  for (let i = 0; i < length; i++) {
    const code = codes[i];
    if (code < 0x27e8) continue;
    if (code <= 0x27e9 || (code >= 0x3008 && code <= 0x301b && code !== 0x3012 && code !== 0x3013)) n++;
    else if (code >= 0xff08 && code <= 0xff63 && WIDE.includes(code)) n++;
  }
  return n;
}

const WIDE = [...'（）［］｛｝｟｠｢｣'].map((c) => c.charCodeAt(0));

/** Share of brackets among the characters, Chinese and full-width ones included. */
export const brackets = ofMain(
  {
    id: 'brackets',
    group: 'characters',
    source: 'NeMo Curator ParenthesesFilter',
    bad: 'high',
    published: (p) => (p.kind === 'code' ? null : { max: 0.1, source: 'NeMo Curator' }),
  },
  (text) => BRACKETS.reduce((n, code) => n + text.countOf(code), wideBrackets(text)) / text.length,
);

const URL = /https?:\/\/(?:[A-Za-z0-9$\-_@.&+/:=?#~!*(),]|%[0-9A-Fa-f]{2})+/g;

/** Share of characters inside web addresses. */
export const urlChars = ofMain(
  {
    id: 'url_chars',
    group: 'characters',
    source: 'NeMo Curator UrlsFilter',
    bad: 'high',
    published: () => ({ max: 0.2, source: 'NeMo Curator' }),
  },
  (text) => {
    if (!text.countOf(58) || !text.value.includes('://')) return 0;
    let chars = 0;
    for (const [url] of text.value.matchAll(URL)) chars += url.length;
    return chars / text.length;
  },
);
