import { codePlaces, mentionsCode } from './code-text';
import { Text } from './text';

const TAG =
  /<\/?(?:p|br|hr|div|span|a|b|i|u|s|em|strong|font|center|ul|ol|li|dl|dt|dd|table|thead|tbody|tr|td|th|img|h[1-6]|html|head|body|meta|link|script|style|iframe|form|input|button|label|section|article|header|footer|nav|main|blockquote|pre|code|sup|sub|small|video|audio|figure|figcaption|strike|del|ins)(?:\s[^<>=]{1,60}=[^<>]{0,600}|\s)?\/?>/gi;
const ENTITY =
  /&(?:nbsp|lt|gt|amp|quot|apos|copy|reg|trade|hellip|mdash|ndash|ldquo|rdquo|lsquo|rsquo|middot|bull|laquo|raquo|times|deg|euro|yen|ensp|emsp|#\d{2,6}|#x[0-9a-f]{2,5});/gi;
/** A prompt that speaks of markup wants it. */
const ABOUT =
  /html|\bxml\b|\bweb\b|home ?page|background colou?r|\btags?\b|\bcss\b|web ?page|(?:build|design|create|make|develop)[^.!?\n]{0,24}web ?site|markup|javascript|\bjs\b|\breact\b|\bvue\b|\bangular\b|\bphp\b|\bjsp\b|\bsvg\b|\bdom\b|\brss\b|hyperlink|\bcode\b|markdown|\bpython\b|crawler|embed|\bbold|italic|underline|highlight|\bfonts?\b|\bstyle\b|加粗|斜体|下划线|高亮|字体|样式|标签|网页|(?:做|建|设计|开发|制作|搭建)[^。！？\n]{0,10}网站|前端|代码|超链接|标记语言/i;

/** A picture or a sound that the prompt shows: it is what the prompt is about. */
const SHOWN = /^<(?:img|audio|video|iframe)\s[^>]*\bsrc\s*=/i;

/** A whole page or form was asked for, whatever the prompt calls it. */
const PAGE = /^\s*(?:<!doctype|<html|<form|<svg|<\?xml|<table|<audio|<video|<img)/i;

/** What is said around a text. */
interface Said {
  prompt: string;
  response: string | null;
  system: string;
}

type Role = 'prompt' | 'response' | 'system' | 'other';

/** Tags and entities of a text outside code, as places in ascending order; in a prompt without the pictures it shows. */
export function htmlRemains(text: string, role: Role): [start: number, end: number][] {
  const found = [...text.matchAll(TAG), ...text.matchAll(ENTITY)];
  if (!found.length) return [];
  const code = codePlaces(text);
  return found
    .filter(
      ({ 0: piece, index }) =>
        !code.some(([from, to]) => index >= from && index < to) && !(role === 'prompt' && SHOWN.test(piece)),
    )
    .map(({ 0: piece, index }): [number, number] => [index, index + piece.length])
    .sort((a, b) => a[0] - b[0]);
}

/** Whether a record is about markup, so that what its text in `role` holds of it is meant: by what was asked, or by the answer. */
export function htmlWanted(said: Said, role: Role): boolean {
  if (ABOUT.test(said.prompt.replace(TAG, ' ')) || ABOUT.test(said.system)) return true;
  const response = said.response ?? '';
  return role === 'response' && (PAGE.test(response) || mentionsCode(new Text(response)));
}
