import type { Lang } from './format';
import { hasMessage, messages, translate, type Params } from './index';

/** Values of a message that are words of ours (or a library's); all others are names and stay as they are. */
const WORDS = new Set(['reason', 'found', 'expected', 'kind', 'message']);
/** Of these, the ones a library may have worded. */
const QUOTED = new Set(['reason', 'message']);

const PHRASES = Object.entries(messages.en)
  .filter(([key]) => key.startsWith('phrase.') && key !== 'phrase.original' && key !== 'phrase.or')
  .map(([key, text]) => ({ key, pattern: patternOf(text) }));

/** Matches a phrase with whatever its holes hold. */
function patternOf(text: string): RegExp {
  const parts = text.split(/\{([\w-]+)\}/);
  const source = parts.map((part, i) => (i % 2 ? `(?<${part}>.+)` : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')));
  return new RegExp(`^${source.join('')}$`);
}

/** An English phrase in that language; what is not known stays, or is `quoted` as a library's own words. */
export function phrase(lang: Lang, text: string, quoted = false): string {
  if (lang === 'en') return text;
  for (const { key, pattern } of PHRASES) {
    const found = pattern.exec(text);
    if (found) return translate(lang, key, { ...found.groups });
  }
  const [a, ...rest] = text.split(' or ');
  if (rest.length) return translate(lang, 'phrase.or', { a: phrase(lang, a), b: phrase(lang, rest.join(' or ')) });
  return quoted ? translate(lang, 'phrase.original', { text }) : text;
}

/** A message whose values hold English words of ours, all of it in that language; null where there is no such message. */
export function said(lang: Lang, key: string, params: Params = {}): string | null {
  if (!hasMessage(lang, key)) return null;
  const entries = Object.entries(params);
  const own = entries.map(([name, value]) => [
    name,
    typeof value === 'string' && WORDS.has(name) ? phrase(lang, value, QUOTED.has(name)) : value,
  ]);
  return translate(lang, key, Object.fromEntries(own) as Params);
}
