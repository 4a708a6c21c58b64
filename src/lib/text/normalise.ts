import { outsideCode } from './normalise-code';
import { collapseBreaks, collapseSpaces, plainBreaks } from './normalise-space';
import { stripEmoji } from './strip-emoji';
import { stripHtml } from './strip-html';
import { stripBidi, stripControl, stripZeroWidth } from './strip-invisible';
import { stripUrls } from './strip-urls';

/** What is normalised; absent options leave the text alone. */
export interface NormaliseOptions {
  unicode?: 'NFC' | 'NFKC' | 'NFD' | 'NFKD';
  strip?: readonly ('control' | 'zero-width' | 'bidi' | 'html' | 'emoji' | 'urls')[];
  collapse?: readonly ('spaces' | 'newlines')[];
  /** Full-width letters, digits and signs and the ideographic space to plain ones; Chinese punctuation stays. */
  fullWidth?: boolean;
}

/**
 * Full-width forms of ASCII but those that are Chinese punctuation (GB/T 15834-2011: ！（），：；？［］～). Point and slash are
 * punctuation too, unless they stand behind a letter or a digit (３．１４, Ａ／Ｂ).
 */
const FULL_WIDTH =
  /[\uff02-\uff07\uff0a\uff0b\uff0d\uff10-\uff19\uff1c-\uff1e\uff20-\uff3a\uff3c\uff3e-\uff5d\u3000]|(?<=[0-9A-Za-z\uff10-\uff19\uff21-\uff3a\uff41-\uff5a])[\uff0e\uff0f]/g;

/** Full-width letters, digits and signs as ASCII, the ideographic space as a space; Chinese punctuation stays. */
export function plainWidth(text: string): string {
  return text.replace(FULL_WIDTH, (char) =>
    char === '\u3000' ? ' ' : String.fromCharCode(char.charCodeAt(0) - 0xfee0),
  );
}

/**
 * A function that tidies texts. Whatever the order of the options, it works in this one: Unicode form, width, control,
 * zero-width, bidi, HTML, addresses, emoji, spaces, newlines. HTML, addresses, emoji, spaces and newlines leave Markdown
 * code (fenced and inline) alone; HTML goes only where `remains` holds of the text as it is by then. Time is linear in the text.
 */
export function normaliser(options: NormaliseOptions): (text: string, remains?: (text: string) => boolean) => string {
  const { unicode, strip = [], collapse = [], fullWidth = false } = options;
  const works: ((text: string, remains: (text: string) => boolean) => string)[] = [];
  const prose = (change: (text: string) => string) => works.push((text) => outsideCode(text, change));
  if (unicode) works.push((text) => text.normalize(unicode));
  if (fullWidth) works.push(plainWidth);
  if (strip.includes('control')) works.push(stripControl);
  if (strip.includes('zero-width')) works.push(stripZeroWidth);
  if (strip.includes('bidi')) works.push(stripBidi);
  if (strip.includes('html')) works.push((text, remains) => (remains(text) ? outsideCode(text, stripHtml) : text));
  if (strip.includes('urls')) prose(stripUrls);
  if (strip.includes('emoji')) prose(stripEmoji);
  if (collapse.includes('newlines')) works.push(plainBreaks);
  if (collapse.includes('spaces')) works.push(spacesOutsideCode);
  if (collapse.includes('newlines')) prose(collapseBreaks);
  return (text, remains = () => true) => {
    for (const work of works) text = work(text, remains);
    return text;
  };
}

function spacesOutsideCode(text: string): string {
  return outsideCode(text, (prose, start, end) =>
    collapseSpaces(prose, start === 0 || text[start - 1] === '\n', end === text.length),
  );
}
