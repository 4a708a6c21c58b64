import { type DetectedLanguage, detectLanguage, LANGUAGES } from '$lib/text/language';
import type { Text } from '$lib/text/text';
import type { Subject } from './subject';
import type { Column } from './types';

/** Detected language of the prompt (asked for through `note`, once a record); null where it cannot be told. */
export function promptLanguageOf(subject: Subject): DetectedLanguage | null {
  return detectLanguage(subject.prompt);
}
/** The same of the response; null too where the layout has none. */
export function responseLanguageOf(subject: Subject): DetectedLanguage | null {
  return subject.response ? detectLanguage(subject.response as Text) : null;
}

function language(id: string, of: (subject: Subject) => DetectedLanguage | null): Column {
  return {
    id,
    unit: 'code',
    group: 'language',
    cost: 'cheap',
    source: 'Han rule, stop words, eld (small)',
    dictionary: LANGUAGES,
    measure: (s) => s.note(of)?.code ?? NaN,
  };
}

/** Index into LANGUAGES of the prompt's language; NaN where it cannot be told. */
export const promptLanguage = language('prompt_language', promptLanguageOf);
/** The same of the response. */
export const responseLanguage = language('response_language', responseLanguageOf);

/** How sure the language of the main text is. */
export const languageConfidence: Column = {
  id: 'language_confidence',
  unit: 'ratio',
  group: 'language',
  cost: 'cheap',
  source: 'Data-Juicer language_id_score_filter',
  bad: 'low',
  measure: (s) => s.note(s.view.response === null ? promptLanguageOf : responseLanguageOf)?.confidence ?? NaN,
};
