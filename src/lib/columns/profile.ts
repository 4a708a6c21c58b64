import type { View } from '$lib/record/types';
import { CYRILLIC, HAN, LATIN, LETTER } from '$lib/text/unicode';
import { STOP } from '$lib/text/lists';
import { Text } from '$lib/text/text';
import type { Kind, Language, Profile } from './types';

/** Signs of programs: keywords with their syntax, or a code fence. */
const CODE =
  /```|^\s*(?:def \w+\(|class \w+[(:{]|import [\w.]+|from [\w.]+ import |#include\s*<|public (?:static|class) |function \w*\(|(?:const|let|var) \w+ =|<\?php|<!DOCTYPE|SELECT .+ FROM )/im;
const LONGEST = 2000;

function languageOf(share: { zh: number; en: number; other: number }): Language {
  const { zh, en, other } = share;
  if (zh >= 0.85) return 'zh';
  if (en >= 0.85) return 'en';
  if (zh >= 0.1 && en >= 0.1) return 'mixed';
  if (other > 0.5) return 'other';
  return zh > en ? 'zh' : en > 0 ? 'en' : 'other';
}

/**
 * Language and kind of a dataset from a sample of its records (a few hundred are enough): `classification` where there is no
 * response, or a few short ones come again and again; `code` where 40 % of the responses hold program text.
 */
export function detectProfile(sample: Iterable<View>): Profile {
  const text = new Text();
  const counts = { zh: 0, en: 0, other: 0 };
  const responses = new Map<string, number>();
  let rows = 0;
  let answered = 0;
  let long = 0;
  let code = 0;
  for (const view of sample) {
    rows++;
    const main = `${view.prompt.slice(0, LONGEST)}\n${(view.response ?? '').slice(0, LONGEST)}`;
    text.reset(main);
    const letters = text.count(LETTER);
    const han = text.count(HAN);
    if (letters) {
      if (han / letters >= 0.3) counts.zh++;
      else if (text.count(LATIN) / letters >= 0.8 && !text.count(CYRILLIC) && isEnglish(text)) counts.en++;
      else counts.other++;
    }
    if (view.response !== null) {
      answered++;
      responses.set(view.response, (responses.get(view.response) ?? 0) + 1);
      if (view.response.length > 40) long++;
    }
    if (CODE.test((view.response ?? view.prompt).slice(0, LONGEST))) code++;
  }
  const known = counts.zh + counts.en + counts.other || 1;
  const language = languageOf({ zh: counts.zh / known, en: counts.en / known, other: counts.other / known });
  const classes = answered >= 20 && long / answered < 0.05 && responses.size / answered < 0.3;
  const kind: Kind = rows && code / rows >= 0.4 ? 'code' : answered < rows / 2 || classes ? 'classification' : 'chat';
  return { language, kind };
}

/** Latin text counts as English if a word in eight is one of its function words, or if it is too short to tell and plain ASCII. */
function isEnglish(text: Text): boolean {
  const { words } = text;
  let stops = 0;
  for (let id = 0; id < words.distinct; id++) if (words.lists[id] & STOP) stops += words.frequency[id];
  if (words.count < 6) return true;
  return stops / words.count >= 0.12;
}
