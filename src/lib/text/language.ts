import { ENGLISH } from './lists';
import type { Text } from './text';
import { HAN, HANGUL, KANA, LATIN, LETTER } from './unicode';

/** ISO 639-1 codes that can come out, zh and en first. `other`: a language the detector does not know. */
export const LANGUAGES = [
  ...'zh en ja ko ru ar am az be bg bn ca cs da de el es et eu fa fi fr gu he hi hr hu hy is it ka kn ku lo lt lv ml mr ms nl no or pa pl pt ro sk sl sq sr sv ta te th tl tr uk ur vi yo'.split(
    ' ',
  ),
  'other',
] as const;
const CODE = new Map<string, number>(LANGUAGES.map((language, code) => [language, code]));
const EN = CODE.get('en')!;

export interface DetectedLanguage {
  /** Index into LANGUAGES. */
  code: number;
  /** 0–1: the share of letters in the language's script (rules), or the detector's lead over the next language. */
  confidence: number;
}

/** What is used of eld. */
export interface Detector {
  detect(text: string): { language: string; getScores(): Record<string, number>; isReliable(): boolean };
}
let detector: Detector | null = null;

/** Loads eld's small database (once a thread). */
export async function loadLanguages(): Promise<void> {
  detector ??= (await import('eld/small')).eld as Detector;
}

const PREFIX = 100;
/** A Han character says as much as this many Latin letters. */
const HAN_WEIGHT = 3;

/**
 * Language of a text; null where it has no letters. Han, kana and hangul decide by themselves; Latin text of which a sixth is common
 * English words (that no neighbour language has) is English; the rest is asked of eld by its first 100 characters.
 */
export function detectLanguage(text: Text): DetectedLanguage | null {
  const letters = text.count(LETTER);
  if (!letters) return null;
  const han = text.count(HAN);
  const kana = text.count(KANA);
  const hangul = text.count(HANGUL);
  const latin = text.count(LATIN);
  const weight = HAN_WEIGHT * (han + kana + hangul) + (letters - han - kana - hangul);
  if (HAN_WEIGHT * (han + kana) >= 0.5 * weight) {
    const japanese = kana > 0.1 * (han + kana);
    return {
      code: CODE.get(japanese ? 'ja' : 'zh')!,
      confidence: (HAN_WEIGHT * (japanese ? han + kana : han)) / weight,
    };
  }
  if (HAN_WEIGHT * hangul >= 0.5 * weight) return { code: CODE.get('ko')!, confidence: (HAN_WEIGHT * hangul) / weight };
  const { words } = text;
  if (latin >= 0.9 * (letters - han - kana - hangul)) {
    let hits = 0;
    for (let id = 0; id < words.distinct; id++) if (words.lists[id] & ENGLISH) hits += words.frequency[id];
    if (hits >= 2 && hits * 6 >= words.count) return { code: EN, confidence: latin / weight };
  }
  // A word or two of plain ASCII (a name, a label, code) says nothing: English is the likely one.
  const plain = text.ascii === text.length;
  if (plain && words.count < 4) return { code: EN, confidence: 0.5 };
  if (!detector) return { code: latin > letters / 2 ? EN : CODE.get('other')!, confidence: 0 };
  const found = detector.detect(letterPrefix(text));
  if (plain && found.language !== 'en' && !found.isReliable()) return { code: EN, confidence: 0.5 };
  const scores = found.getScores();
  const own = scores[found.language] ?? 0;
  let second = 0;
  for (const language in scores)
    if (language !== found.language && scores[language] > second) second = scores[language];
  return { code: CODE.get(found.language) ?? CODE.get('other')!, confidence: own ? own / (own + second) : 0 };
}

/** The first 100 UTF-16 units from the first letter on. */
function letterPrefix(text: Text): string {
  const { value } = text;
  let start = 0;
  while (start < value.length && value.charCodeAt(start) < 65) start++;
  return value.slice(start, start + PREFIX);
}
