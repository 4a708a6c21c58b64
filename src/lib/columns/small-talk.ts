import { finding, NOWHERE } from './finding';
import type { Place } from './finding';
import { wordsOfSmallTalk } from '$lib/text/lists/small-talk';

const LONGEST_PROMPT = 60;
const LONGEST_RESPONSE = 160;
const SKIPPED = /[^\p{L}\p{N}]+/gu;
const SAID = /[\p{L}\p{N}]/u;
const FIRST = new Set([...wordsOfSmallTalk].map((phrase) => phrase[0]));
const LONGEST_PHRASE = Math.max(...[...wordsOfSmallTalk].map((phrase) => phrase.length));

/** True where the whole text is made of phrases of small talk. Quadratic at most in a text of 60 characters. */
export function isSmallTalk(value: string): boolean {
  if (value.length > LONGEST_PROMPT) return false;
  const first = value.search(SAID);
  if (first < 0 || !FIRST.has(value[first].toLowerCase())) return false;
  const text = value.toLowerCase().replace(SKIPPED, '');
  const reached = new Array<boolean>(text.length + 1).fill(false);
  reached[0] = true;
  for (let i = 0; i < text.length; i++) {
    if (!reached[i] || !FIRST.has(text[i])) continue;
    for (let n = 1; n <= LONGEST_PHRASE && i + n <= text.length; n++)
      if (wordsOfSmallTalk.has(text.slice(i, i + n))) reached[i + n] = true;
  }
  return reached[text.length];
}

/** 1 where the user only greets, thanks or says good-bye, and the answer (if there is one) is short. */
export const smallTalk = finding({
  id: 'small_talk',
  severity: 1,
  fields: ['prompt'],
  find: (subject): Place[] => {
    const { prompt, response } = subject.view;
    if (
      prompt.length > 3 * LONGEST_PROMPT ||
      (response !== null && response.length > LONGEST_RESPONSE * Math.max(1, subject.view.turns.length / 2))
    )
      return NOWHERE;
    let said = false;
    for (let start = 0; start < prompt.length;) {
      const end = prompt.indexOf('\n', start);
      const line = end < 0 ? prompt.slice(start) : prompt.slice(start, end);
      if (line.trim()) {
        if (!isSmallTalk(line)) return NOWHERE;
        said = true;
      }
      start = end < 0 ? prompt.length : end + 1;
    }
    return said ? [[0, prompt.length]] : NOWHERE;
  },
});
