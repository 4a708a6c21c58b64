import type { Text } from '$lib/text/text';
import { LETTER, NUMBER } from '$lib/text/unicode';
import { finding, NOWHERE, trimmed } from './finding';
import type { Subject } from './subject';

const SIGNS = /[^\p{L}\p{N}]+/gu;
const LEAST = 6;

function plain(value: string): string {
  return value.replace(SIGNS, '').toLowerCase();
}

/** True where the answer is the question again (letters and digits only), alone or with little added. */
function repeats(question: string, answer: string): boolean {
  if (answer.length < question.length * 0.5 || answer.length > question.length * 2 + 40 || question.length < LEAST)
    return false;
  const asked = plain(question);
  if (asked.length < LEAST) return false;
  const answered = plain(answer);
  if (asked === answered) return true;
  return asked.length >= 12 && answered.length <= asked.length * 1.25 && answered.includes(asked);
}

/** False where letters and digits are too few or too many for `repeats`; a few may be written in several units or lose their case. */
function alike(question: Text, answer: Text): boolean {
  const asked = question.count(LETTER) + question.count(NUMBER);
  const answered = answer.count(LETTER) + answer.count(NUMBER);
  if (question.hasAstral || answer.hasAstral) return true;
  return answered >= asked - 8 && answered <= 1.25 * asked + 8;
}

function echoes(subject: Subject): boolean {
  const { prompt, response, turns } = subject.view;
  if (response === null) return false;
  if (alike(subject.prompt, subject.response!) && repeats(prompt, response)) return true;
  // Two turns are the prompt and the response.
  if (turns.length <= 2) return false;
  for (let t = 1; t < turns.length; t++)
    if (turns[t].role === 'assistant' && turns[t - 1].role === 'user' && repeats(turns[t - 1].text, turns[t].text))
      return true;
  return false;
}

/** 1 where a response only repeats its prompt. */
export const echo = finding({
  id: 'echo',
  severity: 2,
  fields: ['response'],
  needsResponse: true,
  find: (subject) => (echoes(subject) ? [trimmed(subject.view.response!)] : NOWHERE),
});
