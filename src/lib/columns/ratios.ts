import type { Column, Profile, PublishedCut } from './types';
import { DECIMAL, EMOJI, HAN, LETTER, NUMBER, SPACE, SPECIAL, UPPER } from '$lib/text/unicode';

function ratio(
  id: string,
  bits: number,
  source: string,
  bad?: 'high' | 'low',
  published?: (profile: Profile) => PublishedCut | null,
): Column {
  return {
    id,
    unit: 'ratio',
    group: 'characters',
    cost: 'cheap',
    source,
    bad,
    published,
    measure: (s) => s.main.share(bits),
  };
}

/** Share of letters and digits (Python's isalnum; Han counts). */
export const alnum = ratio('alnum', LETTER | NUMBER, 'Data-Juicer alphanumeric_filter', 'low', () => ({
  min: 0.25,
  source: 'Data-Juicer',
}));
/** Share of Data-Juicer's special characters: punctuation, ASCII digits, white space, symbols, emoji. */
export const special = ratio('special', SPECIAL, 'Data-Juicer special_characters_filter', 'high', (p) =>
  p.language === 'en' && p.kind !== 'code' ? { max: 0.25, source: 'Data-Juicer' } : null,
);
/** Share of decimal digits of any script. */
export const digits = ratio('digits', DECIMAL, 'NeMo Curator NumbersFilter', 'high', (p) =>
  p.kind === 'code' ? null : { max: 0.15, source: 'NeMo Curator' },
);
/** Share of white space (Unicode White_Space). */
export const whitespace = ratio('whitespace', SPACE, 'NeMo Curator WhiteSpaceFilter', 'high', (p) =>
  p.kind === 'code' ? null : { max: 0.25, source: 'NeMo Curator' },
);
/** Share of capital letters of any script. */
export const uppercase = ratio('uppercase', UPPER, 'Unicode Uppercase', 'high');
/** Share of emoji, counted as code points. */
export const emoji = ratio('emoji', EMOJI, 'Unicode Emoji_Presentation, Extended_Pictographic', 'high');
/** Share of Han characters. */
export const han = ratio('han', HAN, 'Unicode Script=Han');
