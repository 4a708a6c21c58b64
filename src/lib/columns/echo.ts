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

function echoes(subject: Subject): boolean {
  const { prompt, response, turns } = subject.view;
  if (response === null) return false;
  if (repeats(prompt, response)) return true;
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
