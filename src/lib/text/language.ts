import { ENGLISH, STOP } from './lists';
import { functionWords } from './lists/function-words';
import type { NGramLanguage } from './n-gram-detector';
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

/** A text's language and how sure it is. */
export interface DetectedLanguage {
  /** Index into LANGUAGES. */
  code: number;
  /** 0–1: the share of letters in the language's script (rules), or the detector's lead over the next language. */
  confidence: number;
}

let detector: ((text: string) => NGramLanguage) | null = null;

/** Loads eld's small database (once a thread). */
export async function loadLanguages(): Promise<void> {
  if (detector) return;
  const { nGramDetector } = await import('./n-gram-detector');
  detector ??= nGramDetector();
}

const PREFIX = 100;
/** Words, not the parts of addresses and of code. */
const WORD = /(?<![\p{L}\p{M}\d./@_])[\p{L}\p{M}]+(?![\d/@_(])/gu;
/** A Han character says as much as this many Latin letters. */
const HAN_WEIGHT = 3;

/** Characters that Chinese sentences are full of and Japanese ones do without. */
const CHINESE = /[这们么吗呢你谁哪说没为个给让还对时问请后会实应该怎样]|是什/g;
/** How many kana each of them outweighs: a Chinese question may quote a Japanese word or be about one. */
const CHINESE_WEIGHT = 8;
/** Signs that stand among the kana and in faces such as ヽ(ー_ー)ノ. */
const FACES = /[゙-ゟ゠・-ヿ]/g;

/** Letters outside ASCII are evidence of a language from this share of the letters on. */
const ACCENTED = 0.04;
/** How sure English is where a text of plain letters says nothing: a name, a label, code. */
const UNSAID = 0.5;

/**
 * Language of a text; null where it has no letters, or too little to tell. Han, kana and hangul decide by themselves (kana beside
 * Han that only Chinese writes is a quotation); Latin text of which a
 * sixth is common English words (that no neighbour language has) is English; the rest is asked of eld by its first 100 characters. What
 * eld says of Latin text counts only where the text has function words of that language, or letters English lacks: n-grams take lists of
 * names, formulas and code for Tagalog or Yoruba. Otherwise the Han that stands beside decides, else plain letters are taken for English.
 */
export function detectLanguage(text: Text): DetectedLanguage | null {
  const letters = text.count(LETTER);
  if (!letters) return null;
  const han = text.count(HAN);
  const kana = text.count(KANA);
  const hangul = text.count(HANGUL);
  const latin = text.count(LATIN);
  const weight = HAN_WEIGHT * (han + kana + hangul) + (letters - han - kana - hangul);
  const eastern = (): DetectedLanguage => {
    const japanese = kana > 0.1 * (han + kana) && isJapanese(text.value, kana, han);
    const own = japanese ? han + kana : han;
    return { code: CODE.get(japanese ? 'ja' : 'zh')!, confidence: (HAN_WEIGHT * own) / weight };
  };
  if (HAN_WEIGHT * (han + kana) >= 0.5 * weight) return eastern();
  if (HAN_WEIGHT * hangul >= 0.5 * weight) return { code: CODE.get('ko')!, confidence: (HAN_WEIGHT * hangul) / weight };
  const { words } = text;
  if (latin >= 0.9 * (letters - han - kana - hangul)) {
    let hits = 0;
    for (let id = 0; id < words.distinct; id++) if (words.lists[id] & ENGLISH) hits += words.frequency[id];
    if (hits >= 2 && hits * 6 >= words.count) return { code: EN, confidence: latin / weight };
  }
  // A word or two of plain ASCII (a name, a label, code) says nothing: English is the likely one.
  const plain = text.ascii === text.length;
  if (plain && words.count < 4) return { code: EN, confidence: UNSAID };
  if (!detector) return { code: latin > letters / 2 ? EN : CODE.get('other')!, confidence: 0 };
  const found = detector(letterPrefix(text));
  if (latin > letters / 2 && !supported(text, found, latin)) {
    if (han + kana) return eastern();
    return latin - text.asciiLetters < ACCENTED * latin ? { code: EN, confidence: UNSAID } : null;
  }
  const { scores } = found;
  const own = scores[found.language] ?? 0;
  let second = 0;
  for (const language in scores)
    if (language !== found.language && scores[language] > second) second = scores[language];
  return { code: CODE.get(found.language) ?? CODE.get('other')!, confidence: own ? own / (own + second) : 0 };
}

/** Whether a text with kana is Japanese, not Chinese that quotes some or ends on a face made of them. */
function isJapanese(value: string, kana: number, han: number): boolean {
  const words = kana - (value.match(FACES)?.length ?? 0);
  const chinese = value.match(CHINESE)?.length ?? 0;
  return words > 0.1 * (han + words) && words > CHINESE_WEIGHT * chinese;
}

/** True where the text bears out what the detector says of Latin letters. */
function supported(text: Text, found: NGramLanguage, latin: number): boolean {
  const own = functionWords.get(found.language);
  if (!own) return found.reliable;
  let hits = 0;
  for (const [word] of text.value
    .slice(0, PREFIX * 4)
    .toLowerCase()
    .matchAll(WORD))
    if (own.has(word)) hits++;
  const { words } = text;
  let english = 0;
  for (let id = 0; id < words.distinct; id++)
    if (words.lists[id] & STOP && words.bits[id] & LATIN) english += words.frequency[id];
  if (hits && hits >= english) return true;
  return !hits && !english && latin - text.asciiLetters >= ACCENTED * latin && found.reliable;
}

/** The first 100 UTF-16 units from the first letter on. */
function letterPrefix(text: Text): string {
  const { value } = text;
  let start = 0;
  while (start < value.length && value.charCodeAt(start) < 65) start++;
  return value.slice(start, start + PREFIX);
}
