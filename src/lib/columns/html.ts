import { codePlaces, mentionsCode } from './code-text';
import { finding, matches, NOWHERE } from './finding';

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

/** 1 where tags or entities are left in a text, outside code and where the prompt is not about markup. */
export const html = finding({
  id: 'html',
  severity: 2,
  group: 'characters',
  fields: ['prompt', 'response'],
  find: (subject, field, all) => {
    const text = subject[field]!;
    const tags = text.countOf(60) > 0 && text.countOf(62) > 0;
    const entities = text.countOf(38) > 0 && text.countOf(59) > 0;
    if (!tags && !entities) return NOWHERE;
    const { value } = text;
    const found = [...(tags ? matches(TAG, value, true) : []), ...(entities ? matches(ENTITY, value, true) : [])];
    if (!found.length) return NOWHERE;
    const words = subject.view.prompt.replace(TAG, ' ');
    if (ABOUT.test(words) || ABOUT.test(subject.view.system)) return NOWHERE;
    if (field === 'response' && (PAGE.test(value) || mentionsCode(text))) return NOWHERE;
    const code = codePlaces(value);
    const outside = found.filter(
      ([start, end]) =>
        !code.some(([from, to]) => start >= from && start < to) &&
        !(field === 'prompt' && SHOWN.test(value.slice(start, end))),
    );
    outside.sort((a, b) => a[0] - b[0]);
    return all ? outside : outside.slice(0, 1);
  },
});
